"""A resource plan on the terminal: the answer first, then what it changes, gets and costs."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from junheng.base.exact import half_up
from junheng.cli.console import console, new_table, words
from junheng.reporting.plan_figures import balance_changes, by_measure, by_school, total_cost
from junheng.reporting.plan_words import amount_words, gets_words, percent, provenance, resource_answer, stage_word, wan

_SCHOOLS, _BINDING = 10, 8


def show_resources(document: dict[str, Any]) -> None:
    """Print the summary of a resource plan's document."""
    screen = console()
    county = document["county"]["name"] or ""
    screen.print(f"{document['title']['zh']}　{county}", style="bold", markup=False, soft_wrap=True)
    screen.print(resource_answer(document), markup=False, soft_wrap=True)
    screen.print(document["proof"]["says"]["zh"], markup=False, soft_wrap=True)
    _outcomes(screen, document)
    _balance(screen, document)
    _measures(screen, document)
    _years(screen, document)
    _dearest(screen, document)
    _binding(screen, document)
    for note in document["notes"]:
        screen.print(f"说明：{note['zh']}", markup=False, soft_wrap=True)
    facts = "　".join(f"{label} {value}" for label, value in provenance(document))
    screen.print(facts, style="dim", markup=False, soft_wrap=True)


def _outcomes(screen: Console, document: dict[str, Any]) -> None:
    before, after = document["before"], document["after"]
    table = new_table("结论", "部分", "方案前", "方案后")
    table.add_row("县结论", words(before["outcome"]), words(after["outcome"]))
    for was, now in zip(before["parts"], after["parts"], strict=True):
        table.add_row(now["label"], words(was["outcome"]), words(now["outcome"]))
    screen.print(table)
    if not sum(before["schools"].values()):
        return
    table = new_table("学校（学段）数", "", "方案前", "方案后", right=("方案前", "方案后"))
    for name, count in before["schools"].items():
        if count or after["schools"][name]:
            table.add_row(words(name), str(count), str(after["schools"][name]))
    screen.print(table)


def _balance(screen: Console, document: dict[str, Any]) -> None:
    heads = ("学段", "指标", "方案前", "方案后", "限值", "结论")
    table = new_table("差异系数", *heads, right=heads[2:5])
    for change in balance_changes(document):
        numbers = ((change.before, 4), (change.after, 4), (change.limit, 2))
        cells = ["" if value is None else str(half_up(value, digits)) for value, digits in numbers]
        table.add_row(stage_word(change.stage), change.label, *cells, words(change.outcome_after))
    screen.print(table)


def _measures(screen: Console, document: dict[str, Any]) -> None:
    heads = ("措施", "数量", "单位", "学校数", "花费（万元）", "占")
    table = new_table("措施", *heads, right=("数量", "学校数", "花费（万元）", "占"))
    cost = total_cost(document)
    for total in by_measure(document):
        share = percent(total.cost / cost, 1) if cost else ""
        numbers = (*amount_words(total.amount, total.unit), str(total.schools), wan(total.cost), share)
        table.add_row(total.label["zh"], *numbers)
    table.add_row("合计", "", "", "", wan(cost), "", style="bold")
    screen.print(table)


def _years(screen: Console, document: dict[str, Any]) -> None:
    if not document["years"]:
        return
    heads = ("年度", "花费（万元）", "预算（万元）", "累计完成学校")
    table = new_table("分年度", *heads, right=heads[1:])
    for year in document["years"]:
        budget = "" if year["budget"] is None else wan(year["budget"])
        table.add_row(str(year["year"]), wan(year["cost"]), budget, str(year["schools_done"]))
    screen.print(table)


def _dearest(screen: Console, document: dict[str, Any]) -> None:
    schools = by_school(document)
    if not schools:
        return
    heads = ("学校", "花费（万元）", "措施")
    table = new_table(f"花费最多的学校（共 {len(schools)} 所）", *heads, right=heads[1:2])
    for school in schools[:_SCHOOLS]:
        table.add_row(school.name, wan(school.cost), gets_words(school))
    screen.print(table)
    if len(schools) > _SCHOOLS:
        screen.print(f"…… 还有 {len(schools) - _SCHOOLS} 所，见方案册（--xlsx）。", markup=False, soft_wrap=True)


def _binding(screen: Console, document: dict[str, Any]) -> None:
    found = document["binding"]
    if not found:
        return
    heads = ("如果……", "约省（万元）", "至多省（万元，已证明）")
    table = new_table("约束的代价（每次只放宽一条，不能相加）", *heads, right=heads[1:])
    for row in found[:_BINDING]:
        at_most = row.get("at_most")
        table.add_row(row["limit"]["zh"], wan(row["saving"]), "" if at_most is None else wan(at_most))
    screen.print(table)
