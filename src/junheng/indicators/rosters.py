"""花名册汇总：from one row a person (or class) to amounts of a school's year, with what is open counted beside them.

The rules are data (``roster_rules``). An amount comes as two columns: ``teachers`` and ``teachers__blank``, the number
of rows that may belong to it and, for a blank in what the rule looks at, may not. Where that is not 0 the amount is
null: rows nobody can place make it unknown, not smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from junheng.engine.protocol import Engine, Frame
from junheng.indicators.conditions import condition_expression
from junheng.indicators.roster_rules import Count, Once, RosterRules, roster_rules
from junheng.tables.catalogue import load_tables
from junheng.tables.model import ColumnType, Table, Tables

BLANK = "__blank"
SCHOOL, STAGE = ("school_code", "school_year"), ("school_code", "school_year", "stage")
Wanted = tuple[str, Any]  # a column and what a rule wants of it
_HERE, _ELSEWHERE, _OPEN = 1, 0, 2  # what is known of a row of a person that several schools list as their own


@dataclass(frozen=True)
class RosterSums:
    """What the rosters of staff and of classes say together, ``None`` for a roster that is not there.

    Attributes:
        stages, schools: as in ``RosterAmounts``, one row where either roster has one; ``teacher__rows`` and
            ``class__rows`` say how many rows each has of it (null: none, and no amounts of that roster),
            ``teacher__unplaced`` how many of a school's rows count in a stage and do not say in which.
        twice: see ``RosterAmounts``.
        columns: table → columns of it that the rosters say something of.
    """

    stages: pl.DataFrame
    schools: pl.DataFrame
    twice: pl.DataFrame
    columns: Mapping[str, tuple[str, ...]]

    @property
    def years(self) -> list[int]:
        return sorted({*self.stages["school_year"], *self.schools["school_year"]})

    def of(self, table: str) -> pl.DataFrame:
        return self.stages if table == "stage_year" else self.schools

    @classmethod
    def of_all(cls, parts: Sequence[RosterSums]) -> RosterSums:
        """The sums of several places, no two of which have a school in common, as one."""
        tables = parts[0].columns
        return cls(
            stages=pl.concat([part.stages for part in parts], how="diagonal").sort(STAGE),
            schools=pl.concat([part.schools for part in parts], how="diagonal").sort(SCHOOL),
            twice=pl.concat([part.twice for part in parts], how="diagonal"),
            columns={name: tuple(dict.fromkeys(c for part in parts for c in part.columns[name])) for name in tables},
        )


def roster_sums(
    rosters: Mapping[str, Frame], tables: Tables, engine: Engine, *, rules: Mapping[str, RosterRules] | None = None
) -> RosterSums:
    """Sum up the rosters that are there (``teacher``, ``class``) by the declared rules.

    Raises:
        EngineError: the engine failed.
    """
    known = {name: (rules or roster_rules())[name] for name in rosters}
    found = {name: school_amounts(frame, tables[name], known[name], engine) for name, frame in rosters.items()}
    return RosterSums(
        stages=_together({name: amounts.stages for name, amounts in found.items()}, STAGE),
        schools=_together({name: a.schools for name, a in found.items() if known[name].school_year}, SCHOOL),
        twice=pl.concat([_no_rows(), *(amounts.twice for amounts in found.values())], how="diagonal"),
        columns={
            "stage_year": tuple(column for own in known.values() for column in own.stage_year),
            "school_year": tuple(column for own in known.values() for column in own.school_year),
        },
    )


def _together(frames: Mapping[str, pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    together = pl.DataFrame(schema={key: pl.Int64 if key == "school_year" else pl.String for key in keys})
    for name, frame in frames.items():
        own = frame.rename({column: f"{name}__{column}" for column in ("rows", "unplaced") if column in frame.columns})
        together = together.join(own, on=list(keys), how="full", coalesce=True)
    return together.sort(keys)


@dataclass(frozen=True)
class RosterAmounts:
    """What one roster says.

    Attributes:
        stages: school_code, school_year, stage; the rules' columns of ``stage_year``, each with its ``__blank``, and
            ``rows``: how many rows of the roster the school and stage has.
        schools: school_code, school_year; those of ``school_year``, likewise; ``unplaced``: how many of its rows may
            count in a stage, but in which is blank.
        twice: the rows of persons whom several schools list as their own: the keys, ``counted`` (true, false, or null
            where it is not known which school counts).
    """

    stages: pl.DataFrame
    schools: pl.DataFrame
    twice: pl.DataFrame


def school_amounts(roster: Frame, table: Table, rules: RosterRules, engine: Engine) -> RosterAmounts:
    """Sum up a roster by school, year and stage.

    Args:
        roster: rows as ``table`` defines them; columns that no rule looks at need not be there.
        table: for the types of the columns.

    Raises:
        EngineError: the engine failed.
    """
    rows = _prepared(roster, table, rules)
    twice = _no_rows()
    if rules.once is not None:
        rows, twice = _once(rows, rules.once, engine)
    counts = {**rules.stage_year, **rules.school_year}
    parts = _parts(counts.values())
    if parts:
        rows = rows.with_columns(**{name: condition_expression(dict([part])) for part, name in parts.items()})
    measures = {"rows": nw.len().cast(nw.Int64)}
    for column, count in counts.items():
        measures |= _measures(column, count, parts, once=rules.once is not None)
    by_stage = rows.group_by(*STAGE).agg(**measures)
    found = engine.collect("汇总花名册", {"by_stage": by_stage})["by_stage"]
    return RosterAmounts(
        stages=_known(_with_unplaced(found, rules.stage_year), rules.stage_year).sort(STAGE),
        schools=_known(_whole_schools(found, rules), rules.school_year).sort(SCHOOL),
        twice=twice,
    )


def _prepared(roster: Frame, table: Table, rules: RosterRules) -> Frame:
    """Only what is looked at; flags as numbers, and the age at the beginning of the school year."""
    named = rules.columns()
    needed = {*STAGE, *(named - {"age"}), *({"birth_year"} if "age" in named else ())}
    rows = roster.select(*sorted(needed))
    flags = [name for name in sorted(needed) if table.columns[name].type is ColumnType.FLAG]
    if flags:
        rows = rows.with_columns(**{flag: nw.col(flag).cast(nw.Int64) for flag in flags})
    return rows.with_columns(age=nw.col("school_year") - nw.col("birth_year")) if "age" in named else rows


def _once(rows: Frame, once: Once, engine: Engine) -> tuple[Frame, pl.DataFrame]:
    """Add ``counts``: whether a row is where its person counts; null where that is open. And the rows in question.

    Two passes over the persons: who is there several times, then those rows; the second is small.
    """
    person = ("school_year", once.person)
    own = rows.filter(condition_expression(once.where).fill_null(False))
    several = own.group_by(*person).agg(listed=nw.len()).filter(nw.col("listed") > 1)
    several = engine.keep("花名册查重", {"several": several})["several"]
    listed = own.join(several, on=list(person), how="inner").select(*person, "school_code", once.joined)
    listed = engine.keep("花名册查重", {"listed": listed})["listed"]
    by_school = listed.group_by(*person, "school_code").agg(
        latest=nw.col(once.joined).max(), undated=nw.col(once.joined).null_count(), same=nw.len()
    )
    by_person = by_school.group_by(*person).agg(
        last=nw.col("latest").max(), none=nw.col("undated").sum(), repeated=nw.col("same").max()
    )
    with_last = by_school.join(by_person, on=list(person), how="inner")
    at_last = with_last.filter(nw.col("latest") == nw.col("last")).group_by(*person).agg(ties=nw.len())
    decided = with_last.join(at_last, on=list(person), how="left").with_columns(
        decided=nw.when((nw.col("none") > 0) | (nw.col("repeated") > 1) | (nw.col("ties") > 1))
        .then(nw.lit(_OPEN))
        .otherwise((nw.col("latest") == nw.col("last")).cast(nw.Int64))
        .cast(nw.Int64)
    )
    decided = decided.select(*person, "school_code", "decided")
    twice = engine.collect("花名册查重", {"twice": decided})["twice"].sort(*person, "school_code")
    shown = twice.with_columns(counted=pl.col("decided").replace_strict({_HERE: True, _ELSEWHERE: False}, default=None))
    if twice.is_empty():
        return rows.with_columns(counts=nw.lit(1, nw.Int64)), shown.drop("decided")
    rows = rows.join(decided, on=[*person, "school_code"], how="left")
    here = nw.when(nw.col("decided").is_null()).then(nw.lit(_HERE)).otherwise(nw.col("decided"))
    return rows.with_columns(counts=nw.when(here != _OPEN).then(here)), shown.drop("decided")


def _no_rows() -> pl.DataFrame:
    return pl.DataFrame(schema={"school_year": pl.Int64, "school_code": pl.String, "counted": pl.Boolean})


def _parts(counts: Iterable[Count]) -> dict[Wanted, str]:
    """Every condition on a single column, and the name of the column that says whether it holds: most rules share
    the same few, which are then looked at once a row."""
    named: dict[Wanted, str] = {}
    for count in counts:
        for condition in count.where:
            for part in condition.items():
                named.setdefault(part, f"holds_{len(named)}")
    return named


def _measures(column: str, count: Count, parts: Mapping[Wanted, str], *, once: bool) -> dict[str, nw.Expr]:
    """The amount, and how many rows are open: the sum of nothing is 0 in every engine."""
    held = ~nw.col("school_code").is_null()
    if count.where:
        together = [
            reduce(lambda left, right: left & right, (nw.col(parts[part]) for part in condition.items()))
            for condition in count.where
        ]
        held = reduce(lambda left, right: left | right, together)
    if once:
        held = held & (nw.col("counts") == _HERE)
    if count.measure == "count":
        return {column: held.cast(nw.Int64).sum(), column + BLANK: held.is_null().cast(nw.Int64).sum()}
    amount = nw.when(held).then(nw.col(count.of))
    is_open = held.is_null() | (held & nw.col(count.of).is_null())
    total = amount.sum() if count.measure == "sum" else amount.max()
    return {column: total, column + BLANK: is_open.cast(nw.Int64).sum()}


def _with_unplaced(found: pl.DataFrame, counts: Mapping[str, Count]) -> pl.DataFrame:
    """The rows of each stage; those of a school whose stage is blank may be of any of its stages."""
    names = list(counts)
    # A stage that only people who count nowhere are listed with (a cook's 任教学段) is no stage of the school.
    placed = found.filter(pl.col("stage").is_not_null(), _counts_somewhere(names)).select(
        *STAGE, "rows", *_pairs(names)
    )
    unplaced = found.filter(pl.col("stage").is_null())
    if unplaced.is_empty():
        return placed
    rows = {
        name: pl.col(name) if count.measure == "count" else (pl.col(name).fill_null(0) != 0).cast(pl.Int64)
        for name, count in counts.items()
    }
    lost = unplaced.select(*SCHOOL, *((rows[name] + pl.col(name + BLANK)).alias(f"{name}__lost") for name in names))
    return (
        placed.join(lost, on=SCHOOL, how="left")
        .with_columns(pl.col(name + BLANK) + pl.col(f"{name}__lost").fill_null(0) for name in names)
        .drop(f"{name}__lost" for name in names)
    )


def _counts_somewhere(names: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal((pl.col(name) > 0) | (pl.col(name + BLANK) > 0) for name in names)


def _whole_schools(found: pl.DataFrame, rules: RosterRules) -> pl.DataFrame:
    # Those that ``once`` leaves open beside a blank stage are counted with them: nobody can place either.
    named = [name for name, count in rules.stage_year.items() if count.measure == "count"]
    heads = pl.max_horizontal(pl.col(name) + pl.col(name + BLANK) for name in named) if named else pl.lit(0)
    unplaced = pl.when(pl.col("stage").is_null()).then(heads).otherwise(0).cast(pl.Int64)
    return (
        found.with_columns(unplaced=unplaced)
        .group_by(SCHOOL)
        .agg(pl.col("rows", "unplaced", *_pairs(rules.school_year)).sum())
    )


def _pairs(columns: Iterable[str]) -> list[str]:
    return [name for column in columns for name in (column, column + BLANK)]


def _known(found: pl.DataFrame, counts: Mapping[str, Count]) -> pl.DataFrame:
    """Amounts only where nothing is open, and only of the stages that the column is asked of."""
    columns = load_tables()["stage_year"].columns
    known = []
    for name in counts:
        stages = columns[name].required_when.get("stage") if name in columns and "stage" in found.columns else None
        asked = pl.col("stage").is_in(list(stages)) if stages else pl.lit(value=True)
        known += [
            pl.when(asked & (pl.col(name + BLANK) == 0)).then(pl.col(name)).alias(name),
            pl.when(asked).then(pl.col(name + BLANK)).otherwise(0).alias(name + BLANK),
        ]
    return found.with_columns(known)
