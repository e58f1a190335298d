"""What sort of thing a school lacks: who is to provide it depends on that, and lists are kept apart by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from junheng.indicators.rows import DERIVED
from junheng.standards.indicator import Indicator
from junheng.tables.model import Tables

Kind = Literal["teachers", "rooms", "grounds", "equipment", "funds", "other"]
KINDS: Mapping[Kind, str] = {
    "teachers": "教师",
    "rooms": "校舍和教室",
    "grounds": "场地",
    "equipment": "设备和图书",
    "funds": "经费",
    "other": "其他",
}
_GROUNDS = (
    "sports_ground_area", "extra_sports_area", "land_area", "green_area", "ring_track", "straight_track", "ball_courts",
)  # fmt: skip
_FUNDS = ("public_funds_budget", "training_budget")
# A room with networked screens is an ordinary classroom that is fitted out.
_EQUIPMENT = ("equipment_value", "computers", "books", "multimedia_classrooms", "computer_room_computers")


def kind_of(indicator: Indicator, tables: Tables) -> Kind:
    """Whether an indicator asks for teachers, rooms, grounds, equipment or money: by the first column it counts."""
    amount = indicator.formula.amount
    column = (*amount.all, *amount.primary, *amount.junior)[0].column
    if column in _GROUNDS:
        return "grounds"
    if column in _FUNDS:
        return "funds"
    if column in _EQUIPMENT:
        return "equipment"
    if column in DERIVED or column.startswith(("pupils", "grade", "classes")):
        return "other"
    unit = tables.column(column).unit
    return {"人": "teachers", "㎡": "rooms", "间": "rooms", "台": "equipment", "册": "equipment"}.get(unit, "other")  # type: ignore[return-value]
