"""The files of sql/checks as asset checks: who breaks which rule, as counts per member.

None of them blocks: a fact about one member costs nobody else, and `weekly_report` leaves out who breaks a rule of the program.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from pipelines.models import Model
from pipelines.orchestration.metadata import sql_of
from pipelines.orchestration.partitions import coaches_of
from pipelines.orchestration.resources import Installation


def rule_checks(models: Sequence[Model]) -> dg.AssetChecksDefinition:
    """Return all rules as one step; each is a check of the table that it is about."""
    rules = {model.name: model for model in models if model.layer == "checks"}
    specs = [
        dg.AssetCheckSpec(
            name,
            asset=_about(rule),
            additional_deps=[dg.AssetKey(table) for table in rule.depends_on if table != _about(rule)],
            description=rule.description,
            metadata={"sql": sql_of(rule)},
        )
        for name, rule in rules.items()
    ]

    @dg.multi_asset_check(specs=specs, name="rules", can_subset=True)
    def rules_hold(
        context: dg.AssetCheckExecutionContext, installation: dg.ResourceParam[Installation]
    ) -> Iterator[dg.AssetCheckResult]:
        coaches = coaches_of(context.run.tags, context.instance)
        chosen = [spec for spec in specs if spec.key in context.selected_asset_check_keys]
        installation.at_once(
            installation.buckets(coaches),
            lambda bucket: installation.judge(context.log, [rules[spec.name] for spec in chosen], bucket),
        )
        for spec in chosen:
            rule = rules[spec.name]

            def check(coach: str, rule: Model = rule) -> dict[str, int] | None:
                with installation.at_own_risk(context.log, coach, rule.name):
                    return installation.offenders(rule, coach)
                return None

            found = installation.at_once(coaches, check)
            unchecked = {coach for coach, offenders in found.items() if offenders is None}
            offenders = {member: count for each in found.values() if each for member, count in each.items()}
            failed = unchecked & installation.failures.keys()
            yield dg.AssetCheckResult(
                asset_key=spec.asset_key,
                check_name=spec.name,
                passed=not offenders and not failed,
                severity=dg.AssetCheckSeverity.WARN if rule.severity == "warn" else dg.AssetCheckSeverity.ERROR,
                metadata=dict(sorted(offenders.items()))
                | {f"coach {coach}": "not checked" for coach in sorted(unchecked)},
            )

    return rules_hold


def _about(rule: Model) -> str:
    """Return the first model that a rule reads, or the first raw table where it reads no model."""
    return next((table for table in rule.depends_on if not table.startswith("raw_")), rule.depends_on[0])
