"""The last asset, `weekly_mail`: new reports go to their readers, and the run fails if a member is left without one.

Its check is the only one that blocks, and nothing comes after it, so that everything that could be done was done before.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import dagster as dg

from pipelines import delivery
from pipelines.archive import exports_in_inbox
from pipelines.coach.installation import MAILED, coach_of, folder_of
from pipelines.faults import fault
from pipelines.members import Member
from pipelines.orchestration.partitions import COACHES, EVERY_COACH
from pipelines.orchestration.resources import Installation
from pipelines.outbox import Outbox
from pipelines.outcomes import TABLE, Outcome, read_outcomes
from pipelines.problem import Problem
from pipelines.readers import own_list
from pipelines.recipients import Recipient
from pipelines.settings import Settings, secret_key

EVERY_MEMBER = dg.AssetCheckSpec(
    "every_member_has_a_report",
    asset="weekly_mail",
    blocking=True,
    description=(
        "Every member of members.toml has a report, in a run over one coach every member of that coach; says who has none, and why. Who has"
        " nothing in the inbox is named too, and fails nothing."
    ),
)
# What is no longer waiting and did not arrive.
_LOST = ("refused", "unknown")


@dg.asset(
    group_name="delivery",
    deps=[dg.AssetKey(TABLE), dg.AssetKey("coach_overview")],
    kinds={"email"},
    description="Each new report goes to the member's recipients, and the overview to the coach, through the outbox: never the same week twice.",
    partitions_def=COACHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    check_specs=[EVERY_MEMBER],
)
def weekly_mail(
    context: dg.AssetExecutionContext, installation: dg.ResourceParam[Installation]
) -> dg.MaterializeResult:
    """Put new reports into the outbox, send what waits there where a server is configured, and tell who got no report."""
    settings = installation.settings
    now = datetime.now().astimezone()
    outbox = Outbox(settings.outbox, key=secret_key(settings.home))
    without: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for coach in context.partition_keys:
        queued = 0
        with installation.at_own_risk(context.log, coach, "weekly_mail"), installation.cursor() as cursor:
            outcomes = read_outcomes(cursor, settings.lake, coach)
            for member in settings.of_coach(coach):
                outcome = outcomes.get(member.key)
                if outcome is None:
                    without[member.key] = installation.failures.get(coach, "A step before it failed.")
                elif outcome.week is not None:
                    queued += _queue(context.log, installation, outbox, member, outcome.week, now)
                elif _has_inbox(settings, member):
                    without[member.key] = outcome.logged or "No report was made."
                else:
                    waiting[member.key] = outcome.logged or "There is no export in the inbox."
            queued += _queue_overview(context.log, installation, outbox, coach, outcomes.values(), now)
        context.add_asset_metadata({"messages": queued}, partition_key=coach)
    context.add_asset_metadata(_deliver(context.log, installation, outbox, now))
    if EVERY_COACH in context.run.tags:
        without |= _left_out(settings, context.partition_keys)
    passed = not without and not installation.failures
    return dg.MaterializeResult(
        check_results=[
            dg.AssetCheckResult(
                passed=passed,
                check_name=EVERY_MEMBER.name,
                metadata={
                    "members_without_report": len(without),
                    "members_without_export": len(waiting),
                    **dict(sorted((without | waiting).items())),
                },
            )
        ],
    )


def _left_out(settings: Settings, coaches: Iterable[str]) -> dict[str, str]:
    """Return the members whose coach is none of those that the run went over."""
    present = set(coaches)
    return {
        member.key: f"The run did not go over their coach {member.coach}."
        for member in settings.members.values()
        if member.coach not in present
    }


def _has_inbox(settings: Settings, member: Member) -> bool:
    try:
        return bool(exports_in_inbox(settings.inbox / member.key, own_list=own_list))
    except Problem:
        return True


def _queue(
    log: dg.DagsterLogManager, installation: Installation, outbox: Outbox, member: Member, week: str, now: datetime
) -> int:
    """Put a report into the outbox for each recipient, one by one: what is wrong with one costs no other their mail."""
    folder = installation.settings.reports / member.key / week
    queued = 0
    for recipient in member.recipients:
        with _told(log, installation, member.key, week, recipient):
            installation.watcher.notes.extend(delivery.without_consent(folder, [recipient]))
            queued += len(delivery.queue_report(folder, outbox, [recipient], now))
    return queued


def _queue_overview(
    log: dg.DagsterLogManager,
    installation: Installation,
    outbox: Outbox,
    key: str,
    outcomes: Iterable[Outcome],
    now: datetime,
) -> int:
    """Put the overview into the outbox for each address of the coach, where a member's consent lets anything leave."""
    weeks = [outcome.week for outcome in outcomes if outcome.week is not None]
    coach = coach_of(installation.settings, key)
    if coach is None or not weeks:
        return 0
    folder = folder_of(installation.settings, key, max(weeks)) / MAILED
    if not folder.is_dir():
        delivery.withdraw_overview(outbox, coach, max(weeks))
        return 0
    queued = 0
    for recipient in coach.recipients:
        with _told(log, installation, f"coach {key}", max(weeks), recipient):
            delivery.queue_overview(folder, outbox, coach, max(weeks), recipient, now)
            queued += 1
    return queued


@contextmanager
def _told(
    log: dg.DagsterLogManager, installation: Installation, whose: str, week: str, recipient: Recipient
) -> Generator[None]:
    """Say what is wrong with one message and go on: the next one is as important."""
    try:
        yield
    except Problem as problem:
        installation.watcher.notes.append(problem)
        log.warning(f"{whose}: no mail: {problem.text}")
    except Exception as error:  # noqa: BLE001 (the next recipient's mail is as important)
        installation.watcher.notes.append(
            Problem(
                "The mail of {week} for {recipient} could not be made, a fault of the program: {fault}.",
                week=week,
                recipient=recipient.address,
                fault=fault(error),
            )
        )
        log.error(f"{whose}: no mail: {fault(error)}")  # noqa: TRY400 (an error's text may hold a member's data)


def _deliver(log: dg.DagsterLogManager, installation: Installation, outbox: Outbox, now: datetime) -> dict[str, Any]:
    """Send what waits, from earlier runs too, and return how many messages are in which state."""
    settings = installation.settings
    states = dict.fromkeys(("sent", "waiting", *_LOST), 0)
    try:
        if settings.smtp is None:
            states["waiting"] = sum(entry.state == "waiting" for entry in outbox.entries())
            return states
        from pipelines.smtp import SmtpTransport

        outcomes = outbox.deliver(SmtpTransport(settings.smtp), now)
    except Problem as problem:
        installation.watcher.notes.append(problem)
        log.warning(f"sending stopped: {problem.text}")
        return {"stopped": problem.text}
    for outcome in outcomes:
        states[outcome.state] = states.get(outcome.state, 0) + 1
        if outcome.state in _LOST:
            installation.watcher.notes.append(Problem(outcome.text, **outcome.values))
    return states
