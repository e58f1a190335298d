"""学区划片方案 as sheets: 学区, 片区, 与就近入学比较, 检查; the map is in the document (``geojson``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.plan_figures import Document
from junheng.reporting.plan_sheets import Cell, Column, PlanSheets
from junheng.reporting.plan_words import percent, stage_word, way_unit, zoning_answer

# Figures of one stage: their names in the document, and words.
STAGE_FIGURES = (
    ("mean_way", "平均路程（{unit}）"),
    ("max_way", "最远路程（{unit}）"),
    ("nearest_share", "就近入学（到最近的学校）"),
    ("missing_seats", "没有学位的学生（人）"),
    ("schools_with_large_classes", "有大班额的学校（所）"),
    ("schools_over_cap", "超校额的学校（所）"),
    ("broken_zones", "不连片的学区（个）"),
    ("moved_pupils", "改划学校的学生（人）"),
    ("split_siblings", "与兄姐分开的学生（人）"),
)


def write_sheets(sheets: PlanSheets, document: Document) -> None:
    """Every sheet of a zoning plan."""
    sheets.overview(document, zoning_answer(document), facts(document))
    _zones(sheets, document)
    _blocks(sheets, document)
    _compared(sheets, document)
    _checks(sheets, document)
    sheets.inputs(document)


def facts(document: Document) -> list[tuple[str, str]]:
    """The figures that stand on the first sheet."""
    unit = way_unit(document)
    return [
        (
            stage_word(totals["stage"]),
            f"平均路程 {figure(totals, 'mean_way')} {unit}，最远 {figure(totals, 'max_way')} {unit}；"
            f"就近入学 {percent(totals['nearest_share'])}；没有学位 {totals['missing_seats']} 人；"
            f"改划 {totals['moved_pupils']} 人",
        )
        for totals in document["travel"]["stages"]
    ]


def figure(totals: Mapping[str, Any], name: str) -> str:
    """One figure of a stage as a person reads it; empty where it is not known."""
    value = totals.get(name)
    if value is None:
        return ""
    if name.endswith("_share"):
        return percent(value)
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _zones(sheets: PlanSheets, document: Document) -> None:
    unit = way_unit(document)
    columns = [
        Column("学段", 7), Column("学校标识码", 14), Column("学校", 26), Column("地块数", 8, "count"),
        Column("学生（人）", 9, "count"), Column("学位（个）", 9, "count"), Column("缺学位（个）", 9, "count"),
        Column("学位使用率", 10, "percent"), Column("班数（个）", 8, "count"), Column("需要班数（个）", 9, "count"),
        Column("班额上限（人）", 9, "count"), Column("最大班额（人）", 9, "count"),
        Column(f"平均路程（{unit}）", 10, "two"), Column(f"最远路程（{unit}）", 10, "two"),
    ]  # fmt: skip
    names = (
        "blocks", "pupils", "seats", "missing_seats", "share_of_seats", "classes", "classes_needed", "class_size",
        "largest_class", "mean_way", "max_way",
    )  # fmt: skip
    zones = document["zones"]
    rows = [
        (stage_word(row["stage"]), row["school_code"], row["school_name"], *(row[name] for name in names))
        for row in zones
    ]
    summed = {name: sum(row[name] for row in zones) for name in (*names[:4], "classes", "classes_needed")}
    total: list[Cell] = ["合计", None, None, *(summed.get(name) for name in names)]
    sheets.table("学区", "每校每学段一行", columns, rows, total=total, frozen=3)


def _blocks(sheets: PlanSheets, document: Document) -> None:
    unit = way_unit(document)
    columns = [
        Column("学段", 7), Column("地块编号", 14), Column("地块", 26), Column("学生（人）", 9, "count"),
        Column("划入学校标识码", 15), Column("划入学校", 26), Column("现划学校标识码", 15), Column("改划", 7),
        Column(f"路程（{unit}）", 10, "two"), Column("是最近的学校", 9),
    ]  # fmt: skip
    blocks = document["blocks"]
    rows = [
        (
            stage_word(row["stage"]),
            row["block_code"],
            row.get("block_name"),
            row["pupils"],
            row["school_code"],
            row["school_name"],
            row["before"],
            None if row["before"] is None else row["before"] != row["school_code"],
            row["way"],
            row["nearest"],
        )
        for row in blocks
    ]
    total = ("合计", None, None, sum(row["pupils"] for row in blocks), None, None, None, None, None, None)
    sheets.table("片区", "每个地块每个学段一行", columns, rows, total=total, frozen=3)


def _compared(sheets: PlanSheets, document: Document) -> None:
    columns = [Column("学段", 8), Column("项目", 36), Column("现状", 14), Column("本方案", 14), Column("就近入学", 14)]
    sheets.table(
        "与就近入学比较",
        "就近入学：每个地块都到最近的学校，不管有没有学位",
        columns,
        [*compared_rows(document)],
        frozen=2,
    )


def compared_rows(document: Document) -> list[Sequence[str]]:
    """Stage, figure, today, this plan, everybody to the nearest school."""
    sides = [document["today"], document["travel"], document["nearest_school"]]
    by_stage = [{row["stage"]: row for row in side["stages"]} if side else {} for side in sides]
    unit = way_unit(document)
    return [
        (stage_word(stage), words.format(unit=unit), *(figure(own.get(stage, {}), name) for own in by_stage))
        for stage in by_stage[1]
        for name, words in STAGE_FIGURES
    ]


def _checks(sheets: PlanSheets, document: Document) -> None:
    columns = [Column("通过", 8), Column("检查的内容", 90, "wrapped")]
    rows = [(row["ok"], row["says"]["zh"]) for row in document["checks"]]
    sheets.table("检查", "由另一套程序从填报的数重新核对", columns, rows)
