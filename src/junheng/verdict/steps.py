"""How one value came about, step by step: formula, split, arithmetic, its place in the county."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.exact import plain
from junheng.base.terms import Stage
from junheng.indicators.amounts import exact_amount
from junheng.indicators.exact import exact_share, exact_value
from junheng.indicators.kinds import all_kinds
from junheng.standards.indicator import Indicator
from junheng.standards.model import Split
from junheng.verdict.balance import contributions
from junheng.verdict.judgement import Judgement
from junheng.verdict.reason import Reason
from junheng.verdict.sentences import amount_words, cite, cv_words

Row = Mapping[str, Any]


def steps(judgement: Judgement, name: str, indicator: Indicator, row: Row) -> Iterator[Reason]:
    """How the value came about: formula, split, arithmetic, limit, and the school's part in the county's spread."""
    standard = judgement.standard
    formula = indicator.formula
    key = f"{row['school_code']}/{row['stage']}/{name}"
    stage = row["stage"]
    words = all_kinds()[formula.kind].words.format(
        amount=amount_words(judgement, formula.amount, stage),
        base=amount_words(judgement, formula.base, stage),
        scale=f" × {plain(formula.scale)}" if formula.scale != 1 else "",
        per=formula.per,
        floor=plain(formula.floor) if formula.floor is not None else "",
        years=formula.years,
        count=formula.count,
    )
    yield Reason(f"{key}/formula", "公式", None, words)
    split = standard.split if standard.split and name in standard.split.indicators else None
    share = exact_share(row, split) if split else Fraction(1)
    amount = exact_amount(formula.amount, row)
    if split and row["pupils_primary"] is not None and share not in (None, Fraction(1)):
        sentence = _split_sentence(row, split, share)
        yield Reason(f"{key}/split", "一贯制拆分", None, sentence, cite(standard, split.source))
    value = exact_value(name, indicator, standard, row)
    if amount is not None and share is not None and value is not None and formula.kind in ("per_pupil", "pupils_per"):
        top = (
            f"{plain(amount * share, 4)}" if split is None or share == 1 else f"{plain(amount, 4)} × {plain(share, 6)}"
        )
        scale = f" × {plain(formula.scale)}" if formula.scale != 1 else ""
        pupils = plain(row["pupils"])
        sum_text = f"{top} ÷ {pupils}{scale}" if formula.kind == "per_pupil" else f"{pupils} ÷ {top}{scale}"
        yield Reason(f"{key}/sum", "计算", None, f"{sum_text} = {plain(value, 6)} {indicator.unit}")
    spread = judgement.balance.filter(
        (pl.col("county_code") == row["county_code"]) & (pl.col("stage") == stage) & (pl.col("indicator") == name)
    )
    if spread.height and spread["mean"].item() is not None and value is not None:
        yield _place_in_county(judgement, name, indicator, row, spread.row(0, named=True))


def _split_sentence(row: Row, split: Split, share: Fraction | None) -> str:
    pieces = [
        f"{stage.zh} {row[f'pupils_{stage}']} 人 × {plain(split.weights[stage.value])}"
        for stage in Stage
        if row[f"pupils_{stage}"]
    ]
    return f"全校填报数按学生数折算分摊：{'，'.join(pieces)}；本学段占 {plain(share or Fraction(0), 6)}。"


def _place_in_county(judgement: Judgement, name: str, indicator: Indicator, row: Row, spread: Row) -> Reason:
    rows = judgement.in_scope.filter((pl.col("county_code") == row["county_code"]) & (pl.col("stage") == row["stage"]))
    shares = contributions(rows, name, spread["mean"], weighted=judgement.standard.weighted)
    places = shares.with_row_index("place", offset=1).filter(pl.col("school_code") == row["school_code"])
    text = f"全县平均 {plain(spread['mean'], 4)} {indicator.unit}，差异系数 {cv_words(spread['cv'])}"
    if places.height:
        place = places.row(0, named=True)
        text += f"；本校占离差平方和的 {plain(place['share'] * 100, 2)}%，在 {shares.height} 所中列第 {place['place']}"
    return Reason(f"{row['school_code']}/{row['stage']}/{name}/county", "在全县的位置", None, text + "。")
