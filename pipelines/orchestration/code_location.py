"""The code location: one asset a table, checks, the weekly job, its schedule and the inbox sensor.

Belongs here: putting it together for the UI, the daemon, the command and tests alike. `build_defs()` gives a fresh `Definitions`;
what a definition does is in the modules beside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dagster as dg
from platformdirs import user_cache_path

from pipelines import settings, steps
from pipelines.models import load_models
from pipelines.orchestration.automation import WEEKLY, weekly_schedule
from pipelines.orchestration.checks import rule_checks
from pipelines.orchestration.coaches import coach_overview
from pipelines.orchestration.inbox import inbox_sensor
from pipelines.orchestration.lineage import lineage_of
from pipelines.orchestration.mail import weekly_mail
from pipelines.orchestration.metadata import columns_of_everything, comments_of_everything
from pipelines.orchestration.raw import raw_asset
from pipelines.orchestration.reports import report_asset
from pipelines.orchestration.resources import Watcher, installation_resource
from pipelines.orchestration.tables import layer_asset

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.settings import Settings


def build_defs(load: Callable[[], Settings] = settings.load, watcher: Watcher | None = None) -> dg.Definitions:
    """Assemble the code location from the files below sql/.

    `load` gives the installation's settings: once here for the schedule, and anew for every run and tick. `watcher` follows the steps
    of a run from outside Dagster.
    """
    connection = steps.connect()
    models = load_models()
    columns = columns_of_everything(models, connection)
    connection.close()
    lineage = lineage_of(models, columns, user_cache_path("kontaktpuls", appauthor=False))
    comments = comments_of_everything(models, lineage)
    tables = [model for model in models if model.layer != "checks"]
    layers = dict.fromkeys(model.layer for model in tables)
    return dg.Definitions(
        assets=[
            raw_asset(models, {name: fields for name, fields in columns.items() if name.startswith("raw_")}),
            *(
                layer_asset(layer, [m for m in tables if m.layer == layer], columns, comments, lineage)
                for layer in layers
            ),
            report_asset(models),
            coach_overview,
            weekly_mail,
        ],
        asset_checks=[rule_checks(models)],
        jobs=[WEEKLY],
        schedules=[weekly_schedule(load)],
        sensors=[inbox_sensor(load)],
        resources={"installation": installation_resource(load, watcher or Watcher())},
        # One process a step would cost a second's import each; more cores means more runs at once, not more processes.
        executor=dg.in_process_executor,
    )
