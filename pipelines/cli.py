"""The command `kontaktpuls`: arguments in, sentences out.

Belongs here: options, help texts, exit codes, what is said where. No work is done here: each command imports what it needs when it
is called, so that `--help` stays quick and `report` stays light.
"""

from __future__ import annotations

import gc
import io
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.problem import Problem
from pipelines.spoken import Folder, Option, Program, language, option, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.outbox import Outcome

FOLDER = Folder()
EXPORTS = click.argument("exports", nargs=-1, required=True, metavar="EXPORT...", type=click.Path(path_type=Path))
MAX_SIZE = option("--max-size", type=click.IntRange(min=1), metavar="MB", help="Unpacked size allowed per export.")


def _spoken(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Refuse a language that there is no catalogue for; looked up here, so that --help reads nothing."""
    from pipelines.members import LANGUAGES

    if value is not None and value not in LANGUAGES:
        raise click.BadParameter(
            _("“{language}” is not one of {languages}.", language=value, languages=", ".join(LANGUAGES))
        )
    return value


LANGUAGE = option("--lang", metavar="de|en|…", callback=_spoken, help="Language of the report.")
WEEK = option("--week", metavar="WEEK", help="ISO week such as 2026-W46; default: the last complete one.")

# As `diary` knows them; written out so that --help reads nothing.
ENTRY_KINDS = (
    "meeting", "call", "greeting", "introduction", "referral", "advice-asked", "advice-given", "recruiter-contact",
)  # fmt: skip
ANSWERS = ("done", "later", "never", "kein-recruiter")


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="kontaktpuls", prog_name="kontaktpuls", cls=Option, help="Show the version and exit."
)
def cli() -> None:
    """Turn LinkedIn and XING exports into one honest page a week."""


@cli.command()
@EXPORTS
@option("--out", required=True, type=FOLDER, help="Folder for the report.")
@option("--member", metavar="KEY", help="Key of the member; default: made of the profile's name.")
@WEEK
@LANGUAGE
@MAX_SIZE
@option("--owner-confirmed", is_flag=True, help="Use exports even if they seem to be somebody else's.")
@option("--pdf", "with_pdf", is_flag=True, help="Write report.pdf as well.")
@option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
def report(
    exports: tuple[Path, ...],
    out: Path,
    member: str | None,
    week: str | None,
    lang: str | None,
    max_size: int | None,
    owner_confirmed: bool,
    with_pdf: bool,
    open_page: bool,
) -> None:
    """Make page, numbers and mail from EXPORT... (ZIP, folder or CSV, several at once)."""
    from pipelines import steps
    from pipelines.members import check_week
    from pipelines.settings import load

    settings = load()
    asked = steps.asked_member(settings, member, week=check_week(week) if week else None, language=lang)
    made, notes = steps.report(
        asked,
        exports,
        settings.sender,
        unsubscribe=settings.unsubscribe,
        max_size=max_size,
        owner_confirmed=owner_confirmed,
        progress=_progress(),
    )
    _progress_ends()
    for note in notes:
        _say(_translated(note))
    if made is None:
        raise SystemExit(2)
    pdf = None
    if with_pdf:
        from pipelines.pdf import make_pdf

        pdf = make_pdf(made.html.decode(), week=made.week, language=asked.language)
    made.write(out, pdf)
    _tell(_("Week {week}: {page}", week=made.week, page=out / "report.html"))
    if open_page:
        click.launch(str((out / "report.html").absolute()))


@cli.command()
@EXPORTS
@option("--json", "as_json", is_flag=True, help="Print JSON.")
@MAX_SIZE
def inspect(exports: tuple[Path, ...], as_json: bool, max_size: int | None) -> None:
    """Say what is in EXPORT..., what was refused, what is missing and how to get it."""
    import json

    from pipelines import steps
    from pipelines.inventory import inventory_text

    found = steps.inspect(exports, max_size=max_size, progress=_progress())
    _progress_ends()
    if as_json:
        _tell(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _tell(inventory_text(found, translated))
    readable = [export for export in found["exports"] if export["error"] is None]
    if not readable:
        for export in found["exports"]:
            _say(_ledger_sentence(export["error"]))
        raise SystemExit(2)


@cli.command()
@WEEK
def run(week: str | None) -> None:
    """Make this week's report of every member of KONTAKTPULS_HOME and send the mails."""
    from pipelines.members import check_week
    from pipelines.settings import load

    run_week = _orchestration("run", "run_week")
    outcome = run_week(load(), check_week(week) if week else None, progress=_progress())
    _progress_ends()
    for line in outcome.lines:
        _tell(line)
    for problem in outcome.problems:
        _say(_translated(problem))
    raise SystemExit(0 if outcome.success else 1)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--to", "recipient", metavar="ADDRESS", help="Recipient; default: send_to in members.toml.")
@option("--again", is_flag=True, help="Send even what was sent before.")
def send(folder: Path, recipient: str | None, again: bool) -> None:
    """Send the mail in DIR with the page (or, where members.toml says so, its PDF) attached, through the outbox, never twice."""
    from datetime import datetime

    from pipelines.delivery import recipients_of, send_report, without_consent
    from pipelines.outbox import Outbox
    from pipelines.settings import load, prepare_home, secret_key

    settings = load()
    prepare_home(settings.home)
    transport = None
    if settings.smtp:
        from pipelines.smtp import SmtpTransport

        transport = SmtpTransport(settings.smtp)
    recipients = recipients_of(folder, settings, recipient)
    for problem in without_consent(folder, recipients):
        _say(_translated(problem))
    outcomes = send_report(
        folder,
        Outbox(settings.outbox, key=secret_key(settings.home)),
        recipients,
        transport,
        datetime.now().astimezone(),
        again=again,
    )
    for outcome in outcomes:
        _say_outcome(outcome)
    failed = not outcomes or any(outcome.state in ("refused", "unknown") for outcome in outcomes)
    raise SystemExit(1 if failed else 0)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@option("--out", required=True, type=FOLDER, help="Folder for the sheets.")
@LANGUAGE
@option("--names", is_flag=True, help="Name third parties in the sheets; only with the members' consent.")
@option("--open", "open_page", is_flag=True, help="Open the overview in the browser.")
def overview(files: tuple[Path, ...], out: Path, lang: str | None, names: bool, open_page: bool) -> None:
    """Make a coach's overview and a sheet for each conversation from the report.json FILE... that members send."""
    from pipelines.coach.overview import OVERVIEW, make_overview, newest
    from pipelines.coach.received import receive
    from pipelines.report import write_files
    from pipelines.settings import load

    received, problems = receive(files)
    reports, aside = newest(received)
    for problem in problems + aside:
        _say(_translated(problem))
    if not reports:
        raise SystemExit(2)
    named = {report.member for report in reports} if names else set()
    made = make_overview(reports, lang or "de", named=named, sender=load().sender)
    write_files(out, made.files)
    _tell(_("Week {week}: {page}", week=made.week, page=out / OVERVIEW))
    if open_page:
        click.launch(str((out / OVERVIEW).absolute()))


@cli.command()
@option("--out", type=FOLDER, default=Path("demo"), help="Folder (default: demo).")
@option("--seed", metavar="N", type=int, default=1, help="Another number, another member.")
@option("--size", type=click.Choice(["small", "typical", "large"]), default="typical")
@LANGUAGE
@option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
def demo(out: Path, seed: int, size: str, lang: str | None, open_page: bool) -> None:
    """Invent a member: their exports and their report."""
    from pipelines import steps

    say = _progress()
    made = steps.demo(out, seed=seed, size=size, language=lang or "de", progress=say)
    _progress_ends()
    for note in made:
        _tell(note)
    if open_page:
        click.launch(str((out / "report.html").absolute()))


@cli.command()
@click.argument("member", metavar="MEMBER")
@click.argument("sentence", metavar="SENTENCE", required=False, default="")
@option(
    "--date",
    "day",
    metavar="DAY",
    help="Day such as 2026-11-12 or 12.11.2026; default: what SENTENCE says, else today.",
)
@option("--kind", type=click.Choice(ENTRY_KINDS), help="What it was, where SENTENCE does not say it plainly.")
@option("--with", "name", metavar="NAME", help="Whom it was with.")
@option("--direction", type=click.Choice(["given", "received"]), help="Of an introduction or a referral.")
@option("--platform", type=click.Choice(["linkedin", "xing"]), help="Where a recruiter got in touch.")
@option("--again", is_flag=True, help="Note it even if the same is there already.")
def log(
    member: str,
    sentence: str,
    day: str | None,
    kind: str | None,
    name: str | None,
    direction: str | None,
    platform: str | None,
    again: bool,
) -> None:
    """Note a meeting, a call or advice in MEMBER's log: kontaktpuls log ada "Kaffee mit Jörg, Rat bekommen"."""
    from pipelines import diary
    from pipelines.settings import load

    settings = load()
    told = diary.Told(day, diary.KINDS[kind] if kind else None, name, direction, platform, again)
    _tell(diary.log(settings, diary.member_of(settings, member), sentence, told, language()))


@cli.command()
@click.argument("member", metavar="MEMBER")
@click.argument("name", metavar="NAME")
@click.argument("answer", metavar="done|later|never|kein-recruiter", type=click.Choice(ANSWERS))
@option("--unchecked", is_flag=True, help="Take NAME as it is, for everybody of that name.")
def mark(member: str, name: str, answer: str, unchecked: bool) -> None:
    """Answer a suggestion about NAME (or a profile link): done rests 12 weeks, later 4, never is for good."""
    from pipelines import diary
    from pipelines.settings import load

    settings = load()
    chosen = diary.member_of(settings, member)
    _tell(diary.mark(settings, chosen, name, diary.MARKS[answer], language(), unchecked=unchecked))


@cli.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@option(
    "--lang",
    metavar="de|en|…",
    callback=_spoken,
    help="Language of the headers; there are German and English ones, and English for every other language.",
)
def template(folder: Path, lang: str | None) -> None:
    """Write empty tables for what no export holds into DIR: log, people, views, applications, marks."""
    from pipelines import handwritten

    asked = lang or language()
    for path in handwritten.write_templates(folder, asked):
        _tell(path)
    if asked not in handwritten.DELIMITERS:
        _say(_("There are German and English headers; these are English."))


@cli.command()
@option("--port", metavar="N", type=click.IntRange(1, 65535), default=3000, show_default=True)
def ui(port: int) -> None:
    """Open the Dagster UI on KONTAKTPULS_HOME: every table, every run, every check."""
    from pipelines.settings import load

    serve = _orchestration("ui", "serve")
    raise SystemExit(serve(load(), port))


@cli.command()
@click.argument("query", required=False)
def sql(query: str | None) -> None:
    """Ask the lake: every table is a view; without QUERY list the tables (- reads the query from standard input)."""
    from pipelines import lake, steps
    from pipelines.settings import load

    settings = load()
    connection = steps.connect()
    tables = lake.create_views(connection, settings.lake)
    if not tables:
        raise Problem("The lake of {home} holds no tables yet; `kontaktpuls run` fills it.", home=settings.home)
    if query is None:
        for table in tables:
            _tell(table)
        return
    names, rows = lake.query(connection, sys.stdin.read() if query == "-" else query)
    _print_table(names, rows)


def main() -> None:
    """Run the command; every Problem is one sentence and exit code 2, an interruption 130."""
    # Little of what a command makes becomes garbage; looking for it every 700 objects took a twentieth of a report.
    gc.set_threshold(50_000)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console may know fewer characters than a name has
            stream.reconfigure(errors="replace")
    try:
        cli.main(standalone_mode=False)
    except Problem as problem:
        _say(_translated(problem))
        raise SystemExit(2) from None
    except click.ClickException as error:
        error.show()
        raise SystemExit(2) from None
    except (KeyboardInterrupt, click.Abort):
        _say(_("Interrupted."))
        raise SystemExit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except Exception as fault:
        from pipelines.settings import setting

        if setting("KONTAKTPULS_DEBUG"):
            raise
        what = (str(fault).splitlines() or ["?"])[0]
        _say(
            _(
                "The program failed: {kind}: {what}. KONTAKTPULS_DEBUG=1 shows where; please report it without your data.",
                kind=type(fault).__name__,
                what=what,
            )
        )
        raise SystemExit(1) from None


def _orchestration(module: str, name: str) -> Any:
    """Import from orchestration/ only here, and say in one sentence when Dagster is not installed."""
    from importlib import import_module
    from importlib.util import find_spec

    if find_spec("dagster") is None:
        raise Problem("This needs Dagster; install it with: pip install 'kontaktpuls[dagster]'")
    return getattr(import_module(f"pipelines.orchestration.{module}"), name)


def _(text: str, **values: object) -> str:
    return translated(text).format(**values)


def _translated(problem: Problem) -> str:
    """Return a problem's sentence; where it carries one of the ledger, that one is translated too."""
    values = dict(problem.values)
    if isinstance(sentence := values.get("sentence"), str):
        values["sentence"] = _ledger_sentence(sentence)
    return translated(problem.text).format(**values)


def _ledger_sentence(sentence: str) -> str:
    """Return a sentence that the ledger keeps in English."""
    from pipelines.inventory import localised
    from pipelines.language import retold

    told = localised(sentence, translated)
    return retold(sentence, language()) if told == sentence else told


def _say(sentence: str) -> None:
    _tell(sentence, err=True)


def _tell(text: object, *, err: bool = False) -> None:
    """Print text: names of people and files may hold what a terminal would obey."""
    from pipelines.display import written_out

    click.echo("\n".join(map(written_out, str(text).split("\n"))), err=err)


def _say_outcome(outcome: Outcome) -> None:
    sentence = translated(outcome.text).format(**outcome.values)
    _tell(sentence, err=outcome.state in ("refused", "unknown"))


def _progress() -> Callable[[str], None] | None:
    """Return what shows the current step on one line of a terminal, None where nobody watches."""
    if not sys.stderr.isatty():
        return None
    from pipelines.display import written_out

    def show(step: str) -> None:
        click.echo("\r\x1b[2K" + written_out(step)[: shutil.get_terminal_size().columns - 1], nl=False, err=True)

    return show


def _progress_ends() -> None:
    """Leave the line of the last step to what is said next."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)


def _print_table(names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from pipelines.display import written_out

    cells = [["" if value is None else written_out(str(value)) for value in row] for row in rows]
    widths = [max(len(name), *(len(row[i]) for row in cells)) if cells else len(name) for i, name in enumerate(names)]
    for line in [list(names), ["-" * width for width in widths], *cells]:
        _tell("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
