"""Figures of 学区划片方案: zones, ways, seats, who changes school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from junheng.base.terms import Stage
from junheng.reporting.facts.plan import Plan, Row, total
from junheng.reporting.report.runs import Figure, Name

Side = Literal["today", "travel", "nearest_school"]
SIDES: dict[Side, str] = {"today": "现状", "travel": "本方案", "nearest_school": "都到最近的学校"}
_STAGE_FIGURES = {
    "pupils": ("人", 0, "学生"),
    "mean_way": ("", 2, "平均路程"),
    "max_way": ("", 2, "最远路程"),
    "nearest_share": ("%", 1, "到最近学校的学生占"),
    "missing_seats": ("人", 0, "没有学位的学生"),
    "schools_with_large_classes": ("所", 0, "有大班额的学校"),
    "broken_zones": ("个", 0, "不连片的学区"),
    "moved_pupils": ("人", 0, "改划学校的学生"),
}
_ZONE_FIGURES = {
    "blocks": ("个", 0, "地块数"),
    "pupils": ("人", 0, "学生"),
    "seats": ("个", 0, "学位"),
    "missing_seats": ("个", 0, "缺学位"),
    "classes": ("个", 0, "班数"),
    "classes_needed": ("个", 0, "需要班数"),
    "largest_class": ("人", 0, "最大班额"),
    "share_of_seats": ("%", 1, "学位使用率"),
    "mean_way": ("", 2, "平均路程"),
    "max_way": ("", 2, "最远路程"),
}


@dataclass(frozen=True, eq=False)
class ZoningPlan(Plan):
    """One 学区划片方案."""

    @property
    def unit(self) -> str:
        """The unit of ways."""
        unit = str(self.document["travel"]["unit"])
        return {"km": "千米", "min": "分钟"}.get(unit, unit)

    @property
    def stages(self) -> list[Stage]:
        return [Stage(row["stage"]) for row in self.document["travel"]["stages"]]

    @property
    def sides(self) -> list[Side]:
        """What can be compared: zones of today only where they were given."""
        return [side for side in SIDES if self.document[side] is not None]

    def zones(self, stage: Stage) -> Sequence[Row]:
        return [row for row in self.document["zones"] if row["stage"] == stage]

    @property
    def blocks(self) -> Figure:
        count = len({row["block_code"] for row in self.document["blocks"]})
        return self.figure("blocks", count, "个", about="地块数")

    @property
    def schools(self) -> Figure:
        """How many schools have a zone."""
        count = len({row["school_code"] for row in self.document["zones"] if row["blocks"]})
        return self.figure("schools", count, "所", about="有学区的学校数")

    @property
    def missing_seats(self) -> Figure:
        return self._sum("missing_seats", "没有学位的学生")

    @property
    def moved_pupils(self) -> Figure:
        return self._sum("moved_pupils", "改划学校的学生")

    def of_stage(self, side: Side, stage: Stage, name: str) -> Figure:
        """A figure of one stage: of today, of the plan, or if everybody went to the nearest school."""
        row = self._stage(side, stage)
        unit, digits, about = _STAGE_FIGURES[name]
        return self.figure(
            f"{side}/{stage.value}/{name}",
            row.get(name),
            self.unit if name.endswith("_way") else unit,
            digits,
            about=f"{SIDES[side]}{stage.zh}{about}",
            absent="没有数据",
            scale=100 if name.endswith("_share") else 1,
        )

    def of_zone(self, row: Row, name: str) -> Figure:
        unit, digits, about = _ZONE_FIGURES[name]
        return self.figure(
            f"zone/{row['stage']}/{row['school_code']}/{name}",
            row[name],
            self.unit if name.endswith("_way") else unit,
            digits,
            about=f"{row['school_name']}{about}",
            absent="—",
            scale=100 if name == "share_of_seats" else 1,
        )

    def changed(self, stage: Stage) -> list[Row]:
        """The blocks of a stage that change school."""
        return [
            row
            for row in self.document["blocks"]
            if row["stage"] == stage and row["before"] not in (None, row["school_code"])
        ]

    def pupils_of(self, block: Row) -> Figure:
        at = f"block/{block['stage']}/{block['block_code']}/pupils"
        return self.figure(at, block["pupils"], "人", about=f"{self.block_name(block)}学生")

    def block_name(self, block: Row) -> Name:
        return Name(str(block.get("block_name") or block["block_code"]), "town")

    def name(self, row: Row) -> Name:
        return Name(str(row["school_name"] or row["school_code"]), "school")

    def name_of(self, code: str) -> Name:
        names = {row["school_code"]: row["school_name"] for row in (*self.document["zones"], *self.document["blocks"])}
        return Name(str(names.get(code) or code), "school")

    @property
    def checks(self) -> Sequence[Row]:
        rows: Sequence[Row] = self.document["checks"]
        return rows

    def _stage(self, side: Side, stage: Stage) -> Row:
        found = self.document[side] or {"stages": []}
        return next((row for row in found["stages"] if row["stage"] == stage), {})

    def _sum(self, name: str, about: str) -> Figure:
        value = total(row[name] for row in self.document["travel"]["stages"])
        return self.figure(name, value, "人", about=about)
