"""Whether all ways of judging agree on a whole nation.

``python -m benchmarks.agreement_nation NATION [--years 2024 2025] [--exact 2025] [--spark 2025]``

Year by year the embedded engine's judgement is held against hand-written SQL and against pandas, value by value; of the
years of ``--spark`` against the whole judgement on Spark; of those of ``--exact`` against the second opinion in exact
fractions of ``tests/reference.py``, every value, absence, outcome, score and verdict of every county. Prints what was
compared as JSON, and ends with 1 at the first disagreement, saying where it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import polars as pl

from benchmarks.agreement import DisagreementError, difference, largest_difference
from benchmarks.contender import load
from benchmarks.judge import WholeVerdict
from benchmarks.processes import ROOT
from benchmarks.question import STANDARD
from benchmarks.rosters_question import AMOUNTS, KEY
from junheng.standards.library import load_standard
from junheng.store.national import NationalStore
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement

FRAMES = {
    "rows": ("county_code", "school_code", "stage"),
    "balance": ("county_code", "stage", "indicator"),
    "checks": ("county_code", "check"),
    "items": ("county_code", "part", "item"),
    "parts": ("county_code", "part"),
    "counties": ("county_code",),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nation", type=Path)
    parser.add_argument("--years", type=int, nargs="*", help="all by default")
    parser.add_argument("--exact", type=int, nargs="*", default=[], help="years held against exact fractions")
    parser.add_argument("--spark", type=int, nargs="*", default=[], help="years judged on Spark too")
    parser.add_argument("--persons", type=int, nargs="*", default=[], help="years whose persons are counted too")
    asked = parser.parse_args()
    years = asked.years or NationalStore(asked.nation).years()
    try:
        found = [agreement(asked.nation, year, year in asked.exact, year in asked.spark) for year in years]
        persons = [persons_agreement(asked.nation, year, year in asked.spark) for year in asked.persons]
    except DisagreementError as error:
        sys.exit(str(error))
    print(json.dumps({"years": found, "persons": persons}))


def agreement(nation: Path, year: int, exact: bool, spark: bool) -> dict[str, Any]:
    """What was compared of one year, and the largest relative difference between any two numbers.

    Raises:
        DisagreementError: two ways do not agree.
    """
    ours = WholeVerdict(nation, year)
    ours.run()
    assert ours.judgement
    judgement = ours.judgement
    verdicts = judgement.counties["outcome"].value_counts(sort=True).iter_rows()
    found: dict[str, Any] = {
        "year": year,
        "counties": judgement.counties.height,
        "rows": judgement.rows.height,
        "coefficients": judgement.balance.height,
        "verdicts": dict(verdicts),
        "ways": {},
    }
    for name in ("sql", "pandas"):
        began = perf_counter()
        contender = load(name, nation, year)
        contender.run()
        apart = largest_difference(ours.answer(), contender.answer())
        found["ways"][name] = {"largest": apart, "seconds": perf_counter() - began}
    if spark:
        began = perf_counter()
        other = load("spark", nation, year)
        other.run()
        assert isinstance(other, WholeVerdict)
        assert other.judgement
        apart = judgements_apart(judgement, other.judgement)
        found["ways"]["spark"] = {"largest": apart, "seconds": perf_counter() - began}
    if exact:
        began = perf_counter()
        found["ways"]["exact"] = {"values": _hold_against_fractions(judgement, nation)}
        found["ways"]["exact"]["seconds"] = perf_counter() - began
    return found


def persons_agreement(nation: Path, year: int, spark: bool) -> dict[str, Any]:
    """The same of the persons of a year, counted by school and stage.

    Raises:
        DisagreementError: two ways do not agree.
    """
    ours = load("rosters", nation, year)
    ours.run()
    counted, _ = ours.answer()
    found: dict[str, Any] = {"year": year, "rows": counted.height, "ways": {}}
    for name in ("rosters_sql", "rosters_pandas", *(["rosters_spark"] if spark else [])):
        contender = load(name, nation, year)
        contender.run()
        apart = difference(counted, contender.answer()[0], KEY, AMOUNTS)
        found["ways"][name.removeprefix("rosters_")] = {"largest": apart}
    return found


def judgements_apart(ours: Judgement, theirs: Judgement) -> float:
    """The largest relative difference of any number of two judgements, whose words must be the same.

    Raises:
        DisagreementError: they are not.
    """
    return max(difference(getattr(ours, name), getattr(theirs, name), *_columns(ours, name)) for name in FRAMES)


def _columns(judgement: Judgement, name: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    key, schema = FRAMES[name], getattr(judgement, name).schema
    values = tuple(column for column, kind in schema.items() if kind.is_float() and column not in key)
    return key, values, tuple(column for column in schema if column not in {*key, *values})


def _hold_against_fractions(judgement: Judgement, nation: Path) -> int:
    """Province by province, which must also be judged alone as it is in the nation; return how many values agreed."""
    sys.path.insert(0, str(ROOT / "tests"))
    reference, engines = import_module("reference"), import_module("engines.agreement")
    standard, day, count = load_standard(STANDARD), judgement.day, 0
    for province in sorted({code[:2] for code in judgement.counties["county_code"]}):
        dataset = NationalStore(nation).open(judgement.year, judgement.dataset.tables, region=province)
        alone = judge(dataset, standard, day, year=judgement.year)
        for name in FRAMES:
            within = getattr(judgement, name).filter(pl.col("county_code").str.starts_with(province))
            difference(within, getattr(alone, name), *_columns(judgement, name))
        opinion = reference.second_opinion(dataset, standard, day, year=judgement.year)
        if apart := engines.disagreements(alone, opinion):
            raise DisagreementError(f"{judgement.year}, province {province}: {len(apart)} places, first {apart[0]}")
        count += sum(_values(opinion))
    return count


def _values(opinion: Any) -> Iterator[int]:  # noqa: ANN401 - tests ship no types
    """How many values, outcomes and coefficients an opinion holds."""
    for level in (*opinion.values.values(), *opinion.outcomes.values()):
        yield sum(len(named) for named in level.values())
    yield from map(len, (opinion.row_outcomes, opinion.balance, opinion.checks, opinion.items, opinion.parts))
    yield len(opinion.verdicts)


if __name__ == "__main__":
    main()
