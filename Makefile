# Needs python3 >= 3.11 with venv and pip, git and make; everything else comes from the package registry.
# `make help` lists the targets.

PYTHON ?= python3
# How many tests run at once. A file's tests run in one process: what they share is made once.
JOBS ?= 2
PARALLEL := -n $(JOBS) --dist loadfile --no-loadscope-reorder

BIN := .venv/bin
# The oldest DuckDB that is supported; .venv holds the newest, which the lock names.
OLD_DUCKDB := 1.5.5
OLD_VENV := .venv-duckdb-$(OLD_DUCKDB)
# A uv that reads the lock as it is written.
UV_RANGE := uv>=0.9,<1
DEMO := .demo
GATES := tests/gates

# Whoever calls make from inside another environment means this one.
unexport VIRTUAL_ENV
# The interpreter is the one that is there; none is fetched.
export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON := $(PYTHON)

.DEFAULT_GOAL := help
.PHONY: help setup demo ui test test-all test-slow lint lint-paths format bench catalogue goldens clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.complete  ## Make .venv with everything that the project needs

demo: .venv/.complete  ## Make the report of an invented member and say where it lies
	@rm -rf $(DEMO)/demo
	@KONTAKTPULS_HOME="$(CURDIR)/$(DEMO)/home" $(BIN)/kontaktpuls demo --out $(DEMO)/demo

ui: export KONTAKTPULS_HOME := $(CURDIR)/$(DEMO)/home
ui: export DAGSTER_HOME = $(KONTAKTPULS_HOME)/dagster
ui: .venv/.complete  ## Open Dagster's UI on the invented member's data
	@$(BIN)/python -c "$$demo_home"
	@PYTHONWARNINGS='ignore:Function `dev_command`' $(BIN)/dagster dev

test: .venv/.complete $(OLD_VENV)/.complete  ## Run the fast tests, those about data on both versions of DuckDB
	$(BIN)/pytest $(PARALLEL) -m "not slow and not browser"
	$(OLD_VENV)/bin/pytest $(PARALLEL) -m "engine and not slow and not browser and not hypothesis and not later"

test-all: test test-slow  ## Run every test

# Properties are tried with more examples here than in `make test`.
test-slow: .venv/.complete $(OLD_VENV)/.complete $(GATES)/node_modules/.complete
	HYPOTHESIS_PROFILE=thorough $(BIN)/pytest $(PARALLEL) -m "slow or browser or hypothesis"
	HYPOTHESIS_PROFILE=thorough $(OLD_VENV)/bin/pytest $(PARALLEL) -m "engine and (slow or hypothesis or later)"

lint: .venv/.complete lint-paths  ## Check style, types and SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ty check pipelines
	PYTHONWARNINGS=ignore:resource_tracker $(BIN)/sqlfluff lint sql --processes 2 --disable-progress-bar

# A path of somebody's machine tells about that machine and works on no other. (Brackets keep the pattern from finding itself.)
lint-paths:
	@! git grep -nIE --untracked '(^|[^A-Za-z0-9_.~/-])/([h]ome|[U]sers|[r]oot|[w]ork|[t]mp|[o]pt|[m]nt|[s]rv)/[A-Za-z0-9_.-]|[A-Z]:\\[U]sers' -- ':!uv.lock' \
		|| { echo "These lines name paths of one machine."; exit 1; }

format: .venv/.complete  ## Lay out Python and SQL
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix sql --rules layout --processes 2 --disable-progress-bar

bench: .venv/.complete  ## Measure and rewrite tests/bench/README.md
	$(BIN)/python tests/bench/run.py

catalogue: .venv/.complete  ## Bring the translations up to date and list what is left to translate
	$(BIN)/python tests/catalogue.py

goldens: .venv/.complete  ## Draw the pictures of page and mail anew that tests compare with; look at them before you commit
	$(BIN)/python -m tests.gates.goldens

clean:  ## Remove environments, caches and the demo
	rm -rf $(GATES)/node_modules .goldens .venv .venv-duckdb-* .venv-uv $(DEMO) dist build .pytest_cache .ruff_cache .hypothesis .tmp_dagster_home_*
	find pipelines tests -name __pycache__ -prune -exec rm -rf {} +

# An installation that looks after the invented member; what she brought in already stays as it is.
define demo_home
import os
from pathlib import Path
from pipelines import settings
from pipelines.demo import NAME, SIZES, make_member, write_exports
from pipelines.orchestration.ui import prepare
home = Path(os.environ["KONTAKTPULS_HOME"])
inbox = home / "inbox" / "ada"
if not inbox.is_dir():
    write_exports(make_member(1, SIZES["typical"]), inbox)
(home / "members.toml").write_text(f'[members.ada]\nname = "{NAME}"\n', encoding="utf-8")
prepare(settings.load())
endef
export demo_home

# Sets $$uv to a uv that is recent enough: the one on the PATH, else one of our own.
define find_uv
if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	echo "This needs Python 3.11 or newer; name one: make setup PYTHON=python3.12"; exit 1; \
fi; \
uv=uv; \
if ! uv --version 2>/dev/null | grep -qE '^uv (0\.(9|[1-9][0-9]+)|[1-9][0-9]*)\.'; then \
	uv=.venv-uv/bin/uv; \
	[ -x $$uv ] || { $(PYTHON) -m venv .venv-uv && .venv-uv/bin/python -m pip install --quiet '$(UV_RANGE)'; }; \
fi
endef

.venv/.complete: pyproject.toml uv.lock
	@$(find_uv); UV_PROJECT_ENVIRONMENT=.venv "$$uv" sync --quiet --locked --all-extras
	@touch $@

# What checks HTML, mails and accessibility. The lock names versions and their hashes, and no place to get them from.
$(GATES)/node_modules/.complete: $(GATES)/package.json $(GATES)/package-lock.json
	@if command -v npm >/dev/null; then cd $(GATES) && npm ci --silent && touch node_modules/.complete; \
	else echo "npm is not installed (Debian: apt-get install npm); the tests that need its packages are left out."; fi

$(OLD_VENV)/.complete: pyproject.toml uv.lock
	@$(find_uv); UV_PROJECT_ENVIRONMENT=$(OLD_VENV) "$$uv" sync --quiet --locked --all-extras --no-install-package duckdb \
		&& "$$uv" pip install --quiet --python $(OLD_VENV)/bin/python 'duckdb==$(OLD_DUCKDB)'
	@touch $@
