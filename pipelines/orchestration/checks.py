"""The files of sql/checks as asset checks: who breaks which rule, as counts per member.

None of them blocks: a fact about one member costs nobody else, and `weekly_report` leaves out who breaks a rule of the program.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from pipelines import lake, steps
from pipelines.models import Model
from pipelines.orchestration.partitions import coaches_of
from pipelines.orchestration.resources import Installation


def rule_checks(models: Sequence[Model]) -> dg.AssetChecksDefinition:
    """Return all rules as one step; each is a check of the first model that it reads."""
    rules = {model.name: model for model in models if model.layer == "checks"}
    specs = [
        dg.AssetCheckSpec(
            name,
            asset=rule.depends_on[0],
            additional_deps=[dg.AssetKey(table) for table in rule.depends_on[1:]],
            description=rule.description,
            metadata={"sql": dg.MetadataValue.md(f"```sql\n{rule.sql}\n```")},
        )
        for name, rule in rules.items()
    ]

    @dg.multi_asset_check(specs=specs, name="rules")
    def rules_hold(context: dg.AssetCheckExecutionContext, installation: Installation) -> Iterator[dg.AssetCheckResult]:
        coaches = coaches_of(context.run.tags, context.instance)
        for spec in specs:
            offenders = _offenders(installation, rules[spec.name], coaches)
            yield dg.AssetCheckResult(
                asset_key=spec.asset_key,
                check_name=spec.name,
                passed=not offenders,
                severity=dg.AssetCheckSeverity.WARN
                if rules[spec.name].severity == "warn"
                else dg.AssetCheckSeverity.ERROR,
                metadata=dict(offenders),
            )

    return rules_hold


def _offenders(installation: Installation, rule: Model, coaches: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for coach in coaches:
        with installation.cursor() as cursor:
            try:
                for table in rule.depends_on:
                    lake.read(cursor, installation.settings.lake, table, coach)
            except FileNotFoundError:
                continue
            steps.build(cursor, rule)
            counted = f"select member, count(member) from {lake.identifier(rule.name)} group by member order by member"
            found |= dict(cursor.execute(counted).fetchall())
    return found
