"""Persons counted in pandas, as an analyst would: the columns that are needed, flags, group-by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.rosters_question import (
    AMONG_FULLTIME,
    ARTS,
    CERTIFIED,
    COLUMNS,
    HOURS,
    KEY,
    TRAINED,
    VISITING,
    VISITORS,
    teacher_files,
)

WORDS = ("school_code", "stage", "attendance", "post", "degree", "title", "backbone_level", "subject")


class RostersPandas:
    """All persons of the year in memory, words as categories."""

    def __init__(self, nation: Path, year: int) -> None:
        self.files = teacher_files(nation, year)
        self.found: Any = None

    def run(self) -> None:
        parts = [pq.ParquetFile(file, read_dictionary=WORDS).read(columns=list(COLUMNS)) for file in self.files]
        self.found = count(pa.concat_tables(parts).unify_dictionaries().to_pandas(split_blocks=True))

    def answer(self) -> tuple[Any, Any]:
        return self.found, None


def count(persons: Any) -> Any:  # noqa: ANN401 - pandas ships no types (2026-11)
    """Amounts by school and stage; a person who may count, and for a blank may not, leaves them blank."""
    here = _here(persons)
    own, post = _among(persons, "attendance", ("own",)), _among(persons, "post", ("fulltime",))
    on_post = persons["on_post"].astype("boolean")
    fulltime = own & on_post & post
    held = {"teachers": fulltime}
    held |= {name: fulltime & _among(persons, column, words) for name, (column, words) in AMONG_FULLTIME.items()}
    held[CERTIFIED] = fulltime & persons["certificate"].astype("boolean")
    held[TRAINED] = fulltime & (persons["training_hours"].astype("Int64") >= HOURS)
    held[VISITING] = _among(persons, "attendance", VISITORS) & on_post & _among(persons, "subject", ARTS)
    schools, stages = persons["school_code"], persons["stage"]
    found, unknown = {}, {}
    adrift = stages.isna()
    for name, known in held.items():
        counts = known & here
        may_count = counts.fillna(True)[adrift].astype("float64").groupby(schools[adrift], observed=True).sum()
        found[name] = counts.fillna(False).astype("float64").groupby([schools, stages], observed=True).sum()
        unknown[name] = counts.isna().astype("float64").groupby([schools, stages], observed=True).sum(), may_count
    hits, opened = pd.DataFrame(found), pd.DataFrame({name: own for name, (own, _) in unknown.items()})
    some = (hits > 0).any(axis=1) | (opened > 0).any(axis=1)
    at = hits.index.get_level_values("school_code").astype(object)
    for name, (_, may_count) in unknown.items():
        may_count.index = may_count.index.astype(object)
        opened[name] += may_count.reindex(at).fillna(0).to_numpy()
    answer = hits.where(opened == 0)[some].reset_index().astype(dict.fromkeys(KEY, object))
    return answer[answer["stage"].isin(["primary", "junior"])]


def _among(persons: Any, column: str, words: tuple[str, ...]) -> Any:  # noqa: ANN401
    """Whether a word is one of some; blank where it is blank."""
    return persons[column].isin(words).astype("boolean").mask(persons[column].isna())


def _here(persons: Any) -> Any:  # noqa: ANN401
    """Whether a row is where its person counts; blank where that is open."""
    own = persons.loc[persons["attendance"] == "own", ["staff_no", "school_code", "at_school_since"]]
    own = own[own["staff_no"].duplicated(keep=False)].astype({"school_code": object})
    found = pd.Series(True, index=persons.index, dtype="boolean")
    if own.empty:
        return found
    by_school = own.groupby(["staff_no", "school_code"])["at_school_since"].agg(["max", "count", "size"]).reset_index()
    is_open = (by_school["size"] > 1) | (by_school["count"] < by_school["size"])
    persons_of = by_school["staff_no"]
    last = by_school["max"] == by_school.groupby("staff_no")["max"].transform("max")
    once = last.groupby(persons_of).transform("sum") == 1
    decided = ~is_open.groupby(persons_of).transform("any") & once
    places = pd.MultiIndex.from_frame(by_school[["staff_no", "school_code"]])
    here = pd.Series(np.where(decided, last, None), index=places).astype("boolean")
    among = persons["staff_no"].isin(set(persons_of))
    keys = pd.MultiIndex.from_frame(persons.loc[among, ["staff_no", "school_code"]].astype(object))
    known = keys.isin(places)
    answers = pd.Series(True, index=persons.index[among], dtype="boolean")
    answers[known] = here.reindex(keys[known]).to_numpy()
    found.loc[among] = answers
    return found
