"""Look up the figures of plans a second time: from the plan's own document, field by field and added up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from figure_keys import Resolved, Value, _exact

Document = Mapping[str, Any]
SHARES = {"share", "least_share", "backbone_share", "least_backbone_share"}
WAYS = {"mean_way", "max_way"}


def number(value: float | int | None, unit: str | None) -> Resolved:
    return Resolved(_exact(value), unit)


def wan(value: Value) -> Resolved:
    """元 as 万元."""
    return Resolved(None if value is None else value / 10_000, "万元")


def amount(value: Fraction, unit: str) -> Resolved:
    """Money in 万元, all else as it is counted."""
    return wan(value) if unit == "元" else Resolved(value, unit)


def total(values: Any) -> Fraction:
    return sum((_exact(value) or Fraction(0) for value in values), Fraction(0))


def proof(plan: Document, what: str) -> Resolved:
    gap = _exact(plan["proof"][what])
    return Resolved(None if gap is None else gap * 100, "%")


# 填平补齐方案.


def cost(plan: Document) -> Resolved:
    return wan(total(row["cost"] for row in plan["additions"]))


def schools(plan: Document, *name: str) -> Resolved:
    """Of resources: how many schools; of zoning: those with blocks; of rotation: a column added up."""
    match plan["kind"]:
        case "resources":
            return number(len({row["school_code"] for row in plan["additions"]}), "所")
        case "zoning":
            return number(len({row["school_code"] for row in plan["zones"] if row["blocks"]}), "所")
        case _:
            return Resolved(total(row[name[0]] for row in plan["fairness"]["schools"]), "人")


def year(plan: Document, of: str, what: str) -> Resolved:
    row = next(row for row in plan["years"] if str(row["year"]) == of)
    match what:
        case "schools_done":
            return number(row["schools_done"], "所")
        case "left":
            return wan(None if row["budget"] is None else _exact(row["budget"]) - _exact(row["cost"]))
        case "spent":
            return wan(total(one["cost"] for one in plan["years"] if one["year"] <= row["year"]))
        case _:
            return wan(_exact(row[what]))


def measure(plan: Document, name: str, what: str) -> Resolved:
    rows = [row for row in plan["additions"] if row["measure"] == name]
    match what:
        case "amount":
            return amount(total(row["amount"] for row in rows if row["amount"] > 0), rows[0]["unit"])
        case "schools":
            return number(len({row["school_code"] for row in rows if row["amount"] > 0}), "所")
        case "cost":
            return wan(total(row["cost"] for row in rows))
        case _:
            whole = total(row["cost"] for row in plan["additions"])
            return Resolved(total(row["cost"] for row in rows) * 100 / whole if whole else None, "%")


def school(plan: Document, code: str, what: str) -> Resolved:
    if plan["kind"] == "resources":
        return wan(total(row["cost"] for row in plan["additions"] if row["school_code"] == code))
    return number(next(row for row in plan["fairness"]["schools"] if row["school_code"] == code)[what], "人")


def addition(plan: Document, code: str, stage: str, name: str, of: str, what: str) -> Resolved:
    (row,) = [
        row
        for row in plan["additions"]
        if (row["school_code"], row["stage"] or "all", row["measure"], str(row["year"] or "any"))
        == (code, stage, name, of)
    ]
    return amount(_exact(row[what]), row["unit"])


def side(name: str, plan: Document, what: str, *rest: str) -> Resolved:
    verdict = plan[name]
    if what == "schools":
        return number(verdict["schools"].get(rest[0], 0), "所")
    row = [one for one in verdict["balance"] if (one["stage"], one["indicator"]) == rest]
    return number(row[0]["cv"] if row else None, "")


def cv_limit(plan: Document, stage: str, indicator: str) -> Resolved:
    (row,) = [one for one in plan["after"]["balance"] if (one["stage"], one["indicator"]) == (stage, indicator)]
    return number(row["limit"], "")


def binding(plan: Document, place: str, what: str) -> Resolved:
    return wan(_exact(plan["binding"][int(place) - 1].get(what)))


# 教师交流轮岗方案.


def shares(plan: Document, what: str) -> Resolved:
    return number(plan["shares"][what], "%" if what in SHARES else "人")


def fairness(plan: Document, what: str) -> Resolved:
    return number(plan["fairness"][what], "公里" if what.endswith("_km") else "人")


def needs(plan: Document, label: str, what: str) -> Resolved:
    return Resolved(total(row[what] for row in plan["needs"] if row["label"]["zh"] == label), "人")


def unfilled(plan: Document, place: str, what: str) -> Resolved:
    return number(plan["unfilled"][int(place) - 1][what], "人")


def lacking(plan: Document) -> Resolved:
    return Resolved(total(row["lacking"] for row in plan["unfilled"]), "人次")


def lacked(plan: Document) -> Resolved:
    return Resolved(total(row["need"] - row["before"] for row in plan["needs"] if row["need"] > row["before"]), "人次")


def people(plan: Document, place: str, what: str) -> Resolved:
    return number(plan["people"][int(place) - 1][what], "公里")


# 学区划片方案.


def blocks(plan: Document) -> Resolved:
    return number(len({row["block_code"] for row in plan["blocks"]}), "个")


def of_travel(name: str, plan: Document, stage: str, what: str) -> Resolved:
    row: Mapping[str, Any] = next((row for row in plan[name]["stages"] if row["stage"] == stage), {})
    return _travelled(plan, what, row.get(what))


def zone(plan: Document, stage: str, code: str, what: str) -> Resolved:
    (row,) = [row for row in plan["zones"] if (row["stage"], row["school_code"]) == (stage, code)]
    if what == "missing_seats":  # seats of a school; over the county they are pupils without one
        return number(row[what], "个")
    return _travelled(plan, what, row[what])


_COUNTED = {
    **dict.fromkeys(("pupils", "missing_seats", "moved_pupils", "largest_class"), "人"),
    **dict.fromkeys(("blocks", "seats", "classes", "classes_needed", "broken_zones"), "个"),
    "schools_with_large_classes": "所",
}


def _travelled(plan: Document, what: str, value: Any) -> Resolved:
    if what in WAYS:
        return number(value, {"km": "千米", "min": "分钟"}[plan["travel"]["unit"]])
    if what.endswith("share") or what.startswith("share"):
        exact = _exact(value)
        return Resolved(None if exact is None else exact * 100, "%")
    return number(value, _COUNTED[what])


def over_stages(what: str, plan: Document) -> Resolved:
    return Resolved(total(row[what] for row in plan["travel"]["stages"]), "人")


def block(plan: Document, stage: str, code: str, what: str) -> Resolved:
    (row,) = [row for row in plan["blocks"] if (row["stage"], row["block_code"]) == (stage, code)]
    return number(row[what], "人")


PLAN_RESOLVERS: dict[str, Callable[..., Resolved]] = {
    "proof": proof,
    "cost": cost,
    "schools": schools,
    "years": lambda plan: number(len(plan["years"]), "年"),
    "year": year,
    "measure": measure,
    "school": school,
    "addition": addition,
    "before": lambda plan, *at: side("before", plan, *at),
    "after": lambda plan, *at: side("after", plan, *at),
    "cv_limit": cv_limit,
    "binding": binding,
    "shares": shares,
    "fairness": fairness,
    "needs": needs,
    "unfilled": unfilled,
    "lacking": lacking,
    "lacked": lacked,
    "people": people,
    "blocks": blocks,
    "today": lambda plan, *at: of_travel("today", plan, *at),
    "travel": lambda plan, *at: of_travel("travel", plan, *at),
    "nearest_school": lambda plan, *at: of_travel("nearest_school", plan, *at),
    "zone": zone,
    "missing_seats": lambda plan: over_stages("missing_seats", plan),
    "moved_pupils": lambda plan: over_stages("moved_pupils", plan),
    "block": block,
}
