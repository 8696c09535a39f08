"""The code location: one asset a table, checks, the weekly job, its schedule and the inbox sensor.

Belongs here: putting it together, once, for the UI, the daemon, the command and tests alike. `build_defs()` gives a fresh
`Definitions`; what a definition does is in the modules beside.
"""

from __future__ import annotations

import dagster as dg
from platformdirs import user_cache_path

from pipelines import settings, steps
from pipelines.models import load_models
from pipelines.orchestration.automation import INBOX_JOB, inbox_sensor, weekly_schedule
from pipelines.orchestration.checks import rule_checks
from pipelines.orchestration.metadata import columns_of_everything, lineage_of
from pipelines.orchestration.raw import raw_asset
from pipelines.orchestration.reports import report_asset, weekly_mail
from pipelines.orchestration.resources import Installation
from pipelines.orchestration.tables import model_asset


def build_defs() -> dg.Definitions:
    """Assemble the code location from the files below sql/ and the settings of KONTAKTPULS_HOME."""
    connection = steps.connect()
    models = load_models(connection)
    columns = columns_of_everything(models, connection)
    connection.close()
    installation = settings.load()
    lineage = lineage_of(models, columns, user_cache_path("kontaktpuls", appauthor=False))
    tables = [model for model in models if model.layer != "checks"]
    return dg.Definitions(
        assets=[
            raw_asset(models, {name: fields for name, fields in columns.items() if name.startswith("raw_")}),
            *(model_asset(model, columns[model.name], lineage[model.name]) for model in tables),
            report_asset(models),
            weekly_mail,
        ],
        asset_checks=[rule_checks(models)],
        jobs=[INBOX_JOB],
        schedules=[weekly_schedule(installation)],
        sensors=[inbox_sensor],
        resources={"installation": Installation()},
        # One process a step would cost a second's import each; more cores means more runs at once, not more processes.
        executor=dg.in_process_executor,
    )


defs = build_defs()
