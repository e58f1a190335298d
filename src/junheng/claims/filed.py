"""What a county filed: sums over its schools with who is missing from them, single cells, and where they stand.

What words name can be drawn in more than one way: with or without the senior part of a complete school, a school's
campuses, what the statistics call 镇区. Each way gives an ``Amount``; the usual one comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from junheng.base.terms import Stage
from junheng.tables.dataset import Dataset

_COMPULSORY = (Stage.PRIMARY, Stage.JUNIOR)
_TEACHING_POINT = ("218",)
_NINE_YEAR = ("312", "314")
_CONTINUOUS = (*_NINE_YEAR, "345")
_COMPLETE = ("341", "343")
_SPECIAL = ("511", "512", "513", "514", "518", "519")
# Classes at another school: the statistics count that school, not them.
_ATTACHED = ("219", "319", "518", "519")
_KINDS: Mapping[str, Sequence[Sequence[str]]] = {
    "teaching_point": (_TEACHING_POINT,),
    "nine_year": (_NINE_YEAR, _CONTINUOUS),
    "complete": (_COMPLETE, (*_COMPLETE, "345")),
    "special": (_SPECIAL,),
}
# 农村 and 乡镇 may or may not take in what the statistics call 镇区.
_PLACES: Mapping[str, Sequence[Sequence[str]]] = {
    "town": (("urban",), ("urban", "town")),
    "township": (("town",), ("town", "rural")),
    "rural": (("rural",), ("town", "rural")),
}
_TABLES = ("stage_year", "school_year", "county_year", "finance_year")
_OF_COUNTY = ("county_year", "finance_year")
_FACETS = ("stage", "place", "owner", "boarding")
_WORDS = {
    "stage:primary": "小学", "stage:junior": "初中", "stage:nine_year": "九年一贯制学校", "stage:complete": "完全中学",
    "stage:special": "特殊教育学校", "stage:teaching_point": "教学点", "place:town": "城区", "place:township": "镇区",
    "place:rural": "乡村", "owner:public": "公办", "owner:private": "民办", "boarding:boarding": "寄宿制",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: a whole county's, one town's, or one school's (its code)."""

    county: str
    name: str
    town: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A filed quantity, drawn in one way.

    Attributes:
        value: in the unit of its column; None when nobody filed it.
        source: snapshot and key, with the cell where it is a single one.
        missing: names of those who should be in the sum and filed nothing.
    """

    name: str
    value: Fraction | None
    unit: str
    source: str
    missing: tuple[str, ...] = ()


Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Way:
    """Schools, by their rows, and the stages of theirs that are counted."""

    schools: Callable[[Row], bool]
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Filed:
    """What was filed in a dataset."""

    dataset: Dataset
    # A report asks for the same tables and years again and again.
    _read: dict[tuple[str, str, int], list[Row]] = field(default_factory=dict, repr=False, compare=False)

    def years(self, table: str) -> tuple[int, ...]:
        """The years that a table has rows of, latest first."""
        return self._years[table]

    @cached_property
    def _years(self) -> Mapping[str, tuple[int, ...]]:
        found = {table: self.dataset[table][_year_column(table)].unique().sort(descending=True) for table in _TABLES}
        return {table: tuple(map(int, years)) for table, years in found.items()}

    def amounts(self, quantity: str, scope: Scope, year: int, facets: frozenset[str]) -> tuple[Amount, ...]:
        """A quantity such as ``stage_year.pupils`` of a scope in a year.

        Args:
            facets: as ``facet:value``; none: of all of compulsory education.

        Returns:
            Empty when nothing of the kind is filed: no such year, a facet by which nothing is told apart.
        """
        table, _, column = quantity.partition(".")
        if year not in self.years(table):
            return ()
        if table in _OF_COUNTY:
            return () if facets or scope.school or scope.town else self._cell(table, column, scope, year)
        return _distinct(self._sum(table, column, scope, year, facets, way) for way in _ways(scope, facets))

    def ratios(
        self, top: str, bottom: str, scope: Scope, year: int, facets: frozenset[str]
    ) -> tuple[tuple[Amount, Amount], ...]:
        """Two quantities, each pair drawn in the same way; premises go with all pupils that share them."""
        tables = [quantity.partition(".")[0] for quantity in (top, bottom)]
        if any(year not in self.years(table) for table in tables):
            return ()
        if any(table in _OF_COUNTY for table in tables):
            whole = (self.amounts(top, scope, year, facets), self.amounts(bottom, scope, year, facets))
            return tuple(zip(*whole, strict=True)) if tables[0] == tables[1] and all(whole) else ()
        found = []
        for way in _ways(scope, facets):
            # 生均 of premises: all pupils share them. Staff of mixed schools cannot be told by stage: a bound at least.
            shared = tables[0] == "school_year" != tables[1]
            ways = (
                [_Way(way.schools, stages) for stages in dict.fromkeys((way.stages, tuple(Stage)))] if shared else [way]
            )
            for one in ways:
                pair = [
                    self._sum(table, quantity.partition(".")[2], scope, year, facets, one)
                    for table, quantity in zip(tables, (top, bottom), strict=True)
                ]
                found.append((pair[0], pair[1]))
        return tuple(found)

    def schools(self, scope: Scope, year: int, facets: frozenset[str]) -> tuple[Amount, ...]:
        """How many schools, by every reading of what a school of the kind is."""
        if scope.school or year not in self.years("school_year"):
            return ()
        words = _facet_words(facets)
        name = f"{scope.town}{words}{'数' if words.endswith(('学校', '教学点')) else '学校数'}"
        source = self.source("school", "school_code", scope, year, words)
        found = []
        for way in _ways(scope, facets):
            rows = [
                row for row in self._rows("stage_year", scope, year) if way.schools(row) and row["stage"] in way.stages
            ]
            kinds = {row["school_code"]: row["school_kind"] for row in rows if row["counted"] is not False}
            for left_out in ((), _ATTACHED, (*_ATTACHED, *_SPECIAL)):
                for also in ((), _CONTINUOUS, _TEACHING_POINT, (*_CONTINUOUS, *_TEACHING_POINT)):
                    number = sum(kind not in left_out and kind not in also for kind in kinds.values())
                    found.append(Amount(name, Fraction(number), "所", source))
        return _distinct(found)

    def source(self, table: str, column: str, scope: Scope, year: int, where: str = "") -> str:
        """The key of a quantity, for people and programs."""
        name = self.dataset.snapshot[:12] or self.dataset.name
        return "，".join(part for part in (f"快照{name} {table}.{column}", scope.name, str(year), where) if part)

    def _cell(self, table: str, column: str, scope: Scope, year: int) -> tuple[Amount, ...]:
        frame = self.dataset[table].with_row_index("__place")
        found = frame.filter((pl.col("county_code") == scope.county) & (pl.col(_year_column(table)) == year))
        if found.is_empty():
            return ()
        row = found.row(0, named=True)
        entry = self.dataset.tables[table].columns[column]
        source = self.source(table, column, scope, year, self.dataset.cell(table, row["__place"], column))
        value = None if row[column] is None else Fraction(row[column])
        return (Amount(entry.label.zh, value, entry.unit, source),)

    def _rows(self, table: str, scope: Scope, year: int) -> list[Row]:
        """The rows of a table in a year with what the list of schools says of each, its stages and its place."""
        if (known := self._read.get((table, scope.county, year))) is not None:
            return known
        listed = {row["school_code"]: row for row in self.dataset["school"].drop("note").iter_rows(named=True)}
        stages: defaultdict[str, set[str]] = defaultdict(set)
        of_year = self.dataset["stage_year"].filter(pl.col("school_year") == year)
        for code, stage in of_year.select("school_code", "stage").iter_rows():
            stages[code].add(stage)
        frame = self.dataset[table].with_row_index("__place").filter(pl.col("school_year") == year)
        found: list[Row] = [
            {**school, **row, "stages": stages[row["school_code"]]}
            for row in frame.iter_rows(named=True)
            if (school := listed.get(row["school_code"])) is not None and school["county_code"] == scope.county
        ]
        self._read[table, scope.county, year] = found
        return found

    def _sum(self, table: str, column: str, scope: Scope, year: int, facets: frozenset[str], way: _Way) -> Amount:
        """The sum of a column, or of several joined by +, over the schools of a way."""
        columns = column.split("+")
        entries = [self.dataset.tables[table].columns[one] for one in columns]
        rows = [row for row in self._rows(table, scope, year) if way.schools(row)]
        if table == "stage_year":
            # Of the senior stage only the pupils are asked for; what is filed beyond that still counts.
            every = [stage.value for stage in Stage if column == "pupils" or stage is not Stage.SENIOR]
            asked = entries[0].required_when.get("stage", every)
            rows = [row for row in rows if row["stage"] in way.stages]
            rows = [row for row in rows if row["stage"] in asked or row[columns[0]] is not None]
        values = [Fraction(row[one]) for row in rows for one in columns if row[one] is not None]
        missing = dict.fromkeys(row["school_name"] or "" for row in rows if any(row[one] is None for one in columns))
        words = _facet_words(facets)
        single = len(rows) == len(columns) == 1
        where = self.dataset.cell(table, rows[0]["__place"], column) if single else words
        whose = scope.name if scope.school or scope.town else ""
        return Amount(
            name=whose + words + "＋".join(entry.label.zh for entry in entries),
            value=sum(values, Fraction(0)) if values else None,
            unit=entries[0].unit,
            source=self.source(table, column, scope, year, where),
            missing=tuple(missing),
        )


def _ways(scope: Scope, facets: frozenset[str]) -> list[_Way]:
    """Every way to draw what facets name in a scope; none when nothing is filed by one of them."""
    values = dict(facet.split(":", 1) for facet in sorted(facets))
    if len(values) < len(facets) or any(facet not in _FACETS for facet in values):
        return []

    def way(stage: _Way, locations: Sequence[str], *, campuses: bool) -> _Way:
        def schools(row: Row) -> bool:
            own = row["school_code"] == scope.school or (campuses and row["campus_of"] == scope.school)
            return (
                (not scope.school or own)
                and (not scope.town or row["town"] == scope.town)
                and (not locations or row["location"] in locations)
                and ("owner" not in values or (row["operator"] == "private") is (values["owner"] == "private"))
                and ("boarding" not in values or row["boarding"] is True)
                and stage.schools(row)
            )

        return _Way(schools, stage.stages)

    places = _PLACES.get(values["place"], ()) if "place" in values else ((),)
    return [
        way(stage, locations, campuses=campuses)
        for stage in _stage_ways(values.get("stage", ""))
        for locations in places
        for campuses in ((False, True) if scope.school else (False,))
    ]


def _stage_ways(stage: str) -> list[_Way]:
    """The usual way, then with the senior stage where none is named, then schools without other stages."""
    if stage in _KINDS:
        return [_Way(_of_kinds(kinds), _COMPULSORY) for kinds in _KINDS[stage]]
    if stage not in ("", "primary", "junior"):
        return []
    stages = _COMPULSORY if not stage else (Stage(stage),)
    names = {one.value for one in stages}
    more = [] if stage else [_Way(lambda row: bool(row["stages"] & names), tuple(Stage))]
    pure = _Way(lambda row: bool(row["stages"]) and row["stages"] <= names, stages)
    return [_Way(lambda row: bool(row["stages"] & names), stages), *more, pure]


def _of_kinds(kinds: Sequence[str]) -> Callable[[Row], bool]:
    return lambda row: row["school_kind"] in kinds


def _facet_words(facets: frozenset[str]) -> str:
    return "".join(_WORDS.get(facet, "") for facet in sorted(facets))


def _year_column(table: str) -> str:
    return "fiscal_year" if table == "finance_year" else "school_year"


def _distinct(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """Each value once: most ways of drawing a quantity come to the same."""
    found: dict[tuple[Fraction | None, tuple[str, ...]], Amount] = {}
    for amount in amounts:
        found.setdefault((amount.value, amount.missing), amount)
    return tuple(found.values())
