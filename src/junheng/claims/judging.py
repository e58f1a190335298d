"""From readings of a figure's inputs to a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.base.exact import plain
from junheng.claims.agree import Agreement, Estimate, agreement
from junheng.claims.cause import cause_of_quotient, implied_whole, slip
from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.formulas import formula_words
from junheng.claims.lookup import Candidate
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import Form, Numeral
from junheng.claims.report import Report, printed_unit, ratio_value
from junheng.claims.roles import Role


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to recompute a figure.

    Attributes:
        actual: the recomputed value in the figure's own unit before its scale word (persons, yuan, per cent).
        inputs: figures used, in the order the formula names them.
        firm: surely the right inputs.
        formula: how they are joined: ÷, +, −, ×, or a name of ``formulas.py``.
        top: the dividend with the factor that makes the quotient the figure, for quotients; ``tops`` of the inputs
            make it up.
    """

    actual: Estimate
    inputs: tuple[Mention, ...]
    firm: bool
    formula: str
    top: tuple[Estimate, Fraction] | None = None
    tops: int = 1


def judged(
    report: Report,
    mention: Mention,
    relation: str,
    readings: Sequence[Reading],
    *,
    cause: Callable[[], Reason | None] | None = None,
) -> Claim:
    """Consistent when one reading agrees, inconsistent when all fail and one is firm, else not checkable.

    Args:
        cause: why it may be wrong, asked only when it is; by default what ``cause.py`` finds for the firm reading.
    """
    numeral = mention.figure.numeral
    if not readings:
        return report.claim(mention, relation, Verdict.NOT_CHECKABLE, Reason("inputs_missing"))
    if numeral.value is None:
        return report.claim(mention, relation, Verdict.NOT_CHECKABLE, Reason("masked"))
    if mention.past:
        return report.claim(mention, relation, Verdict.NOT_CHECKABLE, Reason("past"))
    if mention.role is Role.RATIO:
        numeral = replace(numeral, value=ratio_value(mention) or Fraction(0), form=Form.PLAIN)
    if relation in _OF_RESULTS and mention.mood is not Mood.RESULT:  # a target that happens to hold is no result
        return _claim(
            report,
            mention,
            relation,
            readings[0],
            Verdict.NOT_CHECKABLE,
            Reason("planned", _values(report, mention, readings[0])),
        )
    for reading in readings:
        found = agreement(numeral, reading.actual)
        if found is not Agreement.DISAGREES:
            return _claim(
                report,
                mention,
                relation,
                reading,
                Verdict.CONSISTENT,
                Reason(found.value, _values(report, mention, reading)),
            )
    firm = next(
        (reading for reading in readings if reading.firm and _comparable(mention, numeral, reading.actual.value)), None
    )
    if firm is None or mention.mood is not Mood.RESULT:
        template = "planned" if mention.mood is not Mood.RESULT else "unsure"
        return _claim(
            report,
            mention,
            relation,
            readings[0],
            Verdict.NOT_CHECKABLE,
            Reason(template, _values(report, mention, readings[0])),
        )
    return replace(
        _claim(
            report, mention, relation, firm, Verdict.INCONSISTENT, Reason("disagrees", _values(report, mention, firm))
        ),
        cause=cause() if cause is not None else _cause(report, mention, firm),
    )


_FURTHEST = 8  # a figure further off than this many times speaks of something else, but for a slipped decimal point
_FURTHEST_RATE = 3  # what a rate is of is told by its name only
_OF_RESULTS = ("each", "share", "rate", "ratio")  # sums and differences of a plan may still be gone through
_NEAR = Fraction(1, 20)
_SLIPS = (Fraction(10), Fraction(100), Fraction(1000), Fraction(10_000))


def _comparable(mention: Mention, numeral: Numeral, actual: Fraction) -> bool:
    """Whether a difference may be a mistake; one of another order shows that other figures were meant."""
    value = numeral.value
    if not value or not actual:
        return True
    off = max(abs(value / actual), abs(actual / value))
    furthest = _FURTHEST_RATE if mention.role is Role.RATE else _FURTHEST
    return off <= furthest or slip(numeral, actual) is not None or any(abs(off / one - 1) <= _NEAR for one in _SLIPS)


def _cause(report: Report, mention: Mention, reading: Reading) -> Reason | None:
    if reading.top is None:
        return slip(mention.figure.numeral, reading.actual.value)
    top, factor = reading.top
    found = cause_of_quotient(report, mention, top, reading.inputs[-1:], factor)
    return found or (implied_whole(mention, top, factor) if mention.role is not Role.RATIO else None)


def quotients(tops: Sequence[Candidate], bottoms: Sequence[Candidate], factor: Fraction, formula: str) -> list[Reading]:
    """All pairs, best first."""
    found = []
    for top in tops:
        for bottom in bottoms:
            if set(top.mentions) & set(bottom.mentions):
                continue
            actual = top.value.over(bottom.value)
            if actual is not None:
                found.append(
                    Reading(
                        actual.times(factor),
                        (*top.mentions, *bottom.mentions),
                        top.firm and bottom.firm,
                        formula,
                        (top.value, factor),
                        len(top.mentions),
                    )
                )
    return found


def _claim(report: Report, mention: Mention, relation: str, reading: Reading, verdict: Verdict, why: Reason) -> Claim:
    return report.claim(
        mention,
        relation,
        verdict,
        why,
        inputs=[report.input(one) for one in reading.inputs],
        recomputed=reading.actual.value,
    )


def _values(report: Report, mention: Mention, reading: Reading) -> dict[str, str]:
    figures = [report.text(one.figure.start, one.end) for one in reading.inputs]
    scale = mention.figure.numeral.scale
    percent = mention.figure.numeral.form is Form.PERCENT
    factor = reading.top[1] if reading.top else Fraction(1)
    return {
        "formula": formula_words(reading.formula, figures, reading.tops, 100 if percent else int(factor) or 1),
        "value": plain(reading.actual.value / scale, 4) + printed_unit(mention),
    }
