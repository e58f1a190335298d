"""Parts of a verdict on one county: what they are called and how they came out."""

from __future__ import annotations

import polars as pl

from junheng.base.terms import Label
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.verdict.judgement import Judgement
from junheng.verdict.sentences import part_label

_EN = {RESOURCES: "resources", BALANCE: "balance"}


def outcome_of(judgement: Judgement, county: str, part: str) -> str | None:
    """The outcome of one part; None where the standard has no such part."""
    found = judgement.parts.filter((pl.col("county_code") == county) & (pl.col("part") == part))["outcome"]
    return None if found.is_empty() else str(found[0])


def part_name(judgement: Judgement, part: str) -> Label:
    """What a part of the standard is called, in both languages."""
    en = _EN[part] if part in _EN else getattr(judgement.standard, part).label.en
    return Label(part_label(judgement, part), en)
