"""The code location: one asset a table, checks, the weekly job, its schedule and the inbox sensor.

Belongs here: putting it together, once, for the UI, the daemon, the command and tests alike. `build_defs()` gives a fresh
`Definitions`; what a definition does is in the modules beside.
"""

from __future__ import annotations

import warnings

import dagster as dg

# The parameter backfill_policy is what makes one run of many coaches; its beta mark is known and covered by our tests.
warnings.filterwarnings("ignore", message=".*backfill_policy.*", category=dg.BetaWarning)

from pipelines import settings, steps  # noqa: E402
from pipelines.models import load_models  # noqa: E402
from pipelines.orchestration.automation import INBOX_JOB, inbox_sensor, weekly_schedule  # noqa: E402
from pipelines.orchestration.checks import rule_checks  # noqa: E402
from pipelines.orchestration.metadata import columns_of_everything, lineage_of  # noqa: E402
from pipelines.orchestration.raw import raw_asset  # noqa: E402
from pipelines.orchestration.reports import report_asset, weekly_mail  # noqa: E402
from pipelines.orchestration.resources import Installation  # noqa: E402
from pipelines.orchestration.tables import model_asset  # noqa: E402


def build_defs() -> dg.Definitions:
    """Assemble the code location from the files below sql/ and the settings of KONTAKTPULS_HOME."""
    connection = steps.connect()
    models = load_models(connection)
    columns = columns_of_everything(models, connection)
    connection.close()
    installation = settings.load()
    lineage = lineage_of(models, columns, installation.home / "cache")
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
