"""方案册: a plan of any kind as an Excel workbook that opens in WPS and Excel, made from its document alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from junheng.reporting import resource_plan_book, rotation_plan_book, zoning_plan_book
from junheng.reporting.plan_figures import Document
from junheng.reporting.plan_sheets import PlanSheets
from junheng.reporting.sheet_style import workbook

_KINDS: dict[str, Callable[[PlanSheets, Document], None]] = {
    "resources": resource_plan_book.write_sheets,
    "rotation": rotation_plan_book.write_sheets,
    "zoning": zoning_plan_book.write_sheets,
}


def write_plan_book(document: Document, path: str | Path) -> None:
    """Write the book of a plan: the answer, then a sheet for each thing that people look up.

    Args:
        document: as a plan's ``document()`` gives it.

    Raises:
        OSError: the place cannot be written to.
    """
    with workbook(path) as book:
        _KINDS[document["kind"]](PlanSheets(book), document)
