"""The job that writes a file to download."""

from __future__ import annotations

from junheng.intake.template import write_workbook
from junheng.web.access import Action, require
from junheng.web.filings.composing import compose
from junheng.web.filings.form import items_of, tables_of
from junheng.web.filings.selectors import get_period
from junheng.web.jobs.files import keep, new_file
from junheng.web.jobs.work import Work


def export_filed_data(work: Work) -> None:
    """What a county has filed, as a workbook that can be read and judged elsewhere; arguments: ``period``."""
    period = get_period(pk=work.arguments["period"], user=work.user)
    require(work.user, Action.VIEW_FILING, period.county)
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
        name = f"{period.county.name} {period.label} 填报数据.xlsx"  # zh: data
        with work.ending():
            work.result |= {"file": keep(file), "name": name, "rows": rows}
