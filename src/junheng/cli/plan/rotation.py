"""``junheng plan rotation``: who moves where, why, and what stays open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from junheng import workflow
from junheng.base.exact import plain
from junheng.base.terms import Stage
from junheng.cli.console import console, new_table
from junheng.cli.options import Day, SchoolYear, force_option, standard_option
from junheng.cli.plan.files import as_json, may_write_all, written
from junheng.cli.plan.searching import watching
from junheng.planning.rotation.rules import read_data

_SHOWN = 40
_EMPHASES = {name: entry["label"]["zh"] for name, entry in read_data("emphases").items()}


@click.command()
@click.argument("data", metavar="[数据]", required=False)
@click.option(
    "--inputs", required=True, metavar="轮岗.xlsx", help="花名册、学校和规则的工作簿，或装有各表 .csv 的文件夹。"
)
@standard_option
@click.option("--on", "day", type=Day(), help="评估日期，如 2025-12-31；给了数据就要写。")
@click.option(
    "--year", type=SchoolYear(), metavar="学年", help="判定的学年（起始年）。缺省为评估日期前最近一个已填报的学年。"
)
@click.option(
    "--emphasis",
    type=click.Choice([*_EMPHASES]),
    default=next(iter(_EMPHASES)),
    show_default=True,
    help=f"侧重：{'，'.join(f'{name} {label}' for name, label in _EMPHASES.items())}。各做一份可以比较。",
)
@click.option("--seconds", type=click.FloatRange(min=1), default=60.0, show_default=True, help="求解至多用多少秒。")
@click.option(
    "--gap",
    type=click.FloatRange(min=0),
    default=0.0,
    help="离最优至多差多少（相对）就可以停，如 0.001。缺省求到最优。",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="把方案写入 .json 文件。")
@force_option
def rotation(
    data: str | None,
    inputs: str,
    standard: str,
    day: date | None,
    year: int | None,
    emphasis: str,
    seconds: float,
    gap: float,
    output: Path | None,
    force: bool,
) -> None:
    """教师交流轮岗：谁去哪里、为什么，还有哪些缺没有补上。

    只给花名册也能做；给了县数据，就按标准算出各校缺多少高学历、骨干和体艺教师，一并补。
    每个方案都由另一套程序逐人核对；做不到时指出卡在哪几条规则。搜索时按 Ctrl-C，给出目前最好的方案。

    \b
        junheng plan rotation --inputs 轮岗.xlsx
        junheng plan rotation 县数据.xlsx --on 2025-12-31 --inputs 轮岗.xlsx -o 方案.json
    """
    if (data is None) != (day is None):
        raise click.UsageError(
            "县数据和评估日期要一起给：junheng plan rotation 县数据.xlsx --on 2025-12-31 --inputs 轮岗.xlsx"
        )
    may_write_all({".json": output}, (data, inputs), force=force)
    with watching(lambda tenths: f"{plain(tenths / 10, 1)} 分") as watch:
        plan = workflow.plan_rotation(
            inputs,
            data=data,
            on=day,
            standard=standard,
            year=year,
            emphasis=emphasis,
            seconds=seconds,
            gap=gap,
            tell=watch,
        )
        document = plan.document()
    if output is not None:  # before anything is printed: a pipe that closes must not cost the plan
        output.write_text(as_json(document), encoding="utf-8")
        written(output)
    show_rotation(document)
    if watch.stopped:
        click.echo("已按 Ctrl-C 停止：方案符合全部规则，与最优之差见上。", err=True)


def show_rotation(document: dict[str, Any]) -> None:
    screen, shares, fairness = console(), document["shares"], document["fairness"]
    proof = document["proof"]
    screen.print(document["title"]["zh"], style="bold", markup=False)
    screen.print(f"{proof['says']['zh']}（{proof['solver']}，{proof['seconds']} 秒）", markup=False)
    table = new_table("两个比例", "", "人数", "占", "至少", right=("人数", "占", "至少"))
    table.add_row("符合条件", str(shares["eligible"]), "", "")
    table.add_row("交流", str(shares["moved"]), f"{shares['share']:g}%", _least(shares["least_share"]))
    table.add_row(
        "其中骨干",
        str(shares["backbone_moved"]),
        _share(shares["backbone_share"]),
        _least(shares["least_backbone_share"]),
    )
    screen.print(table)
    far = (
        ""
        if fairness["mean_km"] is None
        else f"平均 {plain(fairness['mean_km'])} 公里，最远 {plain(fairness['max_km'])} 公里；"
    )
    screen.print(
        f"{far}去边远困难学校 {fairness['to_hardship']} 人（骨干 {fairness['backbone_to_hardship']} 人），"
        f"从边远困难学校出来 {fairness['from_hardship']} 人；回家庭所在乡镇 {fairness['to_own_town']} 人。",
        markup=False,
    )
    _show_people(screen, document["people"])
    _show_unfilled(screen, document["needs"], document["unfilled"])
    for note in document["notes"]:
        screen.print(f"注：{note['zh']}", markup=False)


def _least(value: float | None) -> str:
    return "不限" if value is None else f"{value:g}%"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:g}%"


def _show_people(screen: Console, people: list[dict[str, Any]]) -> None:
    table = new_table(f"交流名单（{len(people)}）", "教师", "学科", "从", "到", "公里", "理由", right=("公里",))
    for person in people[:_SHOWN]:
        mark = "（骨干）" if person["attributes"]["backbone"] else ""
        km = "不详" if person["km"] is None else plain(person["km"])
        stage_subject = person["stage"]["zh"] + person["subject"]["zh"]
        ends = (person["from"]["name"], person["to"]["name"])
        table.add_row(f"{person['name'] or person['teacher_code']}{mark}", stage_subject, *ends, km, _reason(person))
    screen.print(table)
    if len(people) > _SHOWN:
        screen.print(f"…… 还有 {len(people) - _SHOWN} 人，见写入的方案（-o）。", markup=False)


def _reason(person: dict[str, Any]) -> str:
    """The public reason, and that of the home where the document still has what is personal."""
    home = (person.get("personal") or {}).get("reason")
    return str(person["reason"]["zh"]) + (f"（{home['zh']}）" if home else "")


def _show_unfilled(screen: Console, needs: list[dict[str, Any]], unfilled: list[dict[str, Any]]) -> None:
    before = sum(max(0, need["need"] - need["before"]) for need in needs)
    after = sum(need["lacking"] for need in unfilled)
    screen.print(f"\n缺口：交流前共缺 {before} 人次，交流后还缺 {after} 人次。", markup=False)
    if not unfilled:
        return
    heads = ("学校", "学段", "缺什么", "需要", "交流前", "交流后", "原因")
    table = new_table(f"没有补上的缺口（{len(unfilled)}）", *heads, right=heads[3:6])
    for need in unfilled[:_SHOWN]:
        numbers = (str(need[name]) for name in ("need", "before", "after"))
        stage, why = Stage(need["stage"]).zh, need.get("why") or {}
        table.add_row(need["school_name"], stage, need["label"]["zh"], *numbers, why.get("zh", ""))
    screen.print(table)
    if len(unfilled) > _SHOWN:
        screen.print(f"…… 还有 {len(unfilled) - _SHOWN} 项，见写入的方案（-o）。", markup=False)
