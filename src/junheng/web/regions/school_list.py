"""学校名录 as sent against the schools that are known: what is new, what differs, what is missing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from junheng.intake.entered import as_typed
from junheng.tables.dataset import Dataset
from junheng.tables.model import Column, Table
from junheng.web.filings.models import Filing
from junheng.web.filings.states import APPROVED
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.row_findings import RowFinding

# Columns of 学校名录 that the tree itself says.
OF_THE_TREE = ("school_code", "school_name", "county_code", "town", "opened_on", "closed_on", "note")


@dataclass(frozen=True, slots=True)
class Change:
    """One school as it is to be: entered anew where ``school`` is None.

    ``differences`` are the columns that change, each with what stood there and what will.
    """

    school: Place | None
    code: str
    town: str
    wanted: dict[str, Any]
    differences: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class SchoolList:
    """What a list would do to the schools of a county."""

    county: Place
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Place] = field(default_factory=list)  # open, and not in the list; they stay as they are
    new_towns: list[str] = field(default_factory=list)
    findings: list[RowFinding] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """A mark of what would be done: another one means that it is no longer what was shown."""
        done = [(change.code, change.town, sorted(change.differences.items())) for change in (*self.new, *self.changed)]
        return hashlib.sha256(json.dumps([done, self.unchanged], ensure_ascii=False).encode()).hexdigest()


def compare_schools(county: Place, dataset: Dataset) -> SchoolList:
    """Hold a list that was read without errors against the county's schools."""
    found, table = SchoolList(county), dataset.tables["school"]
    schools = Place.objects.filter(kind=PlaceKind.SCHOOL, path__below=county.path).select_related("parent")
    known = {school.code: school for school in schools}
    names = county.children.filter(kind=PlaceKind.TOWN).values_list("name", flat=True)
    towns = {name.lower(): name for name in names}
    rows = list(dataset["school"].iter_rows(named=True))
    codes = [str(row["school_code"]) for row in rows]
    taken = {place.code.lower(): place for place in _places_with(codes)}
    unfinished = _unfinished(county)
    for index, row in enumerate(rows):
        change = _change(table, row, known.get(row["school_code"]), towns)
        before = len(found.findings)
        found.findings += _faults(dataset, index, row, change, county, taken, unfinished)
        if len(found.findings) > before:
            continue
        if change.town and change.town.lower() not in towns:
            towns[change.town.lower()] = change.town
            found.new_towns.append(change.town)
        if change.school is None:
            taken[change.code.lower()] = Place(code=change.code, name=change.wanted["name"])
            found.new.append(change)
        elif change.differences:
            found.changed.append(change)
        else:
            found.unchanged += 1
    listed = set(codes)
    found.missing = [school for school in known.values() if school.code not in listed and school.closed_on is None]
    return found


def _change(table: Table, row: Mapping[str, Any], school: Place | None, towns: Mapping[str, str]) -> Change:
    record = {
        column.name: as_typed(column, row[column.name])
        for column in table.columns.values()
        if column.name not in OF_THE_TREE and row.get(column.name) is not None
    }
    town = (row.get("town") or "").strip()
    town = towns.get(town.lower(), town)
    wanted = {
        "name": row["school_name"],
        "opened_on": row.get("opened_on"),
        "closed_on": row.get("closed_on"),
        "record": record,
    }
    if school is None:
        return Change(None, row["school_code"], town, wanted)
    standing = school.parent.name if school.parent and school.parent.kind == PlaceKind.TOWN else ""
    differences = {"town": (standing, town)} if standing != town else {}
    labels = {"name": "school_name"}
    for name in ("name", "opened_on", "closed_on"):
        if getattr(school, name) != wanted[name]:
            differences[labels.get(name, name)] = (str(getattr(school, name) or ""), str(wanted[name] or ""))
    for name in sorted({*school.record, *record} & set(table.columns)):
        before, after = official(table.columns[name], school.record.get(name, "")), record.get(name, "")
        if before != after:
            differences[name] = (str(before), str(after))
    return Change(school, school.code, town, wanted, differences)


def official(column: Column, value: str) -> str:
    """A value by the official word of its code: ``小学`` and ``独立小学`` say the same."""
    code = column.codes.read(value) if column.codes is not None and value else None
    return column.codes.zh(code) if column.codes is not None and code else value


def _faults(
    dataset: Dataset,
    index: int,
    row: Mapping[str, Any],
    change: Change,
    county: Place,
    taken: Mapping[str, Place],
    unfinished: Mapping[int, Filing],
) -> Iterator[RowFinding]:
    """What the list cannot say by itself: places elsewhere, and filings that are not finished."""

    def fault(column: str, reason: str, advice: str) -> RowFinding:
        label = dataset.tables["school"].columns[column].label.zh
        return RowFinding(dataset.cell("school", index, column), label, str(row.get(column) or ""), reason, advice)

    if row["county_code"] != county.code:
        told = _("不是本县的代码（%(code)s）。") % {"code": county.code}
        yield fault("county_code", told, _("别县的学校请由别县上传；写错了请改正。"))
    other = taken.get(row["school_code"].lower())
    if other and change.school is None:
        told = _("这个代码已经是“%(name)s”的。") % {"name": other.name}
        yield fault("school_code", told, _("请核对学校标识码；从别县划入的，请上一级管理员调整。"))
    if any("/" in text for text in (row["school_code"], change.town)):
        yield fault("school_code", _("代码和乡镇名称里不能有“/”。"), _("请改正。"))
    if change.school and "closed_on" in change.differences and change.wanted["closed_on"]:
        filing = unfinished.get(change.school.pk)
        if filing:
            told = _("这所学校在“%(period)s”的填报还没有审核通过。") % {"period": filing.period.label}
            yield fault("closed_on", told, _("请先完成填报和审核，或关闭这个周期，再写撤并日期。"))


def _places_with(codes: list[str]) -> Iterator[Place]:
    for start in range(0, len(codes), 500):
        yield from Place.objects.annotate(lower=Lower("code")).filter(
            lower__in=[code.lower() for code in codes[start : start + 500]]
        )


def _unfinished(county: Place) -> dict[int, Filing]:
    open_ones = Filing.objects.filter(place__path__below=county.path, period__closed_at__isnull=True)
    return {filing.place_id: filing for filing in open_ones.exclude(state__in=APPROVED).select_related("period")}
