"""How the workbooks of results look, so that they look alike: typeface, lines, shades, A4 pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

TEXT: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
CELL = TEXT | {"border": 1, "border_color": "#9CA3AF"}
TITLE = TEXT | {"font_size": 16, "bold": True}
HEAD_FILL = "#E8EEF0"
HEAD = CELL | {"bold": True, "bg_color": HEAD_FILL, "text_wrap": True, "align": "center"}

# Shades of cells that also say a word, so that they are readable in black and white.
GOOD, TOLERATED, WRONG, OPEN = "#E3F1EC", "#FFF4D6", "#F8D7D3", "#E5E7EB"

_A4 = 9


@contextmanager
def workbook(path: str | Path) -> Iterator[Workbook]:
    """A new workbook, written when the block ends; what people filed stays text.

    Raises:
        OSError: the place cannot be written to.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            yield book
    except FileCreateError as error:
        # What the system said stands inside, without the name of the file.
        cause = error.args[0]
        raise OSError(getattr(cause, "errno", None), getattr(cause, "strerror", str(cause)), str(path)) from error


def lay_out(sheet: Worksheet, head_row: int, footer: str = "", *, heads: int = 1, landscape: bool = True) -> None:
    """Print on A4, one page wide, with the head (``heads`` rows, or none) on every page."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    if heads:
        sheet.repeat_rows(head_row, head_row + heads - 1)
    sheet.set_footer(f"{footer}&C第 &P 页，共 &N 页")
