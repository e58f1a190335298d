"""What the page of a resource plan shows: charts, tables by measure, year and school, what binds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from junheng.reporting.charts.before_after import before_after
from junheng.reporting.charts.costs import cost_bars
from junheng.reporting.charts.table import table
from junheng.web.dashboards.doors import school_url
from junheng.web.dashboards.overview_content import language
from junheng.web.plans.models import Plan
from junheng.web.plans.naming import coefficient_name, part_name
from junheng.web.templatetags.words import label, number, unit
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.web.templatetags.words import stage as stage_word

Document = Mapping[str, Any]
Row = dict[str, Any]


def context_of(plan: Plan) -> dict[str, Any]:
    document = plan.document
    return {
        "tiles": [
            {"name": part_name(document, before), "before": before["outcome"], "after": after["outcome"]}
            for before, after in zip(document["before"]["parts"], document["after"]["parts"], strict=True)
        ],
        "counts": {side: _counted(document[side]["schools"]) for side in ("before", "after")},
        "coefficients": coefficients(document),
        "measures": measures(document),
        "years": years(document),
        "binding": [{**entry, "limit": label(entry["limit"])} for entry in document["binding"]],
        "assumed": list(_assumed(document)),
    }


def _counted(schools: Mapping[str, int]) -> dict[str, int]:
    return {**schools, "passed": schools["met"] + schools["tolerated"]}


def coefficients(document: Document) -> dict[str, Any]:
    """The coefficients of every indicator and stage, before and after, against their limits."""
    after = {(row["stage"], row["indicator"]): row for row in document["after"]["balance"]}
    rows = []
    for before in document["before"]["balance"]:
        then = after.get((before["stage"], before["indicator"]), {})
        rows.append(
            {
                "group": coefficient_name(document, before),
                "series": stage_word(before["stage"]),
                "before": before["cv"],
                "after": then.get("cv"),
                "limit": before["limit"],
                "outcome_before": before["outcome"],
                "outcome_after": then.get("outcome"),
                "word": outcome_word(then.get("outcome")),
            }
        )
    order = {name: place for place, name in enumerate(dict.fromkeys(row["group"] for row in rows))}
    rows.sort(key=lambda row: order[row["group"]])
    limits = dict.fromkeys(
        (float(row["limit"]), f"{row['series']} ≤ {row['limit']:.2f}") for row in rows if row["limit"] is not None
    )
    heads = [
        ("group", _("指标")),
        ("series", _("学段")),
        ("before", _("现在")),
        ("after", _("方案后")),
        ("limit", _("限值")),
        ("word", _("结论")),
    ]
    if not any(row["before"] is not None and row["after"] is not None for row in rows):
        return {}
    title = _("校际差异系数")
    spec = before_after(rows, title=title, lines=list(limits), language=language())
    return {"spec": spec, "table": table(rows, heads)}


def measures(document: Document) -> dict[str, Any]:
    """By measure: how much is added or moved, in how many schools, for how much."""
    found: dict[str, Row] = {}
    for line in document["additions"]:
        row = found.setdefault(
            line["measure"],
            {"name": label(line["label"]), "unit": line["unit"], "amount": 0.0, "schools": set(), "cost": 0.0},
        )
        # What moves is counted where it is taken.
        row["amount"] += max(line["amount"], 0)
        row["cost"] += line["cost"]
        row["schools"].add(line["school_code"])
    rows = sorted(found.values(), key=lambda row: -row["cost"])
    for row in rows:
        row["schools"] = len(row["schools"])
    drawn = [{"name": row["name"], "cost": row["cost"] / 10_000} for row in rows]
    return {"rows": rows, "spec": cost_bars(drawn, title=_("花费（万元）"), language=language()) if rows else None}


def years(document: Document) -> dict[str, Any]:
    rows = document["years"]
    drawn = [
        {
            "name": str(row["year"]),
            "cost": row["cost"] / 10_000,
            "budget": None if row["budget"] is None else row["budget"] / 10_000,
        }
        for row in rows
        if row["year"] is not None
    ]
    spec = cost_bars(drawn, title=_("花费（万元）"), language=language()) if len(drawn) > 1 else None
    return {"rows": rows, "spec": spec}


def _assumed(document: Document) -> Iterator[str]:
    """What the plan was told and nobody filed, in words."""
    for row in document["inputs"].get("supposed", ()):
        yield _("%(school)s %(stage)s %(column)s 按 %(value)s 计") % {
            "school": row["school_code"],
            "stage": stage_word(row["stage"]),
            "column": row["column"],
            "value": number(row["value"]),
        }


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """What one stage of a school gets and gives, and how it stands before and after."""

    school: str
    name: str
    town: str
    stage: str
    href: str
    gets: tuple[str, ...]
    gives: tuple[str, ...]
    cost: float
    before: str
    after: str
    moved: Sequence[Row]  # indicators whose value changes


def school_lines(plan: Plan) -> list[SchoolLine]:
    """Every stage of every school, the dearest first, those that nothing happens to last."""
    document = plan.document
    by_place: dict[tuple[str, str | None], list[Row]] = {}
    for line in document["additions"]:
        by_place.setdefault((line["school_code"], line["stage"]), []).append(line)
    seen: set[str] = set()
    found = []
    for row in document["schools"]:
        code = row["school_code"]
        own = by_place.get((code, row["stage"]), [])
        if code not in seen:  # what is for the whole school stands with its first stage
            own = [*by_place.get((code, None), []), *own]
            seen.add(code)
        found.append(
            SchoolLine(
                school=code,
                name=row["school_name"],
                town=row["town"] or "",
                stage=row["stage"],
                href=school_url(code, plan.evaluation),
                gets=tuple(_amount(line) for line in own if line["amount"] > 0),
                gives=tuple(_amount(line) for line in own if line["amount"] < 0),
                cost=row["cost"],
                before=row["before"],
                after=row["after"],
                moved=[
                    {**entry, "name": label(entry["label"])}
                    for entry in row["indicators"]
                    if entry["before"] != entry["after"]
                ],
            )
        )
    return sorted(found, key=lambda line: (-line.cost, not line.gives, line.before == line.after, line.school))


def _amount(line: Row) -> str:
    return f"{label(line['label'])} {number(abs(line['amount']))} {unit(line['unit'])}"


def addition_heads() -> tuple[str, ...]:
    return (
        _("学校标识码"),
        _("学校"),
        _("乡镇"),
        _("学段"),
        _("措施"),
        _("数量"),
        _("单位"),
        _("花费（元）"),
        _("年度"),
    )


def addition_rows(document: Document) -> Iterator[tuple[object, ...]]:
    for line in document["additions"]:
        yield (
            line["school_code"],
            line["school_name"],
            line["town"],
            stage_word(line["stage"]) or _("全校"),
            label(line["label"]),
            line["amount"],
            unit(line["unit"]),
            line["cost"],
            line["year"],
        )


def task_heads() -> tuple[str, ...]:
    return (*addition_heads(), _("责任人"), _("完成时限"))


def task_rows(document: Document) -> Iterator[tuple[object, ...]]:
    """A task a line, whose owner and date are for the county to fill in."""
    for row in addition_rows(document):
        yield (*row, None, None)


def school_heads() -> tuple[str, ...]:
    return (
        _("学校标识码"),
        _("学校"),
        _("乡镇"),
        _("学段"),
        _("花费（元）"),
        _("现在的结论"),
        _("方案后的结论"),
        _("指标"),
        _("单位"),
        _("达标要求"),
        _("现在"),
        _("方案后"),
        _("现在达标"),
        _("方案后达标"),
    )


def school_rows(document: Document) -> Iterator[tuple[object, ...]]:
    """Every indicator of every stage of every school, before and after."""
    for row in document["schools"]:
        for entry in row["indicators"]:
            yield (
                row["school_code"],
                row["school_name"],
                row["town"],
                stage_word(row["stage"]),
                row["cost"],
                outcome_word(row["before"]),
                outcome_word(row["after"]),
                label(entry["label"]),
                unit(entry["unit"]),
                entry["limit"],
                entry["before"],
                entry["after"],
                outcome_word(entry["outcome_before"]),
                outcome_word(entry["outcome_after"]),
            )
