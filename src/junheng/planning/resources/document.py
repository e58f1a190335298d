"""A resource plan as data: what pages, workbooks and comparisons are made from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import polars as pl

from junheng.base.exact import half_up, plain
from junheng.base.terms import Label, Stage
from junheng.planning.documents import FORMAT, both, proof
from junheng.planning.resources.measures import all_measures, measure_label
from junheng.planning.resources.notes import notes
from junheng.verdict.judgement import Judgement
from junheng.verdict.sentences import indicator_label, part_label

if TYPE_CHECKING:
    from junheng.planning.resources.plan import ResourcePlan


def document(plan: ResourcePlan) -> dict[str, Any]:
    """The plan as JSON-able data; amounts in their units, money in 元, figures at most twelve digits long."""
    before, after, county = plan.before, plan.after, plan.county
    return {
        "kind": "resources",
        "format": FORMAT,
        "version": version("junheng"),
        "title": both(Label("填平补齐方案", "Resource plan")),
        "county": {"code": county, "name": _name(before, county)},
        "standard": before.standard.id,
        "day": before.day.isoformat(),
        "year": before.year,
        "snapshot": plan.snapshot,
        "inputs": plan.inputs.rows(),
        "proof": proof(
            value=float(plan.cost),
            bound=float(plan.bound),
            proven=plan.proven,
            unit="元",
            seconds=plan.seconds,
            solver="Clarabel, HiGHS, SCIP",
            says=_proof_words(plan),
        ),
        "notes": [both(note) for note in notes(plan)],
        "cost": float(plan.cost),
        "additions": [_addition(plan, dated) for dated in plan.additions],
        "years": list(_years(plan)),
        "before": verdict(before, county),
        "after": verdict(after, county),
        "schools": list(_schools(plan)),
        "binding": [
            {
                "limit": both(b.limit),
                "saving": float(half_up(b.saving, 2)),
                "at_most": float(half_up(b.at_most, 2)),
                "proven": False,
                "says": both(
                    Label(
                        f"{b.limit.zh}：约省 {_wan(b.saving)} 万元（已证明至多省 {_wan(b.at_most)} 万元）",
                        f"{b.limit.en}: saves about {_wan(b.saving)} (proven: at most {_wan(b.at_most)}) × 10,000 yuan",
                    )
                ),
            }
            for b in plan.binding
        ],
        "steps": [
            {"step": step, "value": _finite(value), "bound": _finite(bound), "seconds": round(at, 2)}
            for step, value, bound, at in plan.steps
        ],
    }


def _name(judgement: Judgement, county: str) -> str:
    found = judgement.counties.filter(pl.col("county_code") == county)["county_name"]
    return str(found[0] or county)


def _wan(yuan: Fraction) -> str:
    return plain(half_up(yuan / 10_000, 2), 2)


def _known(value: float | None) -> float | None:
    """A value; None where there is none, or where it is endless (pupils per computer without a computer)."""
    return None if value is None else _finite(value)


def _finite(value: float) -> float | None:
    return value if abs(value) < 1e300 else None


def _proof_words(plan: ResourcePlan) -> Label:
    if plan.statement.composite:
        return Label(
            f"方案花费 {_wan(plan.cost)} 万元；已证明任何方案都不会低于 {_wan(plan.bound)} 万元。"
            "2012 年标准只限八项差异系数的平均值，这不是凸的限制，方案可行，但没有证明最省。",
            f"The plan costs {_wan(plan.cost)}, and no plan costs less than {_wan(plan.bound)} × 10,000 yuan. The mean "
            "of the coefficients is not a convex limit: the plan is feasible, not proven to be the cheapest.",
        )
    gap = plain(half_up(Fraction(plan.gap) * 100, 3), 3)
    return Label(
        f"方案花费 {_wan(plan.cost)} 万元；已证明任何方案都不会低于 {_wan(plan.bound)} 万元，即至多再省 {gap}%。",
        f"The plan costs {_wan(plan.cost)}, and no plan costs less than {_wan(plan.bound)} × 10,000 yuan: "
        f"at most {gap}% can be saved.",
    )


def _addition(plan: ResourcePlan, dated: Any) -> dict[str, Any]:  # noqa: ANN401
    one = dated.addition
    measure = all_measures()[one.measure]
    row = _row_of(plan, one.school)
    return {
        "school_code": one.school,
        "school_name": row["school_name"] or one.school,
        "town": row["town"],
        "stage": one.stage,
        "measure": one.measure,
        "label": both(measure_label(one.measure)),
        "amount": float(one.amount),
        "unit": measure.unit,
        "cost": float(dated.cost),
        "year": dated.year,
    }


def _row_of(plan: ResourcePlan, school: str) -> Any:  # noqa: ANN401
    return next(row for row in plan.statement.rows if row["school_code"] == school)


def _years(plan: ResourcePlan) -> Iterator[dict[str, Any]]:
    last: dict[str, int] = {}
    for dated in plan.additions:
        if dated.year is not None:
            last[dated.addition.school] = max(last.get(dated.addition.school, 0), dated.year)
    for year in sorted({dated.year for dated in plan.additions if dated.year is not None} | set(plan.inputs.budgets)):
        cost = sum((dated.cost for dated in plan.additions if dated.year == year), Fraction(0))
        yield {
            "year": year,
            "cost": float(cost),
            "budget": float(plan.inputs.budgets[year]) if year in plan.inputs.budgets else None,
            "schools_done": sum(1 for done in last.values() if done <= year),
        }


def verdict(judgement: Judgement, county: str) -> dict[str, Any]:
    """Outcomes of a county: its parts, its coefficients, how many schools pass."""
    parts = judgement.parts.filter(pl.col("county_code") == county)
    balance = judgement.balance.filter(pl.col("county_code") == county)
    rows = judgement.in_scope.filter(pl.col("county_code") == county)
    counts = dict(rows.group_by("outcome").len().iter_rows())
    return {
        "outcome": str(judgement.outcome(county)),
        "parts": [
            {"part": row["part"], "label": part_label(judgement, row["part"]), "outcome": row["outcome"]}
            for row in parts.iter_rows(named=True)
        ],
        "balance": [
            {
                "stage": row["stage"],
                "indicator": row["indicator"],
                "label": indicator_label(judgement, row["indicator"]),
                "mean": row["mean"],
                "cv": row["cv"],
                "limit": row["limit"],
                "outcome": row["outcome"],
            }
            for row in balance.iter_rows(named=True)
        ],
        "schools": {name: counts.get(name, 0) for name in ("met", "tolerated", "unmet", "unknown")},
    }


def _schools(plan: ResourcePlan) -> Iterator[dict[str, Any]]:
    standard = plan.before.standard
    names = [name for name in standard.resources if f"{name}__value" in plan.before.rows.columns]
    costs: dict[tuple[str, str | None], Fraction] = {}
    for dated in plan.additions:
        key = dated.addition.school, dated.addition.stage
        costs[key] = costs.get(key, Fraction(0)) + dated.cost
    after = {(row["school_code"], row["stage"]): row for row in plan.after.in_scope.iter_rows(named=True)}
    seen: set[str] = set()
    for row in plan.statement.rows:
        code, stage = row["school_code"], row["stage"]
        then = after[code, stage]
        cost = costs.get((code, stage), Fraction(0))
        if code not in seen:  # what is for the whole school stands with its first stage
            cost += costs.get((code, None), Fraction(0))
            seen.add(code)
        yield {
            "school_code": code,
            "school_name": row["school_name"] or code,
            "town": row["town"],
            "stage": stage,
            "stage_label": Stage(stage).zh,
            "cost": float(cost),
            "before": row["outcome"],
            "after": then["outcome"],
            "indicators": [
                {
                    "indicator": name,
                    "label": both(plan.statement.labels[name]),
                    "unit": standard.resources[name].unit,
                    "limit": row.get(f"{name}__limit"),
                    "before": _known(row[f"{name}__value"]),
                    "after": _known(then[f"{name}__value"]),
                    "outcome_before": row[f"{name}__outcome"],
                    "outcome_after": then[f"{name}__outcome"],
                }
                for name in names
            ],
        }
