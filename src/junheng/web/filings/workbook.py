"""The workbook of one filing, with what stands in it already."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from junheng.intake.template import write_workbook
from junheng.web.filings import selectors
from junheng.web.filings.form import form_of, items_of
from junheng.web.filings.models import SCHOOL, Filing


def workbook_of(filing: Filing) -> bytes:
    """What people may fill instead of the page; sent back, it is held against what stands there then."""
    form = form_of(filing)
    dataset = selectors.checked(filing).reading.dataset
    columns = {
        name: {column.name for column in part.columns} | set(part.table.key) | {"note"} & set(part.table.columns)
        for name, part in form.parts.items()
    }
    frames = {name: _own(dataset[name], filing) for name in form.parts}
    with TemporaryDirectory(prefix="junheng-workbook-") as folder:
        path = Path(folder) / "workbook.xlsx"
        write_workbook(
            path,
            form.tables,
            columns=columns,
            frames=frames,
            judged_items=items_of(filing.period) if "judged_item" in form.parts else (),
            title=f"{filing.place} {filing.period}",
        )
        return path.read_bytes()


def _own(frame: pl.DataFrame, filing: Filing) -> pl.DataFrame:
    """This filing's rows of this school year; last year's only serve the checks."""
    if "school_year" in frame.columns:
        frame = frame.filter(pl.col("school_year") == filing.period.school_year)
    if "school_code" in frame.columns and filing.office == SCHOOL:
        frame = frame.filter(pl.col("school_code") == filing.place.code)
    return frame
