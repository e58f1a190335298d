"""What a county filed: sums over its schools with who is missing from them, single cells, and where they stand.

What words name can be drawn in more than one way: with or without the senior part of a complete school, a school's
campuses, what the statistics call 镇区. Each way gives an ``Amount``; the usual one comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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


@dataclass(frozen=True)
class _Way:
    """Schools, and the stages of theirs that are counted."""

    schools: pl.Expr
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Filed:
    """What was filed in a dataset."""

    dataset: Dataset

    def years(self, table: str) -> tuple[int, ...]:
        """The years that a table has rows of, latest first."""
        return tuple(int(year) for year in self.dataset[table][_year_column(table)].unique().sort(descending=True))

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
        found = []
        for way in _ways(scope, facets):
            rows = self._rows("stage_year", scope, year).filter(way.schools & pl.col("stage").is_in(way.stages))
            schools = rows.unique("school_code").filter(pl.col("counted").fill_null(True))
            for left_out in ((), _ATTACHED, (*_ATTACHED, *_SPECIAL)):
                kept = schools.filter(~pl.col("school_kind").is_in(left_out)) if left_out else schools
                for also in ((), _CONTINUOUS, _TEACHING_POINT, (*_CONTINUOUS, *_TEACHING_POINT)):
                    number = kept.filter(~pl.col("school_kind").is_in(also)).height if also else kept.height
                    source = self.source("school", "school_code", scope, year, words)
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

    def _rows(self, table: str, scope: Scope, year: int) -> pl.DataFrame:
        """The rows of a table in a year with what the list of schools says of each, and its stages."""
        stages = self.dataset["stage_year"].filter(pl.col("school_year") == year)
        by_school = stages.group_by("school_code").agg(pl.col("stage").alias("stages"))
        frame = self.dataset[table].with_row_index("__place").filter(pl.col("school_year") == year)
        listed = self.dataset["school"].filter(pl.col("county_code") == scope.county).drop("note")
        return frame.join(listed, on="school_code").join(by_school, on="school_code", how="left")

    def _sum(self, table: str, column: str, scope: Scope, year: int, facets: frozenset[str], way: _Way) -> Amount:
        """The sum of a column, or of several joined by +, over the schools of a way."""
        columns = column.split("+")
        entries = [self.dataset.tables[table].columns[one] for one in columns]
        rows = self._rows(table, scope, year).filter(way.schools)
        if table == "stage_year":
            # Of the senior stage only the pupils are asked for; what is filed beyond that still counts.
            every = [stage.value for stage in Stage if column == "pupils" or stage is not Stage.SENIOR]
            asked = list(entries[0].required_when.get("stage", every))
            rows = rows.filter(pl.col("stage").is_in(way.stages))
            rows = rows.filter(pl.col("stage").is_in(asked) | pl.col(columns[0]).is_not_null())
        values = [Fraction(value) for one in columns for value in rows[one].drop_nulls()]
        blank = pl.any_horizontal(pl.col(one).is_null() for one in columns)
        missing = rows.filter(blank)["school_name"].fill_null("").unique(maintain_order=True)
        words = _facet_words(facets)
        single = rows.height == len(columns) == 1
        where = self.dataset.cell(table, rows["__place"][0], column) if single else words
        source = self.source(table, column, scope, year, where)
        total = sum(values, Fraction(0)) if values else None
        whose = scope.name if scope.school or scope.town else ""
        name = whose + words + "＋".join(entry.label.zh for entry in entries)
        return Amount(name, total, entries[0].unit, source, tuple(missing))


def _ways(scope: Scope, facets: frozenset[str]) -> list[_Way]:
    """Every way to draw what facets name in a scope; none when nothing is filed by one of them."""
    values = dict(facet.split(":", 1) for facet in sorted(facets))
    if len(values) < len(facets) or any(facet not in _FACETS for facet in values):
        return []
    own = pl.col("school_code") == scope.school
    groups = [own, own | (pl.col("campus_of") == scope.school)] if scope.school else [pl.lit(True)]
    if scope.town:
        groups = [pl.col("town") == scope.town]
    private = pl.col("operator") == "private"
    owners = {"": pl.lit(True), "private": private, "public": ~private}
    boarding = pl.col("boarding").fill_null(False) if "boarding" in values else pl.lit(True)
    return [
        _Way(group & place & owners[values.get("owner", "")] & boarding & way.schools, way.stages)
        for way in _stage_ways(values.get("stage", ""))
        for place in _codes("location", _PLACES, values.get("place", ""))
        for group in groups
    ]


def _stage_ways(stage: str) -> list[_Way]:
    """The usual way, then schools without other stages."""
    if stage in _KINDS:
        return [_Way(one, _COMPULSORY) for one in _codes("school_kind", _KINDS, stage)]
    if stage not in ("", "primary", "junior"):
        return []
    stages = _COMPULSORY if not stage else (Stage(stage),)
    filed = pl.col("stages").list
    has = filed.set_intersection([one.value for one in stages]).list.len() > 0
    pure = has & (filed.set_difference([one.value for one in stages]).list.len() == 0)
    more = [_Way(has, tuple(Stage))] if not stage else []
    return [_Way(has, stages), *more, _Way(pure, stages)]


def _codes(column: str, known: Mapping[str, Sequence[Sequence[str]]], value: str) -> list[pl.Expr]:
    return [pl.col(column).is_in(codes) for codes in known.get(value, ())] if value else [pl.lit(True)]


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
