"""A zoning plan as data: what pages, workbooks, maps and comparisons are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from junheng.base.exact import half_up, plain
from junheng.base.terms import Label
from junheng.planning.documents import FORMAT, both, proof
from junheng.planning.resources.document import verdict
from junheng.planning.zoning.figures import Facts, nearest, nearest_way, today
from junheng.planning.zoning.judged import enrolment_change, judged_again, not_filed, why_not
from junheng.planning.zoning.remarks import remarks
from junheng.planning.zoning.zones_map import feature_collection

if TYPE_CHECKING:
    from junheng.planning.zoning.plan import Zoning, ZoningPlan

_DIGITS = 6


def document(plan: ZoningPlan) -> dict[str, Any]:
    """The plan as JSON-able data. Ways in kilometres, or minutes where ways were filed in minutes (``travel.unit``)."""
    facts, town = plan.zoning.facts, plan.town
    before = today(town, plan.stages)
    judged = _judged(plan, before)
    county = plan.judgement.counties.row(0, named=True) if plan.judgement else {}
    collection = feature_collection(facts)
    return {
        "kind": "zoning",
        "format": FORMAT,
        "version": version("junheng"),
        "title": both(Label("学区划片方案", "Zoning plan")),
        "county": {"code": county.get("county_code"), "name": county.get("county_name")},
        "standard": plan.judgement.standard.id if plan.judgement else None,
        "day": plan.judgement.day.isoformat() if plan.judgement else None,
        "year": plan.judgement.year if plan.judgement else None,
        "snapshot": plan.judgement.snapshot if plan.judgement else "",
        "inputs": _echo(plan),
        "proof": _proof(plan, plan.zoning),
        "notes": [both(note) for note in (*remarks(plan, has_map=collection is not None), *judged.notes)],
        "stages": list(plan.stages),
        "missing": asdict(facts.missing()),
        "zones": _plain(_zones(facts, before)),
        "blocks": _plain(list(_blocks(facts))),
        "travel": _travel(plan, facts),
        "today": None if before is None else _travel(plan, before),
        "nearest_school": _travel(plan, nearest(town, plan.stages, facts.open_schools)),
        "change": _change(plan),
        "checks": [{"check": c.check, "ok": c.ok, "says": both(c.says)} for c in plan.zoning.checks],
        "geojson": collection,
        **judged.parts,
    }


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Numbers as they are shown: no more digits than mean anything."""
    match value:
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case Decimal():
            return float(value)
        case float():
            return float(half_up(value, _DIGITS))
        case _:
            return value


def _unit(plan: ZoningPlan) -> tuple[str, int, str]:
    """The unit of ways, the pupil-metres (seconds) that make one of the objective, and its name."""
    in_minutes = plan.town.rules[plan.stages[0]].in_minutes
    return ("min", 3600, "人·小时") if in_minutes else ("km", 1000, "人·千米")


def _proof(plan: ZoningPlan, zoning: Zoning) -> dict[str, Any]:
    _, scale, unit = _unit(plan)
    found = zoning.proof
    gap = plain(found.gap * 100, 3)
    if found.bound >= found.value:
        says = Label("已证明最优：没有更好的连片方案。", "Proven optimal: no contiguous zoning is better.")
    elif found.bound <= 0:
        says = Label(
            "没有来得及证明什么：不知道离最好的方案还有多远，请加长时间。",
            "Nothing is proven yet: how far the best plan is away is not known. Allow more time.",
        )
    else:
        says = Label(
            f"已证明任何连片方案至多再好 {gap}%（含调整、缺学位等折合的路程）。",
            f"Proven: no contiguous zoning is better by more than {gap} % (moves and missing seats included).",
        )
    return proof(
        value=found.value / scale,
        bound=found.bound / scale if found.bound > 0 or not found.value else None,
        proven=found.status != "feasible",
        unit=unit,
        seconds=found.seconds,
        solver="HiGHS",
        says=says,
    )


def _zones(facts: Facts, before: Facts | None) -> list[dict[str, Any]]:
    was = {} if before is None else {(row["stage"], row["school_code"]): row for row in before.rows()}
    zones = []
    for row in facts.rows():
        old = was.get((row["stage"], row["school_code"]))
        names = ("blocks", "pupils", "classes_needed", "largest_class", "is_large_class", "in_school")
        zones.append({**row, "before": None if old is None else {name: old[name] for name in names}})
    return zones


def _blocks(facts: Facts) -> Iterator[dict[str, Any]]:
    town = facts.town
    for stage, schools in facts.schools.items():
        rule = town.rules[stage]
        for block, school in enumerate(map(int, schools)):
            row, way = town.pupils[stage][block], int(town.ways[stage][block, school])
            yield {
                "block_code": town.blocks[block]["block_code"],
                "block_name": town.blocks[block]["block_name"],
                "stage": stage,
                "school_code": town.schools[school]["school_code"],
                "school_name": town.schools[school]["school_name"],
                "before": row["school_code"],
                "pupils": int(row["pupils"]),
                "km": None if rule.in_minutes else way / 1000,
                "way": way / (60 if rule.in_minutes else 1000),
                "nearest": way <= nearest_way(town, stage, block, facts.open_schools),
            }


def _travel(plan: ZoningPlan, facts: Facts) -> dict[str, Any]:
    unit, _, total = _unit(plan)
    return {"unit": unit, "total_unit": total, "stages": _plain([facts.totals(stage) for stage in facts.schools])}


def _change(plan: ZoningPlan) -> dict[str, Any] | None:
    """What opening and closing schools changes: the same figures without and with it."""
    if plan.without is None:
        return None
    town, old, new = plan.town, plan.without.facts, plan.zoning.facts
    costs = [town.schools[at]["opening_cost"] for code in plan.opened if (at := town.school(code)) is not None]
    stages = []
    for stage in plan.stages:
        was, now = old.totals(stage), new.totals(stage)
        pairs = zip(old.schools[stage], new.schools[stage], strict=True)
        moved = [block for block, (one, other) in enumerate(pairs) if one != other]
        numbers = [name for name in now if isinstance(now[name], int | float) and isinstance(was[name], int | float)]
        stages.append(
            {
                "stage": stage,
                "before": was,
                "after": now,
                "difference": {name: now[name] - was[name] for name in numbers},  # type: ignore[operator]
                "blocks_changed": len(moved),
                "pupils_changed": sum(int(town.pupils[stage][block]["pupils"]) for block in moved),
            }
        )
    return {
        "opened": list(plan.opened),
        "closed": list(plan.closed),
        "cost": None if any(cost is None for cost in costs) else float(sum(costs)),
        "stages": _plain(stages),
        "zones_before": _plain(_zones(old, None)),
        "proof_before": _proof(plan, plan.without),
    }


@dataclass(frozen=True)
class _Judged:
    parts: dict[str, Any] = field(default_factory=dict)
    notes: tuple[Label, ...] = ()


def _judged(plan: ZoningPlan, before: Facts | None) -> _Judged:
    """The verdict before and after, where there is one and the zones of today are known."""
    if plan.judgement is None:
        return _Judged()
    if before is None:
        told = Label(
            "现状不全，不知道各校在校生怎样变，没有重新判定。",
            "The zones of today are not known: what enrolment becomes is not either, and nothing is judged.",
        )
        return _Judged(notes=(told,))
    change = enrolment_change(before, plan.zoning.facts)
    if why := why_not(plan.judgement, before, change):
        return _Judged(notes=(why,))
    county = str(plan.judgement.counties["county_code"][0])
    after = judged_again(plan.judgement, change)
    notes = [
        Label(
            "判定只改了各校在校生数；教师、校舍、设备不会自己跟着学生走，要另作安排。",
            "Only enrolment was changed: teachers, rooms and equipment do not follow by themselves.",
        )
    ]
    if strangers := not_filed(plan.judgement, change):
        names = "、".join(strangers)
        notes.append(
            Label(
                f"这些学校不在判定的数据里，它们的学生没有计入判定后的结果：{names}。",
                f"Not in the data judged, so their pupils are not counted: {', '.join(strangers)}.",
            )
        )
    return _Judged({"before": verdict(plan.judgement, county), "after": verdict(after, county)}, tuple(notes))


def _echo(plan: ZoningPlan) -> dict[str, list[dict[str, Any]]]:
    return {name: _plain(plan.inputs.rows(name)) for name in plan.inputs.dataset.tables.tables}
