"""Kinds of checks, one module each: the module's name is the kind that ``checks.yaml`` names, its ``find`` does it.

A kind gets the declaration and the filed tables and yields a ``Fault`` for each failing row; ``tables.check`` makes
findings of them. Kinds look for failing rows with Polars expressions and go row by row only through those.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from types import ModuleType

import polars as pl

from junheng.base.terms import Label
from junheng.tables.dataset import Dataset
from junheng.tables.errors import TableDefinitionError, UnknownColumnError
from junheng.tables.finding import Severity
from junheng.tables.model import Column, Table
from junheng.tables.units import as_filed

# All but the last four of an identity number (身份证号): findings are shown on screens and sent on.
_IDENTITY = re.compile(r"^\d{14}(?=\d{3}[\dXx]$)")


@dataclass(frozen=True, slots=True)
class Fault:
    """A failing row, or a failing column when ``row`` is None, with the parts of the check's sentence.

    ``text`` and ``severity`` are given where they are not those of the declaration; ``explained`` where another row's
    note than this row's may settle it.
    """

    table: str
    row: int | None
    column: str
    parts: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    severity: Severity | None = None
    cause: str = ""
    example: str = ""
    explained: str | None = None


@dataclass(frozen=True)
class Filed:
    """What is checked: the dataset, and the keys of rows that were filed but did not read."""

    dataset: Dataset
    rejected: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def frame(self, table: str) -> pl.DataFrame:
        """The table's rows with their number as ``row``."""
        return self.dataset[table].with_row_index("row")

    def table(self, name: str) -> Table:
        return self.dataset.tables[name]

    def has(self, table: str) -> bool:
        return table in self.dataset.frames and not self.dataset[table].is_empty()

    def shown(self, table: str, column: str, value: object) -> str:
        """A value as people write it: 元 as 万元, codes as words; of an identity number the last four characters."""
        definition = self.table(table).columns[column]
        if definition.codes is not None:
            return definition.codes.zh(value if isinstance(value, str) else None)
        if isinstance(value, bool):
            return "是" if value else "否"
        written = as_filed(value, definition.unit, definition.form_unit)
        return _IDENTITY.sub("*" * 14, written) if definition.sensitivity == "personal" else written

    def cell(self, table: str, row: int, column: str) -> str:
        return self.dataset.cell(table, row, column)

    def pupils(self) -> pl.DataFrame:
        """``school_code, school_year, all_pupils`` of the whole school, only where every stage filed them."""
        keys = ["school_code", "school_year"]
        rejected = self.rejected.get("stage_year")
        counted = (
            self.dataset["stage_year"]
            .unique([*keys, "stage"], keep="first")
            .group_by(keys)
            .agg(all_pupils=pl.col("pupils").sum(), unknown=pl.col("pupils").null_count())
            .filter(pl.col("unknown") == 0, pl.col("all_pupils") > 0)
            .drop("unknown")
        )
        return counted if rejected is None else counted.join(rejected, on=keys, how="anti")


@dataclass(frozen=True)
class Check:
    """One declared check. Options beside these belong to the kind; amounts are strings, as in standards."""

    code: str
    kind: str
    severity: Severity
    label: Label
    text: str
    options: Mapping[str, object]

    def word(self, name: str) -> str:
        value = self.options.get(name)
        if not isinstance(value, str):
            raise TableDefinitionError(file="checks.yaml", line=self.code, reason=f"缺少文字选项 {name}")
        return value

    def words(self, name: str) -> list[str]:
        value = self.options.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise TableDefinitionError(file="checks.yaml", line=self.code, reason=f"选项 {name} 应是文字列表")
        return value

    def entries(self, name: str) -> list[Mapping[str, object]]:
        value = self.options.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise TableDefinitionError(file="checks.yaml", line=self.code, reason=f"选项 {name} 应是条目列表")
        return value

    def amount(self, name: str) -> Decimal | None:
        return amount(self.options.get(name), self.code, name)

    def column(self, filed: Filed, table: str, name: str) -> Column:
        """The column of that name; the declaration is to blame when there is none."""
        try:
            return filed.table(table).columns[name]
        except KeyError:
            raise UnknownColumnError(where=f"checks.yaml {self.code}", column=f"{table}.{name}") from None

    def columns(self, filed: Filed, table: str, names: Sequence[str]) -> list[Column]:
        return [self.column(filed, table, name) for name in names]


def amount(value: object, code: str, name: str) -> Decimal | None:
    """An amount written as text; floats are refused, they are not what was meant."""
    if value is None:
        return None
    if isinstance(value, float) or not isinstance(value, str | int):
        raise TableDefinitionError(file="checks.yaml", line=code, reason=f"选项 {name} 的数请加引号")
    return Decimal(value)


def listed(value: object) -> list[str]:
    """One name or several, as declarations may give either."""
    if isinstance(value, list):
        return [str(item) for item in value]
    return [] if value is None else [str(value)]


def asked_of(column: Column) -> pl.Expr:
    """Rows that the column is asked of (``Column.applies_to``)."""
    conditions = [pl.col(name).is_in(list(values)) for name, values in column.required_when.items()]
    return pl.all_horizontal(conditions) if conditions else pl.lit(value=True)


Kind = Callable[[Check, Filed], Iterator[Fault]]


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Every kind, by the name of its module in this folder."""
    return {
        module.name: _find(importlib.import_module(f"{__name__}.{module.name}"))
        for module in pkgutil.iter_modules(__path__)
    }


def _find(module: ModuleType) -> Kind:
    find: Kind = module.find
    return find
