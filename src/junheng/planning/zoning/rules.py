"""The rules of zoning by stage: what the county filed, and what the data suppose where it did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

import junheng_standards

SECONDS_A_MINUTE = 60


@dataclass(frozen=True)
class Rule:
    """The rules of one stage. Ways and costs per pupil are whole metres, or seconds where ways are in minutes.

    Attributes:
        least_use: share of the seats, in per cent.
        longest: the longest way; None where there is no limit. ``longest_is_firm``: nothing beyond it is planned.
        beyond: how many times what lies beyond the longest way counts on top.
        supposed: names of the columns that the county left blank.
    """

    stage: str
    class_size: int
    school_cap: int
    nine_year_cap: int
    least_use: Decimal
    in_minutes: bool
    detour: Decimal
    longest: int | None
    longest_is_firm: bool
    beyond: Decimal
    move_cost: int
    split_cost: int
    over_cost: int
    short_cost: int
    supposed: tuple[str, ...]

    @property
    def steps(self) -> int:
        """Whole units that one filed unit of a way has."""
        return SECONDS_A_MINUTE if self.in_minutes else 1


@lru_cache(maxsize=1)
def _defaults() -> Mapping[str, Any]:
    text = (junheng_standards.FOLDER / "planning/zoning/rules.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)  # type: ignore[no-any-return]


def large_class() -> int:
    """Pupils from which a class counts as 大班额."""
    return int(_defaults()["large_class"])


def rule_of(stage: str, row: Mapping[str, Any]) -> Rule:
    """The rules of a stage from its row of the table of rules (empty where there is none)."""
    defaults = _defaults()
    assumed = defaults["assumed"]
    supposed: list[str] = []

    def filed(name: str, otherwise: object) -> Any:  # noqa: ANN401
        if row.get(name) is None:
            supposed.append(name)
            return otherwise
        return row[name]

    unit = filed("way_unit", assumed["way_unit"])
    steps = SECONDS_A_MINUTE if unit == "minute" else 1
    costs = {
        name: int(Decimal(filed(name, assumed[unit][name])) * steps)
        for name in ("move_cost", "split_cost", "over_cost", "short_cost")
    }
    longest = row.get("longest_way")
    return Rule(
        stage=stage,
        class_size=int(filed("class_size", defaults["class_size"][stage])),
        school_cap=int(filed("school_cap", defaults["school_cap"])),
        nine_year_cap=int(filed("nine_year_cap", defaults["nine_year_cap"])),
        least_use=Decimal(filed("least_use", assumed["least_use"])),
        in_minutes=unit == "minute",
        detour=Decimal(filed("detour", assumed["detour"])),
        longest=None if longest is None else int(Decimal(longest) * steps),
        longest_is_firm=bool(filed("longest_is_firm", assumed["longest_is_firm"])),
        beyond=Decimal(filed("beyond_cost", assumed["beyond_cost"])),
        **costs,
        supposed=tuple(supposed),
    )
