"""录入: rows typed into a form, cell by cell as text, read by the same rules as the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from junheng.base.exact import plain
from junheng.intake.cells import Raw
from junheng.intake.read import Reading, read_sheets
from junheng.intake.sheet import Sheet, index_of, split_address
from junheng.tables.model import Column, Tables
from junheng.tables.units import in_unit


@dataclass(frozen=True)
class Entered:
    """Rows of some tables as typed, by column name; addresses in findings lead back to row and column.

    The second row of a table's list is row 3 of its sheet: the heads stand in row 1.
    """

    tables: Tables
    rows: Mapping[str, Sequence[Mapping[str, str]]]

    def columns(self, table: str) -> list[str]:
        """The columns of a table's sheet, in the order of the definition: those that any row has, and the key."""
        named = {name for row in self.rows[table] for name in row}
        definition = self.tables[table]
        return [name for name in definition.columns if name in named or name in definition.key]

    def sheets(self) -> list[Sheet]:
        found = []
        for table, rows in self.rows.items():
            definition, columns = self.tables[table], self.columns(table)
            label = definition.label.zh
            lines: list[list[Raw]] = [[definition.columns[name].header for name in columns]]
            lines += [[row.get(name) or None for name in columns] for row in rows]
            found.append(Sheet(label, label, label, lines))
        return found

    def read(self, name: str) -> Reading:
        """The typed dataset and everything wrong or doubtful in it."""
        return read_sheets(name, self.sheets(), self.tables)

    def locate(self, address: str) -> tuple[str, int | None, str]:
        """The table, the row (zero-based; None: the whole sheet) and the column (or none) of an address.

        Raises:
            KeyError: the address is of no table here.
        """
        place, letters, number = split_address(address)
        table = next((name for name in self.rows if self.tables[name].label.zh == place), None)
        if table is None:
            raise KeyError(address)
        if number is None:
            return table, None, ""
        columns, index = self.columns(table), index_of(letters)
        row = number - 2
        return table, row if 0 <= row < len(self.rows[table]) else None, columns[index] if index < len(columns) else ""


def as_typed(column: Column, value: object) -> str:
    """A kept value as a person would type it under the column's head: in the unit of the form, codes by their words."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case int() | Decimal() if column.type.is_number:
            return plain(in_unit(value, column.unit, column.form_unit), 16)
        case date():
            return value.isoformat()
        case str() if column.codes is not None:
            return column.codes.zh(value)
        case _:
            return str(value)
