"""Figures of a county as a whole that its forms begin with: population, schools by what they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from junheng.reporting.facts.filed import Filed
from junheng.reporting.report.runs import Figure

# 办学类型 by the words of the forms; together they are all that teach compulsory education.
KINDS: dict[str, tuple[str, ...]] = {
    "小学": ("211", "212", "213"),
    "小学教学点": ("218",),
    "附设小学班": ("219",),
    "初级中学": ("311", "313"),
    "附设普通初中班": ("319",),
    "职业初中": ("321",),
    "九年一贯制学校": ("312", "314"),
    "十二年一贯制学校": ("345",),
    "完全中学": ("341", "343"),
    "工读学校": ("371",),
    "特殊教育学校": ("511", "512", "513", "514", "518", "519"),
}


@dataclass(frozen=True)
class Basics:
    """What one county filed of itself."""

    filed: Filed

    @property
    def population(self) -> Figure:
        """常住人口 in 万人, two decimals printed."""
        row = self.filed.row("county")
        value = None if row is None else row["resident_population"]
        return Figure(
            f"{self.filed.before}population/{self.filed.county}",
            None if value is None else Fraction(value, 10_000),
            "万人",
            2,
            fixed=True,
            about="常住人口",
            origin="县基本情况表",
        )

    @property
    def kinds(self) -> list[str]:
        """The words of ``KINDS`` that the county has schools of, as the statistics count them."""
        return [word for word in KINDS if self.schools(word).value]

    def schools(self, kind: str) -> Figure:
        """How many schools of a word of ``KINDS`` filed in the year and are counted by the statistics."""
        codes: Collection[str] = KINDS[kind]
        own = {
            row["school_code"] for row in self.filed.rows if row["school_kind"] in codes and row["counted"] is not False
        }
        return Figure(
            f"{self.filed.before}kind/{self.filed.county}/{kind}", len(own), "所", about=f"{kind}数", origin="学校名录"
        )
