"""Hold a judgement against the second opinion, cell by cell, and list where they part."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import isinf

import polars as pl

import reference
from junheng.verdict.judgement import Judgement

TOLERANCE = 1e-12


def disagreements(judgement: Judgement, opinion: reference.Opinion) -> list[str]:
    """Every place where the judge and the second opinion differ: nothing is left out of the comparison."""
    return list(_all(judgement, opinion))


def _all(judgement: Judgement, opinion: reference.Opinion) -> Iterator[str]:
    keys = {
        "stage": ("county_code", "school_code", "stage"),
        "school": ("county_code", "school_code"),
        "county_stage": ("county_code", "stage"),
        "county": ("county_code",),
    }
    frames = {level: judgement.judged_checks.of(level) for level in keys} | {"stage": judgement.rows}
    for level, key in keys.items():
        yield from _level(level, frames[level], key, opinion)
    for row in judgement.rows.iter_rows(named=True):
        place = row["county_code"], row["school_code"], row["stage"]
        own = opinion.rows[place]
        for column in ("pupils", "left_out", "school_pupils"):
            if row[column] != own[column]:
                yield f"{place} {column}: judge {row[column]}, reference {own[column]}"
        if row["outcome"] != opinion.row_outcomes[place]:
            yield f"{place} outcome: judge {row['outcome']}, reference {opinion.row_outcomes[place]}"
        yield from _span(f"score of {place}", row, opinion.school_scores[place] or (None, None))
        if not same(row["share"], own["share"]):
            yield f"{place} share: judge {row['share']}, reference {own['share']}"
    members = dict(judgement.computed.members.select("school_code", "home").iter_rows())
    if members != opinion.members:
        yield f"members: judge {members}, reference {opinion.members}"
    yield from _balance(judgement.balance, opinion)
    yield from _outcomes("checks", judgement.checks, ("county_code", "check"), opinion.checks)
    yield from _outcomes("items", judgement.items, ("county_code", "part", "item"), opinion.items)
    parts = {key: outcome for key, (outcome, _) in opinion.parts.items()}
    yield from _outcomes("parts", judgement.parts, ("county_code", "part"), parts)
    for row in judgement.parts.iter_rows(named=True):
        span = opinion.parts[row["county_code"], row["part"]][1]
        yield from _span(f"score of {row['county_code']} {row['part']}", row, span)
        if not same(row["score"], span[0] if span[0] == span[1] else None):
            yield f"score of {row['county_code']} {row['part']}: judge {row['score']}, reference {span}"
    for row in judgement.items.iter_rows(named=True):
        place = row["county_code"], row["part"], row["item"]
        span = opinion.item_scores.get(place, (None, None))
        # Nothing is said of the score of an item whose points nobody knows.
        yield from _span(f"score of {place}", row, (None, None) if span[1] is None else span)
    verdicts = {(county,): outcome for county, outcome in opinion.verdicts.items()}
    yield from _outcomes("verdict", judgement.counties, ("county_code",), verdicts)


def _level(level: str, frame: pl.DataFrame, key: tuple[str, ...], opinion: reference.Opinion) -> Iterator[str]:
    judged = {tuple(row[column] for column in key): row for row in frame.iter_rows(named=True)}
    if judged.keys() != opinion.values[level].keys():
        yield f"{level} rows: judge only {judged.keys() - opinion.values[level].keys()}"
        yield f"{level} rows: reference only {opinion.values[level].keys() - judged.keys()}"
        return
    for place, row in judged.items():
        for name, outcome in opinion.outcomes[level][place].items():
            if row[f"{name}__outcome"] != outcome:
                yield f"{place} {name}: judge {row[f'{name}__outcome']}, reference {outcome}"
        for name, value in opinion.values[level][place].items():
            if row[f"{name}__absent"] != value.absent:
                yield f"{place} {name} absent: judge {row[f'{name}__absent']}, reference {value.absent}"
            if not same(row[f"{name}__value"], value.value, value.size):
                yield f"{place} {name} value: judge {row[f'{name}__value']}, reference {value.value}"


def _span(what: str, row: dict[str, object], span: reference.Span) -> Iterator[str]:
    for column, value in zip(("score_low", "score_high"), span, strict=True):
        if not same(row[column], value, 100):
            yield f"{what} {column}: judge {row[column]}, reference {value}"


def _balance(balance: pl.DataFrame, opinion: reference.Opinion) -> Iterator[str]:
    judged = {(row["county_code"], row["stage"], row["indicator"]): row for row in balance.iter_rows(named=True)}
    if judged.keys() != opinion.balance.keys():
        yield f"balance rows: {judged.keys() ^ opinion.balance.keys()}"
        return
    for place, row in judged.items():
        own = opinion.balance[place]
        for column in ("schools", "absent", "outcome"):
            if row[column] != getattr(own, column):
                yield f"{place} {column}: judge {row[column]}, reference {getattr(own, column)}"
        sd = None if own.variance is None else reference.root(own.variance)
        for column, value in (("mean", own.mean), ("sd", sd), ("cv", own.cv), ("plain_cv", own.plain_cv)):
            # Deviations of nearly alike schools are differences of numbers as large as the mean.
            size = own.mean if column in ("sd", "mean") and own.mean else Fraction(1)
            if not same(row[column], value, size):
                yield f"{place} {column}: judge {row[column]}, reference {value}"


def _outcomes(
    what: str, frame: pl.DataFrame, key: tuple[str, ...], expected: dict[tuple[str, ...], str | None]
) -> Iterator[str]:
    judged = {tuple(row[column] for column in key): row["outcome"] for row in frame.iter_rows(named=True)}
    for place in sorted(judged.keys() | expected.keys()):
        if judged.get(place) != expected.get(place):
            yield f"{what} {place}: judge {judged.get(place)}, reference {expected.get(place)}"


def same(found: float | None, exact: Fraction | Decimal | str | None, size: Fraction | int = 0) -> bool:
    """Equal to 1e-12 of the numbers that went in; absent and endless only where the other is."""
    if found is None or exact is None:
        return found is None and exact is None
    if exact == reference.ENDLESS or isinf(found):
        return exact == reference.ENDLESS and found > 0 and isinf(found)
    return abs(Fraction(found) - Fraction(exact)) <= Fraction(TOLERANCE) * max(abs(Fraction(exact)), size)
