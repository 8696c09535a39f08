"""All that imports Dagster: the steps of `pipelines` as assets over Parquet, their checks, partitions, schedule and sensor."""

import warnings

import dagster as dg

# backfill_policy is what makes one run of many coaches; its beta mark is known, and our tests cover it.
warnings.filterwarnings("ignore", message=".*backfill_policy", category=dg.BetaWarning)
