"""The examples of settings can be copied as they are, and name every setting there is."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from dotenv import dotenv_values

from pipelines import settings
from pipelines.recipients import Coach

ROOT = Path(__file__).parent.parent


def test_the_example_environment_names_exactly_the_variables_that_are_read():
    texts = [(ROOT / "pipelines" / name).read_text(encoding="utf-8") for name in ("settings.py", "cli.py", "spoken.py")]
    read = {name for text in texts for name in re.findall(r'(?:get|setting)\("(KONTAKTPULS_\w+)"', text)}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^(?:# )?(KONTAKTPULS_\w+)=", example, re.MULTILINE)) == read


def test_the_example_environment_is_accepted(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    values = {key: value or "" for key, value in dotenv_values(ROOT / ".env.example").items()}
    loaded = settings.load(values | {"KONTAKTPULS_HOME": str(tmp_path)})
    assert loaded.smtp is not None
    assert (loaded.smtp.host, loaded.smtp.port, loaded.smtp.tls) == ("smtp.example.org", 587, "starttls")


def test_the_example_members_are_accepted_and_one_of_them_sets_every_key():
    members = settings.read_members(ROOT / "members.example.toml")
    assert members["ada"] == settings.Member(key="ada", name="Ada Beispiel-Köhler", is_listed=True)
    default = settings.Member(key="bela")
    # What only the command line asks for stands in no members.toml.
    unchanged = {f.name for f in fields(default) if getattr(members["bela"], f.name) == getattr(default, f.name)}
    assert unchanged == {"key", "owner_confirmed", "week"}
    coach, unset = members["bela"].coached_by, Coach("nora")
    assert coach is not None
    assert {f.name for f in fields(coach) if getattr(coach, f.name) == getattr(unset, f.name)} == {"key", "language"}
