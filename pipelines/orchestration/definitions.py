"""The code location that `dagster dev` and workspace.yaml load; it is put together in `code_location.py`."""

from pipelines.orchestration.code_location import build_defs

defs = build_defs()
