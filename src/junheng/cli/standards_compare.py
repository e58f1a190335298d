"""``junheng standards applying``, ``diff`` and ``across``: which standards a county has, and how they differ."""

from __future__ import annotations

from datetime import date

import click

from junheng import workflow
from junheng.cli.options import Day, format_option
from junheng.cli.rows import FORMATS, show_rows
from junheng.indicators.words import Words
from junheng.standards.across import Asked, asked_across
from junheng.standards.applying import Applying, applying
from junheng.standards.diff import Difference, diff_standards
from junheng.standards.library import load_standard
from junheng.standards.regions import region_label, region_of
from junheng.standards.tally import tally
from junheng.standards.words import CONFIDENCE, PURPOSES

_PURPOSE_ORDER = {purpose: place for place, purpose in enumerate(PURPOSES)}


@click.command("applying")
@click.argument("county", metavar="县代码")
@click.option("--on", "day", type=Day(), required=True, help="评估日期，如 2025-12-31。")
@format_option(*FORMATS)
def applying_(county: str, day: date, form: str) -> None:
    """列出一个县在某一天适用的标准：国家的、本省的、本市县的，新的在前。

    省份不明的办学基本标准不自动适用；本省没有自己的，才列为候选。

    \b
        junheng standards applying 370102 --on 2025-12-31
    """
    found = sorted(applying(county, day), key=lambda entry: _PURPOSE_ORDER[entry.standard.purpose])
    heads = {
        "standard": "编号", "label": "名称", "purpose": "用途", "since": "生效", "why": "为什么适用",
        "unverified": "未见原文", "gaps": "未见",
    }  # fmt: skip
    rows = [_applying_row(entry) for entry in found]
    show_rows(form, f"{county} 在 {day} 适用的标准", heads, rows, right=("unverified", "gaps"))


def _applying_row(entry: Applying) -> dict[str, object]:
    standard, known = entry.standard, tally(entry.standard)
    return {
        "standard": standard.id,
        "label": standard.label.zh,
        "purpose": PURPOSES[standard.purpose],
        "since": standard.in_force.since,
        "because": entry.because,
        "why": entry.why(),
        "replaces": list(entry.replaces),
        "rules": known.rules,
        "unverified": known.unverified,
        "gaps": known.gaps,
    }


@click.command()
@click.argument("before", metavar="甲")
@click.argument("after", metavar="乙")
@format_option(*FORMATS)
def diff(before: str, after: str, form: str) -> None:
    """比较两个标准：都有而不同的，只有一方有的。

    可比两省、一省两个年度，或省定与国家标准。名称不同而算法相同的指标对在一起比。

    \b
        junheng standards diff CN/jiben_2012 CN/youzhi_2017
        junheng standards diff CN-61/banxue CN-unattributed/hebei_type --format markdown
    """
    old, new = load_standard(before), load_standard(after)
    words = workflow.words_for(old, new)
    found = diff_standards(old, new, words.column, words.code, words.formula)
    if form in ("json", "csv"):
        heads = {"part": "部分", "name": "事项", "aspect": "方面", "only": "只在", "before": before, "after": after}
        show_rows(form, "", heads, [_difference_row(difference) for difference in found])
    else:
        _show_differences(form, before, after, found)
    click.echo(f"共 {len(found)} 处不同。", err=True)


def _difference_row(difference: Difference) -> dict[str, object]:
    return {
        "part": difference.part,
        "name": difference.name,
        "aspect": difference.aspect,
        "only": difference.only,
        "before": difference.before,
        "after": difference.after,
    }


def _show_differences(form: str, before: str, after: str, found: list[Difference]) -> None:
    both = [_difference_row(difference) for difference in found if difference.only is None]
    heads = {"part": "部分", "name": "事项", "aspect": "方面", "before": before, "after": after}
    if both or not found:
        show_rows(form, f"{before} → {after}", heads, both)
    for side, name in (("before", before), ("after", after)):
        # An aspect that one of two partners lacks is named; a thing that one has not at all needs no aspect.
        only = [_difference_row(difference) for difference in found if difference.only == side]
        if only:
            only_heads = {"part": "部分", "name": "事项", "aspect": "方面", side: "内容"}
            show_rows(form, f"只有 {name} 有", only_heads, only)


@click.command()
@click.argument("name", metavar="[指标]", required=False, default="")
@click.option("--column", metavar="填报项", default="", help="凡用到这一填报项的指标，如 books。")
@click.option("--on", "day", type=Day(), help="只看这一天有效的标准。")
@format_option(*FORMATS)
def across(name: str, column: str, day: date | None, form: str) -> None:
    """一项指标，各省各标准要求多少：一行一个标准，分小学、初中。

    指标写编号、名称或名称的一部分；名称不同而算法相同的也列出。

    \b
        junheng standards across books_per_pupil
        junheng standards across 图书
        junheng standards across --column books
    """
    if bool(name) == bool(column):
        raise click.UsageError("请写一个指标，或用 --column 写一个填报项，两者取一。")
    standards = workflow.list_standards(on=day)
    found = asked_across(standards, name, column)
    if not found:
        raise click.UsageError(f"没有标准用到“{name or column}”。用 junheng standards show 标准 查看指标的编号和名称。")
    words = workflow.words_for(*standards)
    heads = {
        "region": "地区", "standard": "标准", "label": "指标", "primary": "小学", "junior": "初中",
        "since": "自", "confidence": "可信程度",
    }  # fmt: skip
    show_rows(
        form, f"各标准的要求：{name or words.column(column)}", heads, [_asked_row(entry, words) for entry in found]
    )


def _asked_row(entry: Asked, words: Words) -> dict[str, object]:
    threshold, unit = entry.threshold, entry.indicator.unit

    def limits(stage: str) -> str:
        if threshold is None or stage not in entry.standard.stages:
            return ""
        return words.limits(threshold, stage, unit)

    return {
        "region": region_label(region_of(entry.standard.id)).zh,
        "standard": entry.standard.id,
        "indicator": entry.name,
        "label": entry.indicator.label.zh,
        "primary": limits("primary"),
        "junior": limits("junior"),
        "since": threshold.since if threshold else None,
        "confidence": CONFIDENCE[threshold.source.confidence] if threshold else "",
    }
