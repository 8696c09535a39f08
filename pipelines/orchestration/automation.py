"""When everything is made anew: the weekly job and its schedule.

Members are rows, weeks are data: a run says for which coaches, members.toml and the exports say the rest.
"""

from collections.abc import Callable

import dagster as dg

from pipelines.orchestration.partitions import sync_coaches
from pipelines.settings import Settings, not_a_schedule

WEEKLY = dg.define_asset_job(
    "weekly",
    selection=dg.AssetSelection.all(),
    description="Exports to reports and mails, for all members of the coaches in the run.",
)


def weekly_schedule(load: Callable[[], Settings]) -> dg.ScheduleDefinition:
    """Return the schedule: Monday 06:00 in Berlin unless KONTAKTPULS_SCHEDULE and _TIME_ZONE say otherwise.

    Raises Problem for a time that no clock has.
    """
    installation = load()
    scheduled = dg.schedule(
        job=WEEKLY,
        cron_schedule=installation.schedule_cron,
        execution_timezone=installation.schedule_time_zone,
        name="every_week",
        description="All coaches in one run; each member gets the last week that their exports cover completely.",
    )

    def every_week(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        tags = sync_coaches(context.instance, load())
        return dg.RunRequest(tags=tags) if tags else dg.SkipReason("members.toml names no member yet.")

    try:
        return scheduled(every_week)
    except dg.DagsterInvalidDefinitionError as error:
        raise not_a_schedule(installation.schedule_cron) from error
