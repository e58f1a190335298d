"""早期预警: every warning of a year, by the rules in ``junheng_standards/monitoring/warnings.yaml``, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from junheng.base.exact import plain
from junheng.base.terms import Stage
from junheng.monitoring.alarms import of_measures, of_schools, of_verdicts
from junheng.monitoring.alarms.material import FOUND, Material
from junheng.monitoring.declared import WarningRule, warning_rules
from junheng.monitoring.measured import Measured, outcome_word

ALARMS: Mapping[str, Callable[[Material, WarningRule], pl.LazyFrame]] = {
    "verdict_lost": of_verdicts.verdict_lost,
    "part_lost": of_verdicts.part_lost,
    "measure_lost": of_verdicts.measure_lost,
    "limit_moved": of_verdicts.limit_moved,
    "data_gone": of_verdicts.data_gone,
    "county_gone": of_verdicts.county_gone,
    "near": of_measures.near,
    "crossing": of_measures.crossing,
    "declining": of_measures.declining,
    "schools_slipping": of_schools.schools_slipping,
    "classes_grown": of_schools.classes_grown,
    "large_classes_back": of_schools.large_classes_back,
    "composition": of_schools.composition,
    "hollowing": of_schools.hollowing,
}
SEVERITIES = ("urgent", "warn", "notice")
SEVERITY_WORDS = {"urgent": "紧急", "warn": "警示", "notice": "关注"}
_STAGES_EN = {"primary": "primary", "junior": "junior", "senior": "senior"}
_SHARES = {"near", "schools_slipping", "classes_grown", "hollowing"}


def find_warnings(material: Material, rules: Mapping[str, WarningRule] | None = None) -> pl.DataFrame:
    """The warnings of one year, the urgent ones first.

    Returns:
        warning (id of the rule), severity, and the columns of ``FOUND``: county_code, school_year, kind, stage, part,
        name of what it concerns; first_year that is compared; was and now (outcomes), before and value (figures),
        operator and limit; amount and count, what the rule measures.
    """
    rules = rules or warning_rules()
    lazy = [
        ALARMS[rule.kind](material, rule).select(warning=pl.lit(name), severity=pl.lit(rule.severity), **_all())
        for name, rule in rules.items()
    ]
    frames = pl.collect_all(lazy)
    order = pl.col("severity").cast(pl.Enum(SEVERITIES))
    return pl.concat(frames).sort(order, "county_code", pl.col("warning").cast(pl.Enum(list(rules))), "stage", "name")


def _all() -> dict[str, pl.Expr]:
    return {name: pl.col(name) for name in FOUND}


def with_sentences(
    warnings: pl.DataFrame,
    names: Mapping[str, str],
    measured: Measured,
    rules: Mapping[str, WarningRule] | None = None,
) -> pl.DataFrame:
    """Add county_name, and the sentence of each warning in both languages: zh, en.

    Args:
        names: county_code → name.
    """
    rules = rules or warning_rules()
    said: dict[str, list[str]] = {"zh": [], "en": []}
    for row in warnings.iter_rows(named=True):
        rule = rules[row["warning"]]
        for language, sentences in said.items():
            template = rule.sentence.zh if language == "zh" else rule.sentence.en
            # Where there is no stage to name, an English sentence would have two spaces.
            sentences.append(" ".join(template.format(**_figures(row, rule, names, measured, language)).split()))
    county = pl.col("county_code").replace_strict(names, default=pl.col("county_code"), return_dtype=pl.String)
    return warnings.with_columns(
        county_name=county, zh=pl.Series(said["zh"], dtype=pl.String), en=pl.Series(said["en"], dtype=pl.String)
    )


def _figures(
    row: Mapping[str, Any], rule: WarningRule, names: Mapping[str, str], measured: Measured, language: str
) -> dict[str, str]:
    kind, name = row["kind"], row["name"]
    stage = "" if row["stage"] is None else Stage(row["stage"]).zh if language == "zh" else _STAGES_EN[row["stage"]]
    label = measured.label(kind, name)
    if rule.kind in ("verdict_lost", "part_lost"):
        before, value = outcome_word(row["was"], language), outcome_word(row["now"], language)
    else:
        before, value = (
            measured.figure(kind, name, row[column], language, limit=row["limit"]) for column in ("before", "value")
        )
    return {
        "county": names.get(row["county_code"], row["county_code"]),
        "year": str(row["school_year"]),
        "first_year": str(row["first_year"]),
        "stage": stage,
        "measure": label.zh if language == "zh" else label.en,
        "before": before,
        "value": value,
        "limit": measured.limit(kind, name, row["operator"], row["limit"], language),
        "amount": _amount(row, rule),
        "count": str(row["count"]),
        "years": str(rule.years),
        "moved": _moved(row["count"], language),
    }


def _amount(row: Mapping[str, Any], rule: WarningRule) -> str:
    if row["amount"] is None:
        return ""
    if rule.kind in _SHARES:
        return f"{plain(row['amount'] * 100, 1)}%"
    return plain(row["amount"], 1 if rule.kind == "crossing" else 4)


def _moved(count: int | None, language: str) -> str:
    """A verdict may be lost to the standard and not to the county: it is said where limits moved."""
    if not count:
        return ""
    if language == "zh":
        return f"其间有 {count} 项要求变动，须分清是要求变了还是本县变差。"
    return f"{count} limits moved in between: see whether the county or the standard changed."
