"""Whole lists as files: CSV streamed row by row, or a workbook; both end with how many rows there are.

Whoever finds no last line with the count holds a list that was cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.reporting.csv_text import csv_text

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AT_ONCE = 500  # rows of one piece of a stream
_MOST_ROWS = 1_000_000  # of one sheet; a further one takes up the rest
Row = Sequence[object]


def export_response(
    request: HttpRequest, name: str, heads: Row, rows: Iterable[Row], foot: Row = ()
) -> HttpResponseBase:
    """The list as ``?format=`` asks: ``xlsx``, else CSV."""
    make = xlsx_response if request.GET.get("format") == "xlsx" else csv_response
    return make(name, heads, rows, foot)


def csv_response(name: str, heads: Row, rows: Iterable[Row], foot: Row = ()) -> StreamingHttpResponse:
    """A CSV file ``<name>.csv``, made while it is sent.

    Args:
        rows: read lazily; None is a blank cell, text that begins like a formula stays text.
        foot: further cells of the last line, after the count.
    """
    answer = StreamingHttpResponse(_csv_pieces(heads, rows, foot), content_type=_CSV)
    answer["Content-Disposition"] = _attachment(f"{name}.csv")
    return answer


def xlsx_response(name: str, heads: Row, rows: Iterable[Row], foot: Row = ()) -> FileResponse:
    """A workbook ``<name>.xlsx``: row by row on the disk, so that its size does not matter."""
    # Given to the answer, which closes it when it is sent.
    target = TemporaryFile()  # noqa: SIM115
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        count, line = 0, 0
        sheet = book.add_worksheet()
        for row in rows:
            if count % _MOST_ROWS == 0:
                sheet = sheet if count == 0 else book.add_worksheet()
                _write_heads(sheet, heads, bold)
                line = 0
            count, line = count + 1, line + 1
            _write_row(sheet, line, row, day)
        if count == 0:
            _write_heads(sheet, heads, bold)
        _write_row(sheet, line + 1, [_("行数"), count, *foot], day)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)


def _csv_pieces(heads: Row, rows: Iterable[Row], foot: Row) -> Iterator[str]:
    # Spreadsheet programs take a CSV without the mark for the machine's own encoding.
    yield "\ufeff" + csv_text([str(head) for head in heads], ())
    count = 0
    piece: list[list[object]] = []
    for row in rows:
        piece.append([_plain(cell) for cell in row])
        count += 1
        if len(piece) == _AT_ONCE:
            yield csv_text(piece[0], piece[1:])
            piece = []
    first, *rest = [*piece, [_("行数"), count, *map(_plain, foot)]]
    yield csv_text(first, rest)


def _plain(cell: object) -> object:
    """A number as it is, everything else as the text that people read."""
    match cell:
        case None | int() | float() | Decimal() if not isinstance(cell, bool):
            return cell
        case datetime():
            local = timezone.localtime(cell) if timezone.is_aware(cell) else cell
            return f"{local:%Y-%m-%d %H:%M:%S}"
        case date():
            return cell.isoformat()
        case bool():
            return _("是") if cell else _("否")
        case _:
            return str(cell)


def _write_heads(sheet: xlsxwriter.worksheet.Worksheet, heads: Row, bold: object) -> None:
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(map(str, heads)):
        sheet.set_column(column, column, max(10, min(40, 2 * len(head) + 2)))
    for column, head in enumerate(map(str, heads)):
        sheet.write_string(0, column, head, bold)


def _write_row(sheet: xlsxwriter.worksheet.Worksheet, line: int, row: Row, day: object) -> None:
    for column, cell in enumerate(row):
        match _plain(cell):
            case None:
                continue
            case int() | float() | Decimal() as number:
                sheet.write_number(line, column, number)
            case _ if type(cell) is date:
                sheet.write_datetime(line, column, cell, day)
            case text:
                sheet.write_string(line, column, str(text)[:32_767])


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"
