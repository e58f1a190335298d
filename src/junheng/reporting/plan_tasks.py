"""The tasks of a plan: one row a thing to do, with blanks for who, until when and whether it is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from junheng.base.exact import plain
from junheng.reporting.csv_text import csv_text
from junheng.reporting.plan_figures import Document, moved_measures, total_cost
from junheng.reporting.plan_sheets import Cell, Column, PlanSheets
from junheng.reporting.plan_words import stage_word
from junheng.reporting.sheet_style import workbook

_COLUMNS = [
    Column("序号", 7, "count"), Column("学校标识码", 14), Column("学校", 28), Column("乡镇", 13), Column("学段", 7),
    Column("事项", 34, "wrapped"), Column("方式", 8), Column("数量", 12, "amount"), Column("单位", 7),
    Column("花费（元）", 15, "two"), Column("年度", 8), Column("责任人", 14), Column("完成期限", 13),
    Column("完成情况", 20),
]  # fmt: skip


class Task(NamedTuple):
    """One thing to do. ``how``: 增配, 调入, 调出, 交流 or 改划; ``cost`` in 元, None where the plan states none."""

    school_code: str
    school_name: str
    town: str | None
    stage: str
    what: str
    how: str
    amount: float
    unit: str
    cost: float | None
    year: int | None


def tasks_of(document: Document) -> list[Task]:
    """The tasks, in the plan's order: a school, measure and year; a teacher who moves; a block that changes school."""
    found = {"resources": _of_resources, "rotation": _of_rotation, "zoning": _of_zoning}[document["kind"]]
    return [*found(document)]


def write_tasks(document: Document, path: str | Path) -> None:
    """Write the tasks as .csv or .xlsx, by the name of the file.

    Raises:
        OSError: the place cannot be written to.
    """
    tasks = tasks_of(document)
    rows = [_row(number, task) for number, task in enumerate(tasks, start=1)]
    if Path(path).suffix.casefold() == ".csv":
        # With the mark at its start Excel and WPS know a CSV file as UTF-8.
        text = csv_text([column.head for column in _COLUMNS], [[_csv_cell(cell) for cell in row] for row in rows])
        Path(path).write_text(text, encoding="utf-8-sig")
        return
    total: list[Cell] = [None] * len(_COLUMNS)
    if document["kind"] == "resources":
        total[2], total[9] = "合计", total_cost(document)
    with workbook(path) as book:
        note = f"{document['title']['zh']}　{document['county']['name'] or ''}"
        PlanSheets(book).table("任务清单", note, _COLUMNS, rows, total=total, frozen=3)


def _row(number: int, task: Task) -> list[Cell]:
    cells: list[Cell] = [number, *task, None, None, None]
    cells[10] = None if task.year is None else str(task.year)
    return cells


def _csv_cell(cell: Cell) -> object:
    """Numbers as a person writes them: no exponent, no ``.0``."""
    return plain(cell, 2) if isinstance(cell, float) else cell


def _of_resources(document: Document) -> Iterator[Task]:
    moved = moved_measures(document)
    for row in document["additions"]:
        how = "调出" if row["amount"] < 0 else "调入" if row["measure"] in moved else "增配"
        yield Task(
            school_code=row["school_code"],
            school_name=row["school_name"],
            town=row["town"],
            stage=stage_word(row["stage"]),
            what=row["label"]["zh"],
            how=how,
            amount=abs(row["amount"]),
            unit=row["unit"],
            cost=row["cost"],
            year=row["year"],
        )


def _of_rotation(document: Document) -> Iterator[Task]:
    for person in document["people"]:
        yield Task(
            school_code=str(person["from"]["code"] or ""),
            school_name=str(person["from"]["name"] or ""),
            town=None,
            stage=person["stage"]["zh"],
            what=f"{_who(person)}交流到{person['to']['name']}",
            how="交流",
            amount=1,
            unit="人",
            cost=None,
            year=None,
        )


def _who(person: dict[str, Any]) -> str:
    name = person["name"] or person["teacher_code"]
    return f"{person['subject']['zh']}教师{name}（{person['teacher_code']}）"


def _of_zoning(document: Document) -> Iterator[Task]:
    names = {row["school_code"]: row["school_name"] for row in document["blocks"]}
    for block in document["blocks"]:
        if block["before"] in (None, block["school_code"]):
            continue
        before = names.get(block["before"], block["before"])
        name = block.get("block_name") or block["block_code"]
        yield Task(
            school_code=block["school_code"],
            school_name=block["school_name"],
            town=None,
            stage=stage_word(block["stage"]),
            what=f"{name}由{before}改划{block['school_name']}",
            how="改划",
            amount=block["pupils"],
            unit="人",
            cost=None,
            year=None,
        )
