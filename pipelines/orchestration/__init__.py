"""All that imports Dagster: the steps of `pipelines` as assets over Parquet, their checks, partitions, schedule and sensor."""
