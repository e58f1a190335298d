"""A figure beside the values that the data give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.base.exact import plain
from junheng.claims.agree import Agreement, agreement, exactly
from junheng.claims.claim import Claim, Input, Reason, Verdict
from junheng.claims.filed import Amount
from junheng.claims.mention import Mention
from junheng.claims.numerals import Form
from junheng.claims.report import Report, printed_unit, ratio_value
from junheng.claims.roles import Role

_NAMES = 3  # of schools that filed nothing


@dataclass(frozen=True, slots=True)
class Recorded:
    """One value that the data give a figure.

    Attributes:
        value: in the printed unit before its scale word; None where something it needs was not filed.
        amounts: what it is computed from.
        words: what it is, for people.
    """

    value: Fraction | None
    amounts: tuple[Amount, ...]
    words: str

    @classmethod
    def of(cls, amount: Amount, year: int, factor: Fraction) -> Recorded:
        """A filed quantity as it is, in another unit."""
        value = None if amount.value is None else amount.value * factor
        return cls(value, (amount,), f"{year}年填报的{amount.name}")

    @classmethod
    def quotient(cls, top: Amount, bottom: Amount, year: int, factor: Fraction) -> Recorded:
        """Top ÷ bottom × factor."""
        value = top.value / bottom.value * factor if top.value is not None and bottom.value else None
        return cls(value, (top, bottom), f"{year}年填报的{top.name}÷{bottom.name}")

    @classmethod
    def change(cls, now: Amount, before: Amount, year: int, factor: Fraction, *, growth: bool) -> Recorded:
        """What was added since the year before, or its share of what there was then."""
        words = f"{year}年填报的{now.name}比上年"
        if now.value is None or before.value is None or (growth and not before.value):
            return cls(None, (now, before), words)
        added = (now.value - before.value) * factor
        return cls(added / before.value if growth else added, (now, before), words)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of those who did not file what it needs."""
        return tuple(dict.fromkeys(name for amount in self.amounts for name in amount.missing))


def compared(
    report: Report, mention: Mention, relation: str, readings: Sequence[Recorded], *, doubt: str, between: bool = False
) -> Claim:
    """Consistent when one value agrees, inconsistent when none does and nothing is in doubt.

    Args:
        readings: the usual one first.
        doubt: a reason why a figure that differs may be right; empty without one.
        between: a figure between two readings may be a third one, such as premises shared out in another way.
    """
    numeral = mention.figure.numeral
    if mention.role is Role.RATIO:
        numeral = replace(numeral, value=ratio_value(mention) or Fraction(0), form=Form.PLAIN)
    whole = [one for one in readings if one.value is not None and not one.missing]
    for reading in whole:
        assert reading.value is not None
        found = agreement(numeral, exactly(reading.value))
        if found is not Agreement.DISAGREES:
            return _claim(report, mention, relation, reading, Verdict.CONSISTENT, found.value)
    first = readings[0]
    if first.missing and first.value is not None:
        return _claim(report, mention, relation, first, Verdict.NOT_CHECKABLE, "filed_in_part")
    if first.value is None:
        return not_filed(report, mention, first.words, first)
    assert numeral.value is not None
    values = [reading.value for reading in whole if reading.value is not None]
    if not doubt and between and min(values) < numeral.value < max(values):
        doubt = "filed_not_by_stage"
    if doubt:
        return _claim(report, mention, relation, first, Verdict.NOT_CHECKABLE, doubt)
    return _claim(report, mention, relation, first, Verdict.INCONSISTENT, "disagrees")


def not_filed(report: Report, mention: Mention, words: str, reading: Recorded | None = None) -> Claim:
    """The data have no such figure: nobody filed it, or not by that part."""
    amounts = () if reading is None else reading.amounts
    return replace(
        report.claim(
            mention, "filed", Verdict.NOT_CHECKABLE, Reason("not_filed", {"name": words}), inputs=map(_input, amounts)
        ),
        against="data",
    )


def _claim(
    report: Report, mention: Mention, relation: str, reading: Recorded, verdict: Verdict, template: str
) -> Claim:
    unit, scale = printed_unit(mention), mention.figure.numeral.scale
    value = reading.value or Fraction(0)
    values = {"formula": reading.words, "value": plain(value / scale, 4) + unit}
    if template == "filed_in_part":
        names = "、".join(reading.missing[:_NAMES]) + ("等" if len(reading.missing) > _NAMES else "")
        values = {"formula": reading.words, "count": str(len(reading.missing)), "names": names}
    claim = report.claim(
        mention,
        relation,
        verdict,
        Reason(template, values),
        inputs=map(_input, reading.amounts),
        recomputed=None if template == "filed_in_part" else value,
    )
    return replace(claim, against="data")


def _input(amount: Amount) -> Input:
    return Input(amount.name, amount.value, amount.unit, "", -1, amount.source)
