"""The profile of a school or a county, made and checked by the definition of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import get_language

from junheng.base.terms import Label
from junheng.intake.entered import Entered
from junheng.tables.catalogue import load_tables
from junheng.tables.model import Column, ColumnType, Need, Table
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.school_list import OF_THE_TREE

_TABLES = {PlaceKind.SCHOOL: "school", PlaceKind.COUNTY: "county"}
_SAID_BY_TREE = {*OF_THE_TREE, "county_name"}
_WORDS = {"是": Label("是", "Yes"), "否": Label("否", "No")}  # zh: data


@cache
def table_of(kind: str) -> Table | None:
    """The table whose row is the profile of such a place."""
    name = _TABLES.get(PlaceKind(kind))
    return load_tables()[name] if name else None


def columns_of(kind: str) -> list[Column]:
    table = table_of(kind)
    return [column for column in table.columns.values() if column.name not in _SAID_BY_TREE] if table else []


def fields_of(kind: str) -> dict[str, forms.Field]:
    """A field a column, with its official label and definition."""
    return {column.name: _field(column) for column in columns_of(kind)}


def facts_of(place: Place) -> list[tuple[str, str]]:
    """The profile as it is shown: label and value."""
    return [(_word(column.label), place.record.get(column.name, "")) for column in columns_of(place.kind)]


def faults_of_school(
    values: Mapping[str, str], county: Place, others: Sequence[Mapping[str, str]] = ()
) -> list[tuple[str, str]]:
    """What the rules of 学校名录 have against a row: the column, or none, and what is wrong.

    Args:
        others: rows to which this one may refer, such as that of the main campus.
    """
    own = {"county_code": county.code, "county_name": county.name, **county.record}
    entered = Entered(load_tables(), {"county": [own], "school": [values, *others]})
    faults = []
    for finding in entered.read(values.get("school_name", "")).findings:
        if not finding.blocks:
            continue
        table, row, column = entered.locate(finding.cell)
        if table == "school" and row in (0, None):
            faults.append((column, finding.message))
    return faults


def row_of(place: Place, county: Place) -> dict[str, str]:
    """A school as a row of 学校名录."""
    return {
        "school_code": place.code,
        "school_name": place.name,
        "county_code": county.code,
        "town": place.parent.name if place.parent and place.parent.kind == PlaceKind.TOWN else "",
        "opened_on": place.opened_on.isoformat() if place.opened_on else "",
        "closed_on": place.closed_on.isoformat() if place.closed_on else "",
        **place.record,
    }


def _field(column: Column) -> forms.Field:
    named: dict[str, Any] = {
        "label": _word(column.label),
        "help_text": _word(column.definition),
        "required": column.need is Need.MUST,
    }
    if column.codes is not None:
        codes = column.codes.codes.values()
        return forms.ChoiceField(choices=[("", "—"), *((c.label.zh, _word(c.label)) for c in codes)], **named)
    match column.type:
        case ColumnType.FLAG:
            words = [(zh, _word(label)) for zh, label in _WORDS.items()]
            return forms.ChoiceField(choices=[("", "—"), *words], **named)
        case ColumnType.DATE:
            return forms.CharField(widget=forms.DateInput({"type": "date"}), **named)
        case kind if kind.is_number or kind is ColumnType.YEAR:
            return forms.CharField(max_length=20, widget=forms.TextInput({"inputmode": "numeric"}), **named)
        case _:
            return forms.CharField(max_length=300, **named)


def _word(label: Label) -> str:
    return label.en if (get_language() or "").startswith("en") and label.en else label.zh
