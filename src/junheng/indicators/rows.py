"""From filed tables to the rows that are judged: 学段行, 学校行, 县行.

What happens to the filed rows, in order: schools that are not open at the year's reference day (1 September) drop out;
campuses join their main school where the standard says so; every stage that a school's kind leads one to expect gets a
row, filed or not; what is filed for a whole school is joined to each of its stages, with the stage's share by pupils ×
weight; schools out of scope are marked, not dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from junheng.base.terms import Stage
from junheng.engine.protocol import Engine, Frame, Frames
from junheng.indicators.conditions import condition_expression
from junheng.standards.model import Standard
from junheng.tables.model import ColumnType, Table, Tables
from junheng.tables.school_years import reference_day

# What pages and reasons say about a row, whatever the standard needs.
ATTRIBUTES = ("school_name", "town", "school_kind", "location", "operator", "boarding")
STAGE_KEY = ("county_code", "school_code", "stage")
# Columns that nobody files but conditions, amounts and size bands may name.
DERIVED = {
    "school_pupils": "全校义务教育学生数",
    "pupils_primary": "小学在校生数",
    "pupils_junior": "初中在校生数",
    "pupils_senior": "高中在校生数",
}


@dataclass(frozen=True)
class Rows:
    """Lazy frames of one county or many, for one school year.

    Attributes:
        stages: a row per judged school and compulsory stage: STAGE_KEY, attributes, ``left_out`` (index of the rule
            that leaves it out, null when in scope), ``share`` (of what is filed for the whole school), pupils_primary,
            pupils_junior, pupils_senior, school_pupils, and the needed columns of school, school_year, stage_year and
            county_year. Flags are 0/1.
        schools: a row per judged school: stage_year columns summed over its compulsory stages.
        counties: a row per county: the needed columns of county and county_year.
        members: school_code and home of every school or campus that is judged with another, collected.
    """

    stages: Frame
    schools: Frame
    counties: Frame
    members: pl.DataFrame


def needed_columns(standard: Standard, tables: Tables) -> dict[str, list[str]]:
    """The filed columns that a standard depends on, by table, keys and attributes left out."""
    named = set().union(*(indicator.columns() for _, indicator in standard.indicators()))
    for entry in standard.leave_out:
        named |= set(entry.where)
    named |= set(standard.campuses.merge)
    needed: dict[str, list[str]] = {}
    for table in tables.tables.values():
        own = set(table.columns) - set(table.key) - set(ATTRIBUTES) - {"pupils"}
        needed[table.name] = sorted(named & own)
    return needed


def build_rows(frames: Frames, standard: Standard, tables: Tables, year: int, engine: Engine) -> Rows:
    """Build the rows of school year ``year``. Only which campuses join their main school is found out at once."""
    needed = needed_columns(standard, tables)
    schools = _open_schools(frames["school"], needed["school"], year)
    stage_year = _of_year(frames["stage_year"], year).filter(nw.col("stage").is_in([*Stage]))
    filed = stage_year.select("school_code", "stage", "pupils", *needed["stage_year"])
    filed = _expected_rows(schools, filed, tables).join(filed, on=["school_code", "stage"], how="left")
    schools = engine.keep("整理学校", {"schools": _find_homes(schools, filed, standard)})["schools"]
    homes = schools.select("school_code", "home")
    elsewhere = homes.filter(nw.col("home") != nw.col("school_code"))
    members = engine.collect("合并校区", {"members": elsewhere})["members"]
    joint = elsewhere.select("home").unique() if members.height else None

    filed = filed.join(homes, on="school_code")
    filed = _merged(filed, joint, ["home", "stage"], ["pupils", *needed["stage_year"]], tables["stage_year"])
    facilities = _of_year(frames["school_year"], year).select("school_code", *needed["school_year"])
    # A campus that filed nothing leaves a blank in what its school has, not a zero.
    facilities = homes.join(facilities, on="school_code", how="left")
    facilities = _merged(facilities, joint, ["home"], needed["school_year"], tables["school_year"])
    # What several frames below are made of; an engine asked for all of them would compute it for each.
    merged = engine.keep("合并校区", {"filed": filed, "facilities": facilities})
    filed, facilities = merged["filed"], merged["facilities"]
    county_year = _of_year(frames["county_year"], year).select("county_code", *needed["county_year"])

    mains = schools.filter(nw.col("home") == nw.col("school_code")).drop("school_code", "campus_of")
    enrolment = _enrolment(filed, homes)
    compulsory = filed.filter(nw.col("stage").is_in(standard.stages))
    about = mains.join(facilities, on="home", how="left").join(enrolment, on="home", how="left")
    about = _with_flags_as_numbers(about.join(county_year, on="county_code", how="left"), tables)
    about = engine.keep("整理学校", {"about": about})["about"]
    stages = _with_share(compulsory.join(about, on="home"), standard)
    stages = _with_scope(stages, standard).rename({"home": "school_code"})
    by_school = (i for _, i in standard.indicators() if i.level == "school" or i.formula.over == "schools")
    of_schools = set().union(*(indicator.columns() for indicator in by_school))
    summed = [column for column in needed["stage_year"] if column in of_schools]
    return Rows(
        stages=stages,
        schools=_whole_schools(compulsory, about, summed).rename({"home": "school_code"}),
        counties=_counties(frames, schools, county_year, needed["county"]),
        members=members,
    )


def _of_year(frame: Frame, year: int) -> Frame:
    return frame.filter(nw.col("school_year") == year)


def _open_schools(school: Frame, needed: Sequence[str], year: int) -> Frame:
    day = reference_day(year)
    begun = nw.col("opened_on").is_null() | (nw.col("opened_on") <= nw.lit(day))
    ended = ~nw.col("closed_on").is_null() & (nw.col("closed_on") <= nw.lit(day))
    return school.filter(begun & ~ended).select("school_code", "county_code", "campus_of", *ATTRIBUTES, *needed)


def _find_homes(schools: Frame, filed: Frame, standard: Standard) -> Frame:
    """Add ``home``: the school a row is judged with. Separate campuses that are too small count with their main.

    A campus whose main school is not open, or is itself a campus of another, is judged on its own: nothing is lost.
    """
    rule = standard.campuses
    size = (
        filed.filter(nw.col("stage") != Stage.SENIOR)
        .group_by("school_code")
        .agg(own_pupils=nw.col("pupils").sum(), blank=nw.col("pupils").is_null().cast(nw.Int64).sum())
    )
    joins = nw.lit(True)
    if rule.mode == "separate":
        small = (nw.col("blank") == 0) & (nw.col("own_pupils") < rule.at_least)
        joins = small.fill_null(False)
        if rule.merge:
            joins = joins | condition_expression(rule.merge).fill_null(False)
    listed = schools.select(campus_of=nw.col("school_code"), main_listed=nw.lit(1))
    schools = (
        schools.join(size, on="school_code", how="left")
        .join(listed, on="campus_of", how="left")
        .with_columns(joins=~nw.col("main_listed").is_null() & joins)
        .drop("own_pupils", "blank", "main_listed")
    )
    mains = schools.filter(~nw.col("joins")).select(campus_of=nw.col("school_code"), stays=nw.lit(1))
    return (
        schools.join(mains, on="campus_of", how="left")
        .with_columns(
            home=nw.when(nw.col("joins") & ~nw.col("stays").is_null())
            .then(nw.col("campus_of"))
            .otherwise(nw.col("school_code"))
        )
        .drop("joins", "stays")
    )


# Of several campuses the fullest class counts.
LARGEST = ("largest_class", "largest_entry_class")
# Means, lengths and what one room holds: two campuses of 50 ㎡ a room do not make rooms of 100 ㎡, and the room of one
# campus serves no class of another.
NOT_SUMMED = (
    "computer_room_computers",
    "ordinary_classroom_area",
    "lab_area",
    "computer_room_area",
    "language_room_area",
    "ring_track",
    "straight_track",
)


def _merged(frame: Frame, joint: Frame | None, key: list[str], columns: Sequence[str], table: Table) -> Frame:
    """What campuses filed, under their home: numbers summed, anything else only where all filed the same.

    A blank of any campus leaves the whole blank. Schools without campuses pass as filed.
    """
    if joint is None or not columns:
        found = frame.select(*key, *columns)
        return found if columns else found.unique(key)
    alone = frame.join(joint, on="home", how="anti").select(*key, *columns)
    measures: dict[str, nw.Expr] = {}
    known: dict[str, nw.Expr] = {}
    for column in columns:
        own = nw.col(column)
        measures[f"{column}__blank"] = own.null_count()
        complete = nw.col(f"{column}__blank") == 0
        if column in LARGEST:
            measures[column] = own.max()
        elif table.columns[column].type.is_number and column not in NOT_SUMMED:
            measures[column] = own.sum()
        else:
            measures |= {column: own.max(), f"{column}__low": own.min()}
            complete = complete & (nw.col(column) == nw.col(f"{column}__low"))
        known[column] = nw.when(complete).then(nw.col(column))
    together = frame.join(joint, on="home", how="semi").group_by(*key).agg(**measures).with_columns(**known)
    return nw.concat([alone, together.select(*key, *columns)])


def _sums_and_blanks(columns: Iterable[str]) -> dict[str, nw.Expr]:
    """The sum of nothing is 0 in every engine: each sum goes with the number of blanks it passed over."""
    sums: dict[str, nw.Expr] = {}
    for column in columns:
        sums[column] = nw.col(column).sum()
        sums[f"{column}__blank"] = nw.col(column).null_count()
    return sums


def _unless_blank(columns: Iterable[str]) -> dict[str, nw.Expr]:
    return {column: nw.when(nw.col(f"{column}__blank") == 0).then(nw.col(column)) for column in columns}


def _kinds_with(stage: str, tables: Tables) -> list[str]:
    return [code.code for code in tables.code_lists["school_kind"].codes.values() if stage in code.stages]


def _expected_rows(schools: Frame, filed: Frame, tables: Tables) -> Frame:
    """school_code and stage of every row there should be, and of every row there is, of schools that are open."""
    expected = [
        schools.filter(nw.col("school_kind").is_in(_kinds_with(stage, tables))).select(
            "school_code", stage=nw.lit(str(stage))
        )
        for stage in Stage
    ]
    listed = filed.select("school_code", "stage").join(schools.select("school_code"), on="school_code", how="semi")
    return nw.concat([*expected, listed]).unique(["school_code", "stage"])


def _enrolment(filed: Frame, homes: Frame) -> Frame:
    """home and pupils by stage: 0 where a school has no such stage, blank where it should have filed and did not."""
    counts: dict[str, nw.Expr] = {}
    for stage in Stage:
        own = nw.col("stage") == str(stage)
        counts[f"sum_{stage}"] = nw.when(own).then(nw.col("pupils")).sum()
        counts[f"blank_{stage}"] = (own & nw.col("pupils").is_null()).cast(nw.Int64).sum()
    pupils = {
        f"pupils_{stage}": nw.when(nw.col(f"blank_{stage}").fill_null(0) == 0).then(nw.col(f"sum_{stage}").fill_null(0))
        for stage in Stage
    }
    return (
        homes.select("home")
        .unique()
        .join(filed.group_by("home").agg(**counts), on="home", how="left")
        .with_columns(**pupils)
        .with_columns(school_pupils=nw.col("pupils_primary") + nw.col("pupils_junior"))
        .select("home", *pupils, "school_pupils")
    )


def _with_share(stages: Frame, standard: Standard) -> Frame:
    weights = standard.split.weights if standard.split else {}
    weighted = {
        stage: nw.col(f"pupils_{stage}").cast(nw.Float64) * float(weights.get(stage.value, 1)) for stage in Stage
    }
    total = weighted[Stage.PRIMARY] + weighted[Stage.JUNIOR] + weighted[Stage.SENIOR]
    own = nw.when(nw.col("stage") == "primary").then(weighted[Stage.PRIMARY]).otherwise(weighted[Stage.JUNIOR])
    return stages.with_columns(share=nw.when(total > 0).then(own / total))


def _with_scope(stages: Frame, standard: Standard) -> Frame:
    left_out: nw.Expr = nw.lit(None, nw.Int64)
    for index, entry in reversed(list(enumerate(standard.leave_out))):
        applies = condition_expression(entry.where).fill_null(False)
        left_out = nw.when(applies).then(nw.lit(index)).otherwise(left_out)
    return stages.with_columns(left_out=left_out)


def _whole_schools(compulsory: Frame, about: Frame, needed: Sequence[str]) -> Frame:
    """One row a school: its stages summed, of class sizes the largest; a blank in any stage leaves it blank."""
    columns = ["pupils", *needed]
    totals = _sums_and_blanks(columns)
    totals |= {column: nw.col(column).max() for column in needed if column in LARGEST}
    whole = compulsory.group_by("home").agg(**totals).with_columns(**_unless_blank(columns))
    return whole.select("home", *columns).join(about, on="home")


def _with_flags_as_numbers(frame: Frame, tables: Tables) -> Frame:
    flags = _flags(frame.collect_schema().names(), tables)
    return frame.with_columns(**{flag: nw.col(flag).cast(nw.Int64) for flag in flags})


def _flags(columns: Iterable[str], tables: Tables) -> list[str]:
    types = {c.name: c.type for table in tables.tables.values() for c in table.columns.values()}
    return [name for name in columns if types.get(name) is ColumnType.FLAG]


def _counties(frames: Frames, schools: Frame, county_year: Frame, needed: Sequence[str]) -> Frame:
    codes = nw.concat([frames["county"].select("county_code"), schools.select("county_code")]).unique()
    about = frames["county"].select("county_code", "county_name", *needed)
    return codes.join(about, on="county_code", how="left").join(county_year, on="county_code", how="left")
