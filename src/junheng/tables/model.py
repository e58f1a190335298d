"""What a table definition says: columns with labels, types, units and rules; tables; code lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import polars as pl

from junheng.base.terms import Label

# Wide enough for any number that a spreadsheet cell can hold, narrow enough for Parquet and Spark.
DECIMAL_DIGITS, DECIMAL_PLACES = 38, 16


class ColumnType(StrEnum):
    """Types of filed values."""

    CODE = "code"  # text that identifies: leading zeros count
    TEXT = "text"
    CODE_LIST = "code_list"
    FLAG = "flag"
    DATE = "date"
    YEAR = "year"
    COUNT = "count"  # whole persons, rooms, copies
    DECIMAL = "decimal"

    @property
    def polars(self) -> pl.DataType:
        """The type of the column in frames and Parquet; exact, so that verdicts can be."""
        match self:
            case ColumnType.FLAG:
                return pl.Boolean()
            case ColumnType.DATE:
                return pl.Date()
            case ColumnType.YEAR | ColumnType.COUNT:
                return pl.Int64()
            case ColumnType.DECIMAL:
                return pl.Decimal(DECIMAL_DIGITS, DECIMAL_PLACES)
            case _:
                return pl.String()

    @property
    def is_number(self) -> bool:
        return self in (ColumnType.COUNT, ColumnType.DECIMAL)


class Need(StrEnum):
    """How much a blank cell matters."""

    KEY = "key"  # identifies the row: blank is an error
    MUST = "must"  # blank is an error
    EXPECTED = "expected"  # blank must be explained, and what depends on it cannot be judged
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list."""

    code: str
    label: Label
    aliases: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeList:
    """A closed list of values and the words people write for them."""

    name: str
    codes: Mapping[str, Code]

    @cached_property
    def _by_word(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for code in self.codes.values():
            for word in (code.code, code.label.zh, code.label.en.casefold(), *code.aliases):
                words.setdefault(word.casefold(), code.code)
        return words

    def read(self, word: str) -> str | None:
        """Return the code that a person's word stands for, or None."""
        return self._by_word.get(word.strip().casefold())

    def zh(self, code: str | None) -> str:
        if code is None:
            return ""
        return self.codes[code].label.zh if code in self.codes else code


@dataclass(frozen=True)
class Column:
    """One column of a table, as the CSV beside the standards defines it."""

    name: str
    label: Label
    type: ColumnType
    unit: str
    form_unit: str  # the unit people file in, when it is not the unit we keep (万元 for 元)
    need: Need
    required_when: Mapping[str, tuple[str, ...]]  # the need holds only for rows where all of these match
    minimum: int | None
    maximum: int | None
    codes: CodeList | None
    filled_by: str
    sensitivity: str
    form: str
    aliases: tuple[str, ...]
    definition: Label

    @property
    def header(self) -> str:
        """The head of the column in templates, with the unit that people file in."""
        unit = self.form_unit or self.unit
        return f"{self.label.zh}（{unit}）" if unit else self.label.zh

    def asked_if(self, asked: bool) -> Column:
        return self if asked or self.need is not Need.EXPECTED else replace(self, need=Need.OPTIONAL)

    def applies_to(self, row: Mapping[str, object]) -> bool:
        """Whether this row is one that the column is asked of."""
        return all(row.get(name) in allowed for name, allowed in self.required_when.items())


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its key and its columns."""

    name: str
    label: Label
    row: Label
    key: tuple[str, ...]
    columns: Mapping[str, Column]

    @property
    def schema(self) -> pl.Schema:
        return pl.Schema({column.name: column.type.polars for column in self.columns.values()})

    def empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema=self.schema)


@dataclass(frozen=True)
class Tables:
    """All tables, code lists and checks that a dataset is read and checked with."""

    tables: Mapping[str, Table]
    code_lists: Mapping[str, CodeList]
    checks: tuple[Mapping[str, object], ...]

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def column(self, name: str) -> Column:
        """The first column of this name; amounts have the same name in one table only."""
        for table in self.tables.values():
            if name in table.columns:
                return table.columns[name]
        raise KeyError(name)

    def home_of(self, column: str) -> Table:
        """The table where an amount is filed."""
        for table in self.tables.values():
            if column in table.columns:
                return table
        raise KeyError(column)

    def demanding_nothing(self) -> Tables:
        """The same tables, where only the keys of a row must be there."""
        optional = {
            name: replace(
                table,
                columns={
                    c.name: replace(c, need=Need.OPTIONAL) if c.need is Need.MUST else c for c in table.columns.values()
                },
            )
            for name, table in self.tables.items()
        }
        return replace(self, tables=optional)

    def asking_only(self, asked: Mapping[str, Collection[str]]) -> Tables:
        """The same tables, where what is expected but not ``asked`` for (by table) may stay blank."""
        narrowed = {}
        for name, table in self.tables.items():
            wanted = asked.get(name, ())
            columns = {c.name: c.asked_if(c.name in wanted) for c in table.columns.values()}
            narrowed[name] = replace(table, columns=columns)
        return replace(self, tables=narrowed)
