"""教师交流轮岗方案 as sheets: 人员, 各校需求, 缺口, 比例, 各校进出."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.base.exact import plain
from junheng.reporting.plan_figures import Document
from junheng.reporting.plan_sheets import Cell, Column, PlanSheets
from junheng.reporting.plan_words import rotation_answer, stage_word

_NEEDS = [
    Column("学校标识码", 14), Column("学校", 30), Column("学段", 7), Column("需要什么", 44),
    Column("需要（人）", 10, "count"), Column("交流前（人）", 10, "count"), Column("交流后（人）", 10, "count"),
    Column("还缺（人）", 10, "count"),
]  # fmt: skip


def write_sheets(sheets: PlanSheets, document: Document) -> None:
    """Every sheet of a rotation plan."""
    sheets.overview(document, rotation_answer(document), facts(document))
    _people(sheets, document)
    _needs(sheets, "各校需求", "岗位、标准要求的教师，交流前后", document["needs"])
    _needs(sheets, "缺口", "交流没有补上的，每项注明原因", document["unfilled"], why=True)
    _shares(sheets, document)
    _schools(sheets, document)
    sheets.inputs(document)


def facts(document: Document) -> list[tuple[str, str]]:
    """The figures that stand on the first sheet."""
    fairness = document["fairness"]
    lines = []
    if fairness["mean_km"] is not None:
        lines.append(("路程", f"平均 {plain(fairness['mean_km'])} 公里，最远 {plain(fairness['max_km'])} 公里"))
    lines.append(
        (
            "边远困难学校",
            f"去 {fairness['to_hardship']} 人（骨干 {fairness['backbone_to_hardship']} 人），"
            f"出来 {fairness['from_hardship']} 人",
        )
    )
    lines.append(("回家庭所在乡镇", f"{fairness['to_own_town']} 人"))
    return lines


def _people(sheets: PlanSheets, document: Document) -> None:
    columns = [
        Column("教师编号", 14), Column("姓名", 11), Column("学段", 7), Column("学科", 14), Column("职称", 9),
        Column("学历", 9), Column("骨干", 7), Column("现任教学校", 26), Column("交流到", 26),
        Column("公里", 8, "amount"), Column("指定", 7), Column("理由", 60, "wrapped"),
    ]  # fmt: skip
    rows = []
    for person in document["people"]:
        own: Mapping[str, Any] = person["attributes"]
        rows.append(
            (
                person["teacher_code"],
                person["name"],
                person["stage"]["zh"],
                person["subject"]["zh"],
                _zh(own.get("title")),
                _zh(own.get("degree")),
                own.get("backbone"),
                person["from"]["name"],
                person["to"]["name"],
                person["km"],
                person["fixed"],
                person["reason"]["zh"],
            )
        )
    sheets.table("人员", "每人一行", columns, rows, frozen=2)


def _zh(label: Mapping[str, str] | None) -> str | None:
    return None if label is None else label["zh"]


def _needs(sheets: PlanSheets, name: str, note: str, needs: Sequence[Mapping[str, Any]], *, why: bool = False) -> None:
    rows: list[Sequence[Cell]] = [
        (
            row["school_code"],
            row["school_name"],
            stage_word(row["stage"]),
            row["label"]["zh"],
            row["need"],
            row["before"],
            row["after"],
            row["lacking"],
            *((_zh(row.get("why")),) if why else ()),
        )
        for row in needs
    ]
    lacking = sum(row["lacking"] for row in needs)
    total = ("合计", None, None, None, None, None, None, lacking, *((None,) if why else ()))
    columns = [*_NEEDS, Column("原因", 26)] if why else _NEEDS
    sheets.table(name, note, columns, rows, total=total, frozen=2)


def _shares(sheets: PlanSheets, document: Document) -> None:
    shares = document["shares"]
    columns = [
        Column("比例", 34),
        Column("人数", 10, "count"),
        Column("占（%）", 10, "amount"),
        Column("至少（%）", 12),
    ]
    rows: list[Sequence[Cell]] = [
        ("符合交流条件的教师", shares["eligible"], None, None),
        ("交流的教师占符合条件的", shares["moved"], shares["share"], _least(shares["least_share"])),
        ("骨干占交流教师", shares["backbone_moved"], shares["backbone_share"], _least(shares["least_backbone_share"])),
    ]
    sheets.table("比例", "百分比截去两位以后的小数", columns, rows)


def _least(value: float | None) -> str:
    return "不限" if value is None else plain(value)


def _schools(sheets: PlanSheets, document: Document) -> None:
    columns = [
        Column("学校标识码", 14), Column("学校", 30), Column("专任教师（人）", 11, "count"),
        Column("符合条件（人）", 11, "count"), Column("均摊（人）", 10, "count"), Column("交流出（人）", 10, "count"),
        Column("交流入（人）", 10, "count"), Column("骨干出（人）", 10, "count"), Column("骨干入（人）", 10, "count"),
    ]  # fmt: skip
    names = ("teachers", "eligible", "even_share", "out", "in", "backbone_out", "backbone_in")
    schools = document["fairness"]["schools"]
    rows = [(row["school_code"], row["school_name"], *(row[name] for name in names)) for row in schools]
    total = ("合计", None, *(sum(row[name] for row in schools) for name in names))
    sheets.table("各校进出", "每校一行", columns, rows, total=total, frozen=2)
