"""What goes with a report: the plans that were given to it, and the data it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Table, cell, heads
from junheng.reporting.report.runs import Name, Quote

_KINDS = {"resources": "填平补齐方案", "rotation": "教师交流轮岗方案", "zoning": "学区划片方案"}


def plans(facts: Facts) -> Iterator[Block]:
    """The plans that are attached: which kind, of which county and year; nothing where there are none."""
    rows = [
        (
            cell(Quote(f"附件{place}"), align="centre"),
            cell(Quote(_KINDS.get(plan["kind"], str(plan["kind"])))),
            cell(Name(str(plan["county"]["name"]), "county") if plan["county"]["name"] else "未注明"),
            cell(Quote(f"{plan['year']}学年" if plan.get("year") else "未注明"), align="centre"),
        )
        for place, plan in enumerate(facts.plans, start=1)
    ]
    if rows:
        head = heads("序号", "名称", "县（市、区）", "学年")
        yield Table("attachments", ("附件清单",), (1, 3, 3, 1.5), (head, *rows))


def data(facts: Facts) -> Iterator[Block]:
    """The data that the attached plans and the report were made from, beside each other; nothing without a plan."""
    if not facts.plans or facts.judgement is None:
        return
    years = [("本学年填报数据", facts.judgement), *(("以前学年填报数据", old) for old in facts.earlier)]
    rows = [
        (cell(label), cell(Quote(f"{found.year}学年"), align="centre"), cell(Quote(found.snapshot or "未入库")))
        for label, found in years
    ]
    yield Table("data", ("所依据的数据",), (2.5, 1.5, 5), (heads("数据", "学年", "版本"), *rows))


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {"plans": plans, "data": data}
