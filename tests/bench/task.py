"""What a measurement needs a process of its own for: inventing members, the floor, one report step by step.

Belongs here: tasks that load much, so that `run.py` stays small. Each prints one JSON object.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

MEMBERS_A_COACH = 10


def invent(size: str, archive: str) -> dict[str, float]:
    """Write an invented member's LinkedIn archive, packed as LinkedIn packs it; returns megabytes."""
    from pipelines.demo import SIZES, make_member, write_linkedin

    write_linkedin(make_member(1, SIZES[size]), Path(archive), compression=zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(archive) as opened:
        unpacked = sum(entry.file_size for entry in opened.infolist())
    return {"packed": Path(archive).stat().st_size / 1e6, "unpacked": unpacked / 1e6}


def settle(coaches: str, home: str) -> dict[str, float]:
    """Make an installation of so many coaches, each with small members of their own names and exports; returns their number."""
    from pipelines.demo import SIZES, make_member, write_exports

    lines = []
    for number in range(MEMBERS_A_COACH):
        name = f"Ada{chr(97 + number)} Beispiel"
        first = Path(home, "inbox", f"member-0-{number}")
        write_exports(make_member(number, SIZES["small"], name=name), first)
        for coach in range(int(coaches)):
            key = f"member-{coach}-{number}"
            if coach:
                shutil.copytree(first, Path(home, "inbox", key))
            lines.append(f'[members.{key}]\nname = "{name}"\ncoach = "coach-{coach}"\n')
    Path(home, "members.toml").write_text("\n".join(lines), encoding="utf-8")
    return {"members": len(lines)}


def crowd(count: str, folder: str) -> dict[str, float]:
    """Write the exports of so many members of 500 contacts and 5,000 messages; returns their number."""
    from pipelines.demo import Size, make_member, write_exports

    size = Size(500, 5_000, 3_000, 600, 100, 40, 50, older_recruiting=12, sentences=3)
    for number in range(int(count)):
        write_exports(make_member(number, size), Path(folder, f"member-{number:02}"))
    return {"members": int(count)}


def buckets(folder: str, *sizes: str) -> dict[str, float]:
    """Make the reports of several coaches, one after the other: each with so many members, whose exports are the first in `folder`.

    All steps: exports to raw tables, every model and check, page, JSON and mail on the disk. Returns how many reports there are.
    """
    import tempfile

    from pipelines import report, steps
    from pipelines.archive import Limits, exports_below
    from pipelines.ingest import begin, conclude, create_raw_tables
    from pipelines.members import Member
    from pipelines.owner import Owners
    from pipelines.readers import own_list
    from pipelines.readers.batch import Batch

    inboxes = sorted(Path(folder).iterdir())
    made = 0
    for size in map(int, sizes):
        connection = steps.connect()
        create_raw_tables(connection)
        members = [Member(key=inbox.name) for inbox in inboxes[:size]]
        batch = Batch(connection, bytes(32))
        begun = [
            begin(batch, member, exports_below(inbox, own_list=own_list), limits=Limits())
            for member, inbox in zip(members, inboxes, strict=False)
        ]
        batch.finish()
        owners = Owners(connection)
        for member, exports in zip(members, begun, strict=True):
            conclude(owners, member, exports)
        models = steps.compute(connection)
        if found := report.broken(connection, models):
            raise SystemExit(f"{len(found)} members break a rule")
        with tempfile.TemporaryDirectory() as reports:
            for one in report.make_reports(connection, models, members, None):
                one.write(Path(reports, one.member))
                made += 1
        connection.close()
    if made != sum(map(int, sizes)):
        raise SystemExit(f"{made} reports of {sum(map(int, sizes))} were made")
    return {"reports": made}


def floor(archive: str) -> dict[str, float]:
    """Do the least that any reader must: unpack with the standard library and let DuckDB parse the same bytes as text.

    Only CSV below `archive`; columns by the file's own header, no types, one thread, nothing checked. Returns CPU seconds.
    """
    import duckdb

    start = time.process_time()
    connection = duckdb.connect(config={"threads": 1})
    with zipfile.ZipFile(archive) as opened:
        for i, entry in enumerate(entry for entry in opened.infolist() if entry.filename.endswith(".csv")):
            data = opened.read(entry)
            skipped, columns = header_of(data)
            handle = os.memfd_create("floor")
            os.write(handle, memoryview(data)[skipped:])
            names = json.dumps({f"c{n}": "VARCHAR" for n in range(columns)})
            connection.execute(f"""
                create table t{i} as
                from read_csv(
                    '/proc/self/fd/{handle}', auto_detect = false, columns = {names}, delim = ',', quote = '"', escape = '"',
                    header = false, ignore_errors = true, max_line_size = 20000000
                )
            """)
            os.close(handle)
    return {"cpu": time.process_time() - start}


def header_of(data: bytes) -> tuple[int, int]:
    """Return where the records of a CSV file begin, after a preamble and the header, and how many columns they have."""
    position = 0
    for line in data[:100_000].splitlines(keepends=True):
        position += len(line)
        cells = next(csv.reader(io.StringIO(line.decode(errors="replace"))), [])
        if len(cells) > 1 or not data.startswith(b"Notes"):
            return position, max(1, len(cells))
    return 0, 1


def stages(archive: str) -> dict[str, float]:
    """Make one report and return the CPU seconds of its stages: reading, each layer of models, the page; imports aside."""
    import babel.dates  # noqa: F401
    import duckdb  # noqa: F401
    import jinja2  # noqa: F401

    from pipelines import report, steps
    from pipelines.members import SELF, Member
    from pipelines.models import LAYERS, load_models

    layers = {model.name: model.layer for model in load_models()}
    spent = dict.fromkeys(("reading", *LAYERS, "page"), 0.0)
    stage, since = "reading", time.process_time()

    def tick(step: str) -> None:
        nonlocal stage, since
        now = time.process_time()
        spent[stage] += now - since
        stage, since = layers.get(step, stage), now

    def begin_page(*arguments: Any) -> Any:
        nonlocal stage
        tick("page")
        stage = "page"
        return judge(*arguments)

    # The first thing after the last model is the question whether a check found something.
    judge, report.broken = report.broken, begin_page
    made, _ = steps.report(Member(key=SELF), [Path(archive)], None, progress=tick)
    tick("end")
    if made is None:
        raise SystemExit("no report was made")
    return spent


if __name__ == "__main__":
    tasks = {"invent": invent, "settle": settle, "crowd": crowd, "buckets": buckets, "floor": floor, "stages": stages}
    print(json.dumps(tasks[sys.argv[1]](*sys.argv[2:])))
