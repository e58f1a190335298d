"""An .xlsx (or .xlsm, whose macros stay asleep) as sheets of cells."""

from __future__ import annotations

from io import BytesIO

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from junheng.base.errors import JunhengError
from junheng.intake.cells import MergedCell, PercentCell, Raw, is_blank
from junheng.intake.errors import DamagedWorkbookError, EncryptedWorkbookError, UnsafeWorkbookError
from junheng.intake.package import Oddities, Package, inspect, plainly, without_huge_dates
from junheng.intake.sheet import Sheet, letters

Merged = tuple[tuple[tuple[int, int], tuple[int, int]], ...]  # first and last cell of each range


def read_xlsx(name: str, content: bytes, *, place: str = "") -> tuple[list[Sheet], Package]:
    """All sheets with cells, in the workbook's order; ``place`` goes before each sheet's name in addresses.

    Raises:
        JunhengError: the content is not a sound workbook.
    """
    package = inspect(name, content)
    sheets = []
    try:
        readable = without_huge_dates(content) if package.has_huge_numbers else content
        workbook = CalamineWorkbook.from_filelike(BytesIO(readable))
        for meta in workbook.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            rows: list[list[Raw]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            merged = tuple(sheet.merged_cell_ranges or ())
            _mark(rows, package.oddities.get(meta.name))
            _refuse_overlaps(name, meta.name, rows, merged)
            _spread(rows, merged)
            hidden = meta.visible is not SheetVisibleEnum.Visible
            sheets.append(Sheet(name, meta.name, f"{place}{meta.name}", rows, hidden, merged))
    except (KeyboardInterrupt, SystemExit, MemoryError, JunhengError):
        raise
    except BaseException as error:  # calamine's own panics are no Exceptions
        if "assword" in str(error):
            raise EncryptedWorkbookError(file=name) from error
        raise DamagedWorkbookError(file=name, part="工作表", reason=plainly(error)) from error
    return sheets, package


def _mark(rows: list[list[Raw]], oddities: Oddities | None) -> None:
    """Put what calamine leaves out back into its cell."""
    if oddities is None:
        return
    for (row, column), odd in oddities.cells.items():
        while row >= len(rows):
            rows.append([])
        cells = rows[row]
        cells.extend([""] * (column + 1 - len(cells)))
        if is_blank(cells[column]):
            cells[column] = odd
    for row, column in oddities.percents:
        if row < len(rows) and column < len(rows[row]) and type(value := rows[row][column]) is float:
            rows[row][column] = PercentCell(value)


def _refuse_overlaps(name: str, sheet: str, rows: list[list[Raw]], merged: Merged) -> None:
    """Merged ranges that cover more cells than there are overlap many times over; laying them out would never end."""
    height, width = len(rows), max(map(len, rows), default=0)
    covered = sum(
        max(0, min(bottom, height - 1) - top + 1) * max(0, min(right, width - 1) - left + 1)
        for (top, left), (bottom, right) in merged
    )
    if covered > height * width:
        raise UnsafeWorkbookError(file=name, part=f"工作表“{sheet}”", reason="合并单元格互相重叠")


def _spread(rows: list[list[Raw]], merged: Merged) -> None:
    """Give the cells below the first of a merged range its value: that is what the person sees there."""
    for (top, left), (bottom, right) in merged:
        if bottom == top or top >= len(rows) or left >= len(rows[top]) or is_blank(rows[top][left]):
            continue
        area = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        first = rows[top][left]
        for row in range(top + 1, min(bottom, len(rows) - 1) + 1):
            if left < len(rows[row]) and is_blank(rows[row][left]):
                rows[row][left] = MergedCell(area, first)
