"""The same question in pandas, as an analyst would answer it: merges, whole columns, group-by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.question import (
    ATTACHED,
    CV_LIMITS,
    INDICATORS,
    KINDS_WITH,
    REST,
    SMALL,
    SPECIAL,
    TABLES,
    TOLERANCE,
    WEIGHTS,
    files,
)

TEACHERS, BACKBONE, PE_ARTS, TEACHING, SPORTS, EQUIPMENT, MULTIMEDIA = INDICATORS
OF_STAGE, OF_SCHOOL = [TEACHERS, BACKBONE, PE_ARTS], [TEACHING, SPORTS, EQUIPMENT, MULTIMEDIA]


class Pandas:
    """Data frames with floats for numbers, all columns of them."""

    def __init__(self, nation: Path, year: int) -> None:
        self.year = year
        self.school, self.school_year, self.stage_year = (_read(files(nation, table, year)) for table in TABLES)
        self.found: tuple[Any, Any] | None = None

    def run(self) -> None:
        rows = judge_rows(self.school, self.school_year, self.stage_year, self.year)
        self.found = rows, judge_balance(rows)

    def answer(self) -> tuple[Any, Any]:
        assert self.found is not None
        return self.found


def _read(parts: list[Path]) -> Any:  # noqa: ANN401 - pandas ships no types (2026-11)
    table = pa.concat_tables((pq.ParquetFile(part).read() for part in parts), promote_options="default")
    for place, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            table = table.set_column(place, column.name, table[column.name].cast(pa.float64()))
    return table.to_pandas()


def judge_rows(school: Any, school_year: Any, stage_year: Any, year: int) -> Any:  # noqa: ANN401
    """Every expected or filed row of 小学 and 初中 with values and outcomes."""
    day = pd.Timestamp(year, 9, 1)
    opened, closed = pd.to_datetime(school["opened_on"]), pd.to_datetime(school["closed_on"])
    school = school.loc[~(opened > day) & ~(closed <= day), ["school_code", "county_code", "school_kind", "campus_of"]]
    stages = _stage_rows(school, stage_year, year)
    school = school.assign(home=_homes(school, stages))
    homes = school[["school_code", "home"]]

    stages = _whole(stages.merge(homes, on="school_code"), ["home", "stage"], ["pupils", *OF_STAGE])
    facilities = school_year[school_year["school_year"] == year]
    facilities = facilities[["school_code"]].assign(**_school_amounts(facilities))
    facilities = _whole(homes.merge(facilities, on="school_code", how="left"), ["home"], OF_SCHOOL)
    mains = school.loc[school["home"] == school["school_code"], ["home", "county_code", "school_kind"]]
    rows = (
        stages[stages["stage"] != "senior"]
        .merge(mains, on="home")
        .merge(facilities, on="home")
        .merge(_enrolment(stages), on="home")
    )
    return _decided(_valued(rows).rename(columns={"home": "school_code"}))


def _stage_rows(school: Any, stage_year: Any, year: int) -> Any:  # noqa: ANN401
    """What open schools filed by stage, and a blank row where a school of its kind should have filed."""
    filed = stage_year[
        (stage_year["school_year"] == year)
        & stage_year["stage"].isin(list(WEIGHTS))
        & stage_year["school_code"].isin(school["school_code"])
    ]
    filed = filed[["school_code", "stage", "pupils"]].assign(**_stage_amounts(filed))
    expected = [
        school.loc[school["school_kind"].isin(kinds), ["school_code"]].assign(stage=stage)
        for stage, kinds in KINDS_WITH.items()
    ]
    asked = pd.concat([*expected, filed[["school_code", "stage"]]]).drop_duplicates()
    return asked.merge(filed, on=["school_code", "stage"], how="left")


def _homes(school: Any, stages: Any) -> Any:  # noqa: ANN401
    """The school that each is judged with: a small or attached campus goes with its main school."""
    compulsory = stages[stages["stage"] != "senior"]
    sizes = compulsory.groupby("school_code")["pupils"].agg(["sum", "count", "size"])
    own = sizes["sum"].where(sizes["count"] == sizes["size"]).reindex(school["school_code"]).to_numpy()
    listed = school["campus_of"].isin(school["school_code"])
    joins = listed & ((own < SMALL) | school["school_kind"].isin(ATTACHED))
    stay = school.loc[~joins, "school_code"]
    return school["school_code"].where(~(joins & school["campus_of"].isin(stay)), school["campus_of"])


def _stage_amounts(stages: Any) -> dict[str, Any]:  # noqa: ANN401
    associate = stages["teachers_associate"].where(stages["stage"] == "primary", 0)
    return {
        TEACHERS: associate + stages["teachers_bachelor"] + stages["teachers_master"] + stages["teachers_doctor"],
        BACKBONE: stages["backbone_teachers"],
        PE_ARTS: stages["teachers_pe"]
        + stages["teachers_music"]
        + stages["teachers_fine_arts"]
        + stages["teachers_arts"],
    }


def _school_amounts(facilities: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        TEACHING: facilities["teaching_area"] - facilities["indoor_sports_area"],
        SPORTS: facilities["sports_ground_area"] + facilities["indoor_sports_area"],
        EQUIPMENT: facilities["equipment_value"],
        MULTIMEDIA: facilities["multimedia_classrooms"],
    }


def _whole(frame: Any, key: list[str], columns: list[str]) -> Any:  # noqa: ANN401
    """Sums over campuses; only rows with a campus beside them are grouped, a blank of any leaves the sum blank."""
    several = frame.duplicated(key, keep=False)
    alone, together = frame.loc[~several, [*key, *columns]], frame[several]
    if together.empty:
        return alone
    grouped = together.groupby(key)[columns]
    sums = grouped.sum().where(grouped.count().eq(grouped.size(), axis=0))
    return pd.concat([alone, sums.reset_index()])


def _enrolment(stages: Any) -> Any:  # noqa: ANN401
    """Pupils by stage: 0 where a school has no such stage, blank where it should have filed and did not."""
    known = stages.assign(pupils=stages["pupils"].fillna(np.inf)).pivot(index="home", columns="stage", values="pupils")
    pupils = known.reindex(columns=list(WEIGHTS)).fillna(0).replace(np.inf, np.nan)
    return pupils.add_prefix("pupils_").reset_index()


def _valued(rows: Any) -> Any:  # noqa: ANN401
    weighted = {stage: rows[f"pupils_{stage}"] * weight for stage, weight in WEIGHTS.items()}
    own = weighted["primary"].where(rows["stage"] == "primary", weighted["junior"])
    total = weighted["primary"] + weighted["junior"] + weighted["senior"]
    share, pupils = own / total.where(total > 0), rows["pupils"].where(rows["pupils"] > 0)
    values = {}
    for name, (_, _, split) in INDICATORS.items():
        amount = rows[name] * share if split else rows[name]
        values[f"{name}__value"] = amount * (100 if name.endswith("_per_100") else 1) / pupils
    kind, school_pupils = rows["school_kind"], rows["pupils_primary"] + rows["pupils_junior"]
    out = [kind.isin(SPECIAL), kind == "361", kind == "321", (kind == "218") & (school_pupils < SMALL)]
    left_out = np.select(out, [0.0, 1.0, 2.0, 3.0], np.nan)
    return rows[["county_code", "home", "stage", "pupils"]].assign(left_out=left_out, **values)


def _decided(rows: Any) -> Any:  # noqa: ANN401
    primary = (rows["stage"] == "primary").to_numpy()
    outcomes = {}
    for name, (at_primary, at_junior, _) in INDICATORS.items():
        value, limit = rows[f"{name}__value"].to_numpy(), np.where(primary, at_primary, at_junior)
        cases = [np.isnan(value), value >= limit - TOLERANCE, value >= REST * limit - TOLERANCE]
        outcomes[f"{name}__outcome"] = np.select(cases, ["unknown", "met", "tolerated"], "unmet")
    every = np.column_stack(list(outcomes.values()))
    unmet, tolerated, unknown = ((every == word).sum(axis=1) for word in ("unmet", "tolerated", "unknown"))
    cases = [(unmet > 0) | (tolerated > 1), unknown > 0, tolerated == 1]
    outcome = pd.Series(np.select(cases, ["unmet", "unknown", "tolerated"], "met"), index=rows.index, dtype=object)
    return rows.assign(**outcomes, outcome=outcome.where(rows["left_out"].isna(), None))


def judge_balance(rows: Any) -> Any:  # noqa: ANN401
    """One row per county, stage and indicator; the mean first, then the spread around it."""
    names = [f"{name}__value" for name in INDICATORS]
    rows = rows[rows["left_out"].isna()]
    key = [rows["county_code"], rows["stage"]]
    values, pupils = rows[names], rows["pupils"]
    weights = values.notna().mul(pupils, axis=0)
    absent = values.isna().mul(pupils.isna() | (pupils != 0), axis=0).groupby(key).sum()
    grouped, total = values.groupby(key), weights.groupby(key).sum()
    mean, plain_mean = (values * weights).groupby(key).sum() / total, grouped.mean()
    at = pd.MultiIndex.from_frame(rows[["county_code", "stage"]])
    off = values - mean.reindex(at).to_numpy()
    sd = np.sqrt((off**2 * weights).groupby(key).sum() / total)
    measures = {
        "schools": grouped.count(),
        "absent": absent,
        "mean": mean,
        "sd": sd,
        "cv": sd / mean.where(mean > 0),
        "plain_cv": grouped.std(ddof=0) / plain_mean.where(plain_mean > 0),
    }
    long = pd.concat({name: _long(frame) for name, frame in measures.items()}, axis=1).reset_index()
    limit = long["stage"].map(CV_LIMITS)
    cases = [(long["absent"] > 0) | long["cv"].isna(), long["cv"] <= limit + TOLERANCE]
    return long.assign(limit=limit, outcome=np.select(cases, ["unknown", "met"], "unmet"))


def _long(frame: Any) -> Any:  # noqa: ANN401
    return frame.rename(columns=lambda name: name.removesuffix("__value")).rename_axis(columns="indicator").stack()
