"""The form of a filing: which tables, columns and rows, all taken from the table definitions and the standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from junheng.intake.asked import judged_items, of_office, template_columns
from junheng.intake.template import JudgedItem
from junheng.standards.library import load_standard
from junheng.tables.model import Column, ColumnType, Table, Tables
from junheng.web.filings.models import SCHOOL, Filing, Period
from junheng.workflow import tables_for

# What the place itself says and a filing only carries along.
OF_THE_PLACE = {
    "school": ("school_code", "school_name", "county_code", "town", "opened_on", "closed_on"),
    "county": ("county_code", "county_name"),
}
_FIXED = ("school_code", "county_code", "school_year")
_KEY_SEPARATOR = "|"  # ids of standards have slashes


@dataclass(frozen=True)
class FormTable:
    """One table of a form.

    Attributes:
        columns: what is filled in, in the order of the definition, the explanation of doubts left out: explanations
            are kept one by one.
        key: the key columns that tell its rows apart within one filing, by their codes; none: exactly one row.
        grows: whether people add rows of their own.
    """

    table: Table
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def grows(self) -> bool:
        return bool(self.key) and self.key != ("stage",) and "item" not in self.key

    def key_of(self, values: Mapping[str, str]) -> str:
        return _KEY_SEPARATOR.join(values.get(name, "") for name in self.key)

    def key_values(self, key: str) -> dict[str, str]:
        """What the key of a row says, column by column."""
        return dict(zip(self.key, key.split(_KEY_SEPARATOR, len(self.key) - 1), strict=False)) if self.key else {}


@dataclass(frozen=True)
class Form:
    """What one office (or a school) fills for a standard."""

    office: str
    tables: Tables
    parts: Mapping[str, FormTable]

    def column(self, table: str, column: str) -> Column | None:
        part = self.parts.get(table)
        return next((entry for entry in part.columns if entry.name == column), None) if part else None


def form_of(filing: Filing) -> Form:
    return _form(filing.period.standard, filing.period.gate, filing.office)


def tables_of(period: Period) -> Tables:
    """The tables that the data of a period are read with."""
    return _tables(period.standard, period.gate)


def offices_of_period(period: Period) -> list[str]:
    """The offices of the county that have something to file for a period, besides the schools."""
    return [
        office
        for office in ("county", "finance", "personnel", "inspector")
        if _form(period.standard, period.gate, office).parts
    ]


@lru_cache(maxsize=16)
def _tables(standard: str, gate: str) -> Tables:
    return tables_for(*(load_standard(name) for name in (standard, gate) if name))


@lru_cache(maxsize=64)
def _form(standard: str, gate: str, office: str) -> Form:
    tables = _tables(standard, gate)
    asked: dict[str, set[str]] = {}
    for name in filter(None, (standard, gate)):
        for table, columns in template_columns(load_standard(name), tables).items():
            asked.setdefault(table, set()).update(columns)
    of_schools = [name for name, table in tables.tables.items() if "school_code" in table.key]
    if office == SCHOOL:
        chosen = {name: asked[name] for name in of_schools if name in asked}
    else:
        chosen = {n: c for n, c in of_office(asked, tables, office).items() if n not in of_schools}
    # What another office fills is not expected here.
    own = tables.asking_only(chosen)
    return Form(office, own, {name: part_of(own[name], columns) for name, columns in chosen.items()})


def part_of(table: Table, asked: Iterable[str]) -> FormTable:
    """A table as a form shows it that asks for some of its columns."""
    wanted = set(asked) - {"note"} - set(_FIXED) - set(OF_THE_PLACE.get(table.name, ()))
    key = tuple(name for name in table.key if name not in _FIXED and name not in OF_THE_PLACE.get(table.name, ()))
    columns = tuple(column for name, column in table.columns.items() if name in wanted and name not in key)
    return FormTable(table, columns, key)


def fixed_values(filing: Filing, table: Table) -> dict[str, str]:
    """The columns of a row that the filing's place and period say."""
    place, period = filing.place, filing.period
    values: dict[str, str] = {}
    if "school_code" in table.columns and filing.office == SCHOOL:
        values["school_code"] = place.code
    if "county_code" in table.columns:
        values["county_code"] = period.county.code
    if "school_year" in table.columns:
        values["school_year"] = str(period.school_year)
    if table.name == "school":
        values["school_name"] = place.name
        values["town"] = place.parent.name if place.parent and place.parent.kind == "town" else ""
        values["opened_on"] = place.opened_on.isoformat() if place.opened_on else ""
        values["closed_on"] = place.closed_on.isoformat() if place.closed_on else ""
    if table.name == "county":
        values["county_name"] = place.name
    return values


def year_keys(part: FormTable) -> list[str]:
    """Key columns that are years of their own, such as 财政年度: earlier rows are carried into the next period."""
    return [name for name in part.key if part.table.columns[name].type is ColumnType.YEAR]


def first_rows(
    filing: Filing, before: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> dict[str, dict[str, dict[str, str]]]:
    """The rows that a new filing begins with, by table and key; ``before`` are those of the year before.

    Only what people would otherwise look up is there: the stages of the school, the items to be judged, what the place
    is recorded with, earlier years of a table of years. Figures of this year are always blank.
    """
    rows: dict[str, dict[str, dict[str, str]]] = {}
    for name, part in form_of(filing).parts.items():
        earlier = before.get(name, {})
        if name in OF_THE_PLACE:
            known = {column.name for column in part.columns}
            rows[name] = {"": {c: str(v) for c, v in filing.place.record.items() if c in known}}
        elif not part.key:
            rows[name] = {"": {}}
        elif name == "judged_item":
            rows[name] = {part.key_of({"standard": i.standard, "item": i.item}): {} for i in items_of(filing.period)}
        elif part.key == ("stage",):
            rows[name] = {stage: {} for stage in dict.fromkeys([*_stages_of_kind(filing), *earlier])}
        elif year_keys(part):
            rows[name] = {key: dict(values) for key, values in earlier.items()}
            rows[name].setdefault(str(filing.period.school_year - 1), {})
        else:
            rows[name] = {key: {} for key in earlier}
    return rows


def items_of(period: Period) -> list[JudgedItem]:
    """The items that people must judge for a period."""
    return [item for name in filter(None, (period.standard, period.gate)) for item in judged_items(load_standard(name))]


def _stages_of_kind(filing: Filing) -> list[str]:
    """The stages that a school of this kind has."""
    tables = tables_of(filing.period)
    kind = tables.code_lists["school_kind"].read(str(filing.place.record.get("school_kind", "")))
    stages = tables.code_lists["school_kind"].codes[kind].stages if kind else ()
    return [stage for stage in stages if stage in tables.code_lists["stage"].codes]
