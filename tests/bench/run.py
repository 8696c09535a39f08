"""Measures what a report and a run cost, beside the least that reading the same bytes costs, and writes it to README.md.

Belongs here: invented members, whole processes, their seconds and megabytes, the goals. Nothing here is imported by the program or by
a test, and no test depends on a time.

`python tests/bench/run.py` measures everything (about half an hour on two cores) and rewrites README.md between its markers; with
names of parts (`typical`, `large`, `run`, `members`, `help`) it measures those and only prints. Every command runs in a process of its own, started from this small one:
a child's peak memory never reads lower than its parent's, so nothing large is ever loaded here.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
REPEATS = {"typical": 5, "large": 5, "run": 3, "members": 5, "help": 5}
IMPORTS = "import duckdb, jinja2, babel.dates"

FACTOR = 4  # of the floor, beyond imports
LARGE_MB = 500
TYPICAL_SECONDS, TYPICAL_MB, IMPORT_SHARE = 1.5, 200, 0.5
HELP_SECONDS = 0.3
RUN_SECONDS = {1: 15, 10: 45, 25: 90}
MEMBERS_A_COACH = 10
FEW, MANY, GROWTH = 100, 1_000, 1.1
MEMBERS_A_BUCKET = 40


@dataclass(frozen=True)
class Usage:
    """What one process took: seconds on the clock, seconds of processor, peak resident megabytes."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Result:
    """One line of the table; `met` is None for what has no goal."""

    what: str
    measured: str
    goal: str = ""
    met: bool | None = None


def main(parts: list[str]) -> None:
    """Measure the parts and print them; everything, and README.md with it, when no part is named."""
    if (load := os.getloadavg()[0]) > 0.5:
        print(f"Something else is running (load {load:.1f}): times on the clock will be too long.", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="kontaktpuls-bench-") as folder:
        bench = Bench(Path(folder))
        results = [result for part in parts or REPEATS for result in bench.measure(part)]
    table = table_of(results)
    print(table)
    if not parts:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        README.write_text(f"{before}{BEGIN}\n\n{header()}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def header() -> str:
    """Return when and on what kind of machine this was measured, and nothing that tells one machine from another."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    python = ".".join(map(str, sys.version_info[:2]))
    return f"{datetime.now(UTC):%Y-%m-%d}, {cores} cores, {memory:.0f} GB of memory, Python {python}."


def table_of(results: list[Result]) -> str:
    """Return the results as a Markdown table."""
    verdict = {None: "", True: "met", False: "**MISSED**"}
    lines = [f"| {r.what} | {r.measured} | {r.goal} | {verdict[r.met]} |" for r in results]
    return "\n".join(["| what | measured | goal | |", "|---|---|---|---|", *lines])


class Bench:
    """One series of measurements in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = str(Path(sys.executable).with_name("kontaktpuls"))

    def measure(self, part: str) -> list[Result]:
        """Measure one part."""
        if part == "run":
            return [result for coaches in RUN_SECONDS for result in self.runs(coaches)]
        if part == "members":
            return self.members()
        if part == "help":
            usage = self.median(part, [self.command, "--help"])
            return [
                Result("`kontaktpuls --help`", seconds(usage.wall), f"≤ {HELP_SECONDS} s", usage.wall <= HELP_SECONDS)
            ]
        return self.report(part)

    def report(self, size: str) -> list[Result]:
        """Measure `kontaktpuls report` from one archive, its imports, its stages and the floor."""
        archive = self.folder / f"{size}.zip"
        made = self.child("invent", size, str(archive))
        usage = self.median(size, [self.command, "report", str(archive), "--out", str(self.folder / "report")])
        imports = self.median(size, [sys.executable, "-c", IMPORTS])
        floors = [self.child("floor", str(archive))["cpu"] for _ in range(REPEATS[size])]
        floor = statistics.median(floors)
        stages = self.child("stages", str(archive))
        factor, share = (usage.cpu - imports.cpu) / floor, imports.cpu / usage.cpu
        name = f"{size}: "
        of_large, of_typical = size == "large", size == "typical"
        return [
            Result(f"{name}archive", f"{made['packed']:.1f} MB packed, {made['unpacked']:.1f} MB unpacked"),
            Result(f"{name}floor: unzip, then parse to text", f"{seconds(floor)} CPU"),
            Result(f"{name}imports ({IMPORTS.removeprefix('import ')})", f"{seconds(imports.cpu)} CPU"),
            Result(
                f"{name}`kontaktpuls report`, whole process",
                f"{seconds(usage.wall)}, {seconds(usage.cpu)} CPU",
                f"≤ {TYPICAL_SECONDS} s" if of_typical else "",
                usage.wall <= TYPICAL_SECONDS if of_typical else None,
            ),
            Result(
                f"{name}peak memory",
                f"{usage.peak:.0f} MB",
                f"≤ {LARGE_MB if of_large else TYPICAL_MB} MB",
                usage.peak <= (LARGE_MB if of_large else TYPICAL_MB),
            ),
            Result(
                f"{name}imports' share of CPU",
                f"{share:.0%}",
                f"≤ {IMPORT_SHARE:.0%}" if of_typical else "",
                share <= IMPORT_SHARE if of_typical else None,
            ),
            Result(
                f"{name}CPU beyond imports, in floors",
                f"{factor:.1f}",
                f"≤ {FACTOR}" if of_large else "",
                factor <= FACTOR if of_large else None,
            ),
            Result(f"{name}stages, CPU", ", ".join(f"{stage} {seconds(cpu)}" for stage, cpu in stages.items())),
        ]

    def runs(self, coaches: int) -> list[Result]:
        """Measure `kontaktpuls run` over so many coaches, each time in a new installation."""
        walls, storages = [], []
        for i in range(REPEATS["run"]):
            home = self.folder / f"home-{coaches}-{i}"
            self.child("settle", str(coaches), str(home))
            walls.append(self.usage([self.command, "run"], home=home).wall)
            files = [path.stat().st_size for path in (home / "dagster").rglob("*") if path.is_file()]
            storages.append(sum(files) / 1e6)
        wall = statistics.median(walls)
        name = f"`kontaktpuls run`, {coaches} coach{'es' if coaches > 1 else ''} of {MEMBERS_A_COACH} small members"
        return [
            Result(name, seconds(wall), f"≤ {RUN_SECONDS[coaches]} s", wall <= RUN_SECONDS[coaches]),
            Result(f"{name}: Dagster's storage afterwards", f"{statistics.median(storages):.1f} MB"),
        ]

    def members(self) -> list[Result]:
        """Measure all steps for few and for many members in coaches of 40, one process a core, and compare what one member costs."""
        crowd = self.folder / "crowd"
        self.child("crowd", str(MEMBERS_A_BUCKET), str(crowd))
        imports = self.median("members", [sys.executable, "-c", IMPORTS])
        few, many = (self.buckets(crowd, count, imports) for count in (FEW, MANY))
        name = (
            f"{MANY:,} members of 500 contacts and 5,000 messages in coaches of {MEMBERS_A_BUCKET}, one process a core"
        )
        against = f"{MANY:,} members against {FEW}"
        grown = many.cpu / few.cpu, many.peak / few.peak
        return [
            Result(f"{name}: all steps", seconds(many.wall)),
            Result(f"{name}: CPU a member beyond imports", f"{1000 * many.cpu:.0f} ms"),
            Result(f"{name}: peak memory of a process", f"{many.peak:.0f} MB"),
            Result(f"{against}: CPU a member", f"{grown[0]:.2f} times", f"≤ {GROWTH}", grown[0] <= GROWTH),
            Result(f"{against}: peak memory", f"{grown[1]:.2f} times", f"≤ {GROWTH}", grown[1] <= GROWTH),
        ]

    def buckets(self, crowd: Path, count: int, imports: Usage) -> Usage:
        """Make so many members' reports; return seconds on the clock, of processor for one member, and the largest peak."""
        sizes = [min(MEMBERS_A_BUCKET, count - begun) for begun in range(0, count, MEMBERS_A_BUCKET)]
        cores = len(os.sched_getaffinity(0))
        shares = [share for core in range(cores) if (share := sizes[core::cores])]
        task = [sys.executable, str(Path(__file__).with_name("task.py")), "buckets", str(crowd)]
        start = time.perf_counter()
        used = self.usages([[*task, *map(str, share)] for share in shares])
        cpu = sum(usage.cpu - imports.cpu for usage in used) / count
        return Usage(time.perf_counter() - start, cpu, max(usage.peak for usage in used))

    def median(self, part: str, command: list[str]) -> Usage:
        """Return the medians of the part's number of runs, after one that does not count."""
        usages = [self.usage(command) for _ in range(REPEATS[part] + 1)][1:]
        return Usage(*(statistics.median(getattr(u, field) for u in usages) for field in ("wall", "cpu", "peak")))

    def usage(self, command: list[str], home: Path | None = None) -> Usage:
        """Run one command to its end and return what it took."""
        return self.usages([command], home)[0]

    def usages(self, commands: list[list[str]], home: Path | None = None) -> list[Usage]:
        """Run commands at the same time and return what each took; raises SystemExit with the complaint of one that fails."""
        kept = surroundings() | {"KONTAKTPULS_HOME": str(home or self.folder / "home")}
        usages = []
        with contextlib.ExitStack() as open_files:
            started = []
            for command in commands:
                said = open_files.enter_context(tempfile.TemporaryFile())
                process = subprocess.Popen(
                    command, cwd=self.folder, env=kept, stdin=subprocess.DEVNULL, stdout=said, stderr=said
                )
                started.append((command, process, said, time.perf_counter()))
            for command, process, said, start in started:
                _, status, used = os.wait4(process.pid, 0)
                usages.append(Usage(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
                process.returncode = os.waitstatus_to_exitcode(status)
                if process.returncode:
                    said.seek(0)
                    complaint = said.read().decode(errors="replace")[-2000:]
                    raise SystemExit(f"{Path(command[0]).name} {command[1]} failed:\n{complaint}")
        return usages

    def child(self, task: str, *arguments: str) -> dict[str, float]:
        """Run one of the tasks below in a process of its own and return what it prints."""
        command = [sys.executable, str(Path(__file__).with_name("task.py")), task, *arguments]
        done = subprocess.run(command, env=surroundings(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise SystemExit(f"{task} failed.")
        return json.loads(done.stdout)


def surroundings() -> dict[str, str]:
    """Return the environment of a user who has set nothing for Python, Dagster or us."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("KONTAKTPULS_", "DAGSTER_", "PYTHON"))}


def seconds(value: float) -> str:
    """Return seconds with as many digits as mean something."""
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


if __name__ == "__main__":
    main(sys.argv[1:])
