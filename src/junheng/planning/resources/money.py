"""Amounts of money in words, none of them rounded so that it says less than is true."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Protocol

from junheng.base.exact import half_up, plain
from junheng.base.terms import Label

_WAN = 10_000
_SHOWN = 100  # 元; 0.01 万元, the least that two decimals of 万元 can tell apart


class Words(Protocol):
    """An amount in 元, said in the unit that was chosen; ``up``: never less than it is, by the cent."""

    def __call__(self, yuan: Fraction, *, up: bool = False) -> Label: ...


def in_words(*differences: Fraction) -> Words:
    """Say amounts in 万元; all of them in 元 where one of these differences would read as nothing in 万元."""
    return _in_yuan if any(0 < abs(difference) < _SHOWN for difference in differences) else _in_wan


def _in_yuan(yuan: Fraction, *, up: bool = False) -> Label:
    text = plain(Fraction(ceil(yuan * 100), 100) if up else yuan, 2)
    return Label(f"{text} 元", f"{text} yuan")


def _in_wan(yuan: Fraction, *, up: bool = False) -> Label:
    wan = Fraction(half_up(yuan, 2)) / _WAN  # what a solver's float lies above a cent is no money
    text = plain(Fraction(ceil(wan * 100), 100) if up else wan, 2)
    return Label(f"{text} 万元", f"{text} × 10,000 yuan")
