"""Coaches as partitions: the members whose tables lie in one file and who are asked for together.

Belongs here: keeping an instance's partitions equal to members.toml, turning all of them into one run, and the names of the tags
that say what a run is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dagster as dg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.settings import Settings

COACHES = dg.DynamicPartitionsDefinition(name="coach")
# Dagster's own tags of a run over one partition, or over several in the instance's order.
ONE = "dagster/partition"
RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"
# On runs that are meant to go over every coach of members.toml, whatever their range says.
EVERY_COACH = "kontaktpuls/every_coach"
# The ISO week that a run is asked for; without it each member gets the last complete one.
WEEK_TAG = "kontaktpuls/week"


def sync_coaches(instance: dg.DagsterInstance, settings: Settings) -> dict[str, str]:
    """Make the instance's partitions equal to members.toml and return the tags of a run over all of them.

    The range is the instance's own first and last key, never taken from sorted names: a range in another order would run
    nothing and be green. Without members the tags are empty.
    """
    wanted, known = settings.coaches(), instance.get_dynamic_partitions("coach")
    for coach in known:
        if coach not in wanted:
            instance.delete_dynamic_partition("coach", coach)
    if new := [coach for coach in wanted if coach not in known]:
        instance.add_dynamic_partitions("coach", new)
    keys = list(instance.get_dynamic_partitions("coach"))
    return {RANGE_START: keys[0], RANGE_END: keys[-1], EVERY_COACH: "true"} if keys else {}


def coaches_of(tags: Mapping[str, str], instance: dg.DagsterInstance) -> list[str]:
    """Return the coaches of a run from its tags, in the instance's order; steps without partitions of their own need it."""
    if ONE in tags:
        return [tags[ONE]]
    keys = list(instance.get_dynamic_partitions("coach"))
    if RANGE_START not in tags:
        return keys
    return keys[keys.index(tags[RANGE_START]) : keys.index(tags[RANGE_END]) + 1]
