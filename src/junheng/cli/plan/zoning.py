"""``junheng plan zoning``: contiguous zones with enough seats at the least way to school."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from junheng import workflow
from junheng.base.exact import plain
from junheng.base.terms import Stage
from junheng.cli.console import console, new_table, words
from junheng.cli.options import Day, SchoolYear, force_option, standard_option
from junheng.cli.plan.files import as_json, may_write_all, written
from junheng.cli.plan.searching import watching

_FILE = click.Path(path_type=Path, dir_okay=False)
_SOURCE = click.Path(path_type=Path)
_SHOWN = 40
_TOTALS = {
    "travel": ("总路程", 0),
    "mean_way": ("人均路程", 3),
    "max_way": ("最远路程", 3),
    "nearest_share": ("就近入学（%）", 2),
    "missing_seats": ("缺学位（个）", 0),
    "missing_entry_seats": ("起始年级缺学位（个）", 0),
    "schools_over": ("缺学位的学校（所）", 0),
    "schools_with_large_classes": ("有大班额的学校（所）", 0),
    "schools_over_cap": ("超校额的学校（所）", 0),
    "broken_zones": ("不连片的学区（个）", 0),
    "moved_pupils": ("改划学校的学生（人）", 0),
    "split_siblings": ("与兄姐分开的学生（人）", 0),
}


@click.command()
@click.argument("data", metavar="[数据]", required=False)
@click.option("--inputs", "source", type=_SOURCE, required=True, help="划片输入：.xlsx、文件夹或 .geojson。")
@click.option("--map", "outlines", type=_FILE, help="地块边界（.geojson），与输入表的地块代码对应。")
@click.option(
    "--stage", "stages", type=click.Choice(["primary", "junior"]), multiple=True, help="只划这个学段，可重复。"
)
@click.option("--open", "opened", multiple=True, metavar="学校", help="启用一所拟建学校（学校标识码），可重复。")
@click.option("--close", "closed", multiple=True, metavar="学校", help="停办一所学校（学校标识码），可重复。")
@standard_option
@click.option("--on", "day", type=Day(), help="评估日期，如 2025-12-31；给了数据就要写。")
@click.option(
    "--year", type=SchoolYear(), metavar="学年", help="判定的学年（起始年）。缺省为评估日期前最近一个已填报的学年。"
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=1),
    default=60.0,
    show_default=True,
    help="每个学段至多算几秒；试启用、停办时前后各算一次。",
)
@click.option("--gap", type=click.FloatRange(0, 1), default=1e-3, show_default=True, help="与已证明的界相差多少就停。")
@click.option("-o", "--output", type=_FILE, help="方案写入 .json 文件。")
@click.option("--geojson", type=_FILE, help="学区地图写入 .geojson 文件。")
@force_option
def zoning(
    data: str | None,
    source: Path,
    outlines: Path | None,
    stages: tuple[str, ...],
    opened: tuple[str, ...],
    closed: tuple[str, ...],
    standard: str,
    day: date | None,
    year: int | None,
    seconds: float,
    gap: float,
    output: Path | None,
    geojson: Path | None,
    force: bool,
) -> None:
    """学区划片：每个学区连成一片，学位、班额、校额不超，路程最短。

    学位不够时指出缺在哪所学校、缺多少。给了县数据，再按划片后的在校生数判定一次。

    \b
        junheng plan zoning --inputs 划片.xlsx --map 地块.geojson -o 方案.json --geojson 学区.geojson
        junheng plan zoning --inputs 地块.geojson --stage primary
        junheng plan zoning --inputs 划片.xlsx --map 地块.geojson --open 9901030012
        junheng plan zoning 县数据.xlsx --on 2025-12-31 --inputs 划片.xlsx --map 地块.geojson
    """
    from junheng.planning.zoning.inputs import read_inputs  # an extra: judging needs no solver
    from junheng.planning.zoning.plan import plan_zoning

    if (data is None) != (day is None):
        raise click.UsageError(
            "县数据和评估日期要一起给：junheng plan zoning 县数据.xlsx --on 2025-12-31 --inputs 划片.xlsx"
        )
    given = (str(source), None if outlines is None else str(outlines), data)
    may_write_all({".json": output, ".geojson": geojson}, given, force=force)
    inputs = read_inputs(source, outlines=outlines)
    judgement = workflow.judge(data, standard=standard, on=day, year=year) if data and day else None
    with watching(lambda value: f"{value:,.0f}") as watch:
        plan = plan_zoning(
            inputs,
            stages=stages,
            opened=opened,
            closed=closed,
            seconds=seconds,
            gap=gap,
            judgement=judgement,
            tell=watch,
        )
    document = plan.document()
    if geojson is not None and document["geojson"] is None:
        raise click.UsageError("输入没有经纬度，不能写地图；请填经度、纬度，或用 --map 给出地块边界。")
    for target, content in ((output, document), (geojson, document["geojson"])):
        if target is not None:
            target.write_text(as_json(content), encoding="utf-8")
            written(target)
    show_zoning(console(), document)


def show_zoning(screen: Console, document: dict[str, Any]) -> None:
    proof = document["proof"]
    screen.print("\n学区划片方案", style="bold", markup=False)
    screen.print(f"{proof['says']['zh']}用时 {plain(proof['seconds'], 1)} 秒。", markup=False)
    screen.print(_totals_table(document))
    _show_change(screen, document)
    screen.print(_zones_table(document))
    for side in ("before", "after"):
        if side in document:
            screen.print("划片前：" if side == "before" else "划片后：", words(document[side]["outcome"]))
    if "after" in document:
        screen.print(_balance_table(document))
    failed = [check for check in document["checks"] if not check["ok"]]
    done = len(document["checks"]) - len(failed)
    screen.print(f"独立复核 {done} 项通过（连片、学位、路程、人数）。", markup=False)
    for check in failed:
        screen.print(f"注意：{check['says']['zh']}。", style="red", markup=False)
    for note in document["notes"]:
        screen.print(f"说明：{note['zh']}", style="bright_black", markup=False)


def _totals_table(document: dict[str, Any]) -> Any:  # noqa: ANN401
    """Today, the nearest school and the plan beside each other, stage by stage."""
    unit = {"km": "千米", "min": "分钟"}[document["travel"]["unit"]]
    sides = [
        ("现状", document["today"]),
        ("就近（不看学位）", document["nearest_school"]),
        ("方案", document["travel"]),
    ]
    shown = [(head, side) for head, side in sides if side is not None]
    table = new_table("各学段", "学段", "项目", *(head for head, _ in shown), right=tuple(head for head, _ in shown))
    for number, stage in enumerate(document["stages"]):
        for name, (label, digits) in _TOTALS.items():
            cells = [_number(side["stages"][number][name], name, digits) for _, side in shown]
            full = f"{label}（{unit}）" if name.endswith("way") else label
            full = f"{label}（{document['travel']['total_unit']}）" if name == "travel" else full
            table.add_row(Stage(stage).zh if name == "travel" else "", full, *cells)
    return table


def _number(value: float | None, name: str, digits: int) -> str:
    if value is None:
        return "—"
    return plain(value * 100 if name.endswith("share") else value, digits)


def _show_change(screen: Console, document: dict[str, Any]) -> None:
    change = document["change"]
    if change is None:
        return
    done = "、".join([*(f"启用 {code}" for code in change["opened"]), *(f"停办 {code}" for code in change["closed"])])
    cost = (
        ""
        if not change["opened"]
        else "，费用未填"
        if change["cost"] is None
        else f"，费用 {_wan(change['cost'])} 万元"
    )
    heads = ("学段", "项目", "不变动", "变动后", "相差")
    table = new_table(f"{done}{cost}", *heads, right=heads[2:])
    for stage in change["stages"]:
        for number, (name, (label, digits)) in enumerate(_TOTALS.items()):
            cells = [_number(stage[side].get(name), name, digits) for side in ("before", "after", "difference")]
            table.add_row(Stage(stage["stage"]).zh if number == 0 else "", label, *cells)
        table.add_row("", "换了学校的地块、学生", "", "", f"{stage['blocks_changed']} 块 {stage['pupils_changed']} 人")
    screen.print(table)


def _wan(yuan: float) -> str:
    return plain(yuan / 10_000, 2)


def _zones_table(document: dict[str, Any]) -> Any:  # noqa: ANN401
    unit = {"km": "千米", "min": "分钟"}[document["travel"]["unit"]]
    heads = (
        "学段",
        "学校",
        "地块",
        "现状学生",
        "学生",
        "学位",
        "使用率%",
        "最大班额",
        "要几班",
        "平均",
        f"最远（{unit}）",
        "提醒",
    )
    table = new_table("学区", *heads, right=heads[2:11])
    for row in document["zones"][:_SHOWN]:
        warnings = [f"缺 {row['missing_seats']} 个学位"] if row["missing_seats"] else []
        if row["missing_entry_seats"]:
            warnings.append(f"起始年级缺 {row['missing_entry_seats']} 个学位")
        warnings += [f"超校额 {row['over_school_cap']} 人"] if row["over_school_cap"] else []
        warnings += ["大班额"] if row["is_large_class"] else ["超班额"] if row["is_over_class_size"] else []
        table.add_row(
            Stage(row["stage"]).zh,
            row["school_name"],
            str(row["blocks"]),
            "—" if row["before"] is None else str(row["before"]["pupils"]),
            str(row["pupils"]),
            str(row["seats"]),
            _number(row["share_of_seats"], "share", 1),
            "—" if row["largest_class"] is None else str(row["largest_class"]),
            str(row["classes_needed"]),
            _number(row["mean_way"], "", 2),
            _number(row["max_way"], "", 2),
            "、".join(warnings),
        )
    if len(document["zones"]) > _SHOWN:
        table.caption = f"…… 共 {len(document['zones'])} 个学区，全部见方案文件（-o）。"
    return table


def _balance_table(document: dict[str, Any]) -> Any:  # noqa: ANN401
    heads = ("学段", "指标", "划片前", "划片后", "限值", "结论")
    table = new_table("校际差异系数（教师、校舍不变）", *heads, right=heads[2:5])
    after = {(row["stage"], row["indicator"]): row for row in document["after"]["balance"]}
    for row in document["before"]["balance"]:
        then = after[row["stage"], row["indicator"]]
        cells = [_number(value, "", digits) for value, digits in ((row["cv"], 3), (then["cv"], 3), (row["limit"], 2))]
        table.add_row(Stage(row["stage"]).zh, row["label"], *cells, words(then["outcome"]))
    return table
