"""Jobs that write files to download."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from junheng.intake.template import write_workbook
from junheng.reporting.result import long_csv
from junheng.reporting.result_book import write_result_book
from junheng.web.access import Action, require
from junheng.web.dashboards.selectors import get_evaluation, judgement_of
from junheng.web.filings.composing import compose
from junheng.web.filings.form import items_of, tables_of
from junheng.web.filings.selectors import get_period
from junheng.web.jobs.files import keep, new_file
from junheng.web.jobs.work import Work


def export_result_book(work: Work) -> None:
    """The result book of an evaluation; arguments: ``evaluation`` (its code)."""
    evaluation = get_evaluation(code=UUID(work.arguments["evaluation"]), user=work.user)
    work.tell(0, 1, str(evaluation))
    judgement = judgement_of(evaluation)
    with new_file(".xlsx") as file:
        write_result_book(judgement, file)
        name = f"{evaluation.period.county.name} {evaluation.period.label} 结果册.xlsx"  # zh: data
        _hand_over(work, file, name, judgement.rows.height)


def export_indicators(work: Work) -> None:
    """The long table of an evaluation, one line a school, stage and indicator; arguments: ``evaluation``."""
    evaluation = get_evaluation(code=UUID(work.arguments["evaluation"]), user=work.user)
    work.tell(0, 1, str(evaluation))
    text = long_csv(judgement_of(evaluation))
    with new_file(".csv") as file:
        # With the mark at its start Excel and WPS know a CSV file as UTF-8.
        file.write_text(text, encoding="utf-8-sig")
        name = f"{evaluation.period.county.name} {evaluation.period.label} 指标.csv"  # zh: data
        _hand_over(work, file, name, max(text.count("\n") - 1, 0))


def export_filed_data(work: Work) -> None:
    """What a county has filed, as a workbook that can be read and judged elsewhere; arguments: ``period``."""
    period = get_period(pk=work.arguments["period"], user=work.user)
    require(work.user, Action.VIEW_BOARD, period.county)
    work.tell(0, 1, str(period))
    dataset = compose(period, only_approved=False).reading.dataset
    with new_file(".xlsx") as file:
        write_workbook(
            file,
            tables_of(period),
            frames=dataset.frames,
            judged_items=items_of(period),
            title=f"{period.county} {period}",
        )
        rows = sum(frame.height for frame in dataset.frames.values())
        _hand_over(work, file, f"{period.county.name} {period.label} 填报数据.xlsx", rows)  # zh: data


def _hand_over(work: Work, file: Path, name: str, rows: int) -> None:
    with work.ending():
        work.result |= {"file": keep(file), "name": name, "rows": rows}
