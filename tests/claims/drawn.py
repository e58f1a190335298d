"""Figures drawn at random, right or misprinted, and the ways of writing that are known by name.

A way of writing is a function that writes a sentence with figures in ⟦…⟧, true, or false by more than any rounding
explains. Its inputs are whole and exact, so that nothing but the figures in brackets can be wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from marked import Written, written

Draw = Callable[[st.SearchStrategy[Any]], Any]
DIGITS = "零一二三四五六七八九十"


def printed(value: Fraction | int, places: int) -> str:
    """A figure as reports print it, rounded half up."""
    exact = Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def misprinted(draw: Draw, value: Fraction | int, places: int) -> str:
    """A figure that no rounding of ``value`` gives: at least a twentieth and three last places away."""
    right = printed(value, places)
    step = Fraction(1, 10**places)
    wrong = [printed(Fraction(value) * factor, places) for factor in _FACTORS] + _swapped(right)
    far = [one for one in wrong if abs(Fraction(one) - value) > max(3 * step, abs(Fraction(value)) / 20)]
    return str(draw(st.sampled_from(far or [printed(Fraction(value) + 5 * step, places)])))


_FACTORS = (Fraction(3, 5), Fraction(4, 5), Fraction(9, 10), Fraction(11, 10), Fraction(5, 4), Fraction(8, 5))


def _swapped(right: str) -> list[str]:
    """The figure with two neighbouring digits in the wrong order."""
    pairs = [at for at in range(len(right) - 1) if "." not in right[at : at + 2]]
    swaps = [right[:at] + right[at + 1] + right[at] + right[at + 2 :] for at in pairs]
    return [one for one in swaps if not one.startswith("0")]


def figure(draw: Draw, value: Fraction | int, places: int, *, true: bool) -> str:
    """The figure as printed when it is true, a misprint of it when not."""
    return printed(value, places) if true else misprinted(draw, value, places)


def whole_of_some(draw: Draw, parts: list[int], *, true: bool) -> int:
    """The whole of parts that may not be all of it: only a whole below their sum is certainly false."""
    together = sum(parts)
    if true:
        return together
    less = max(together // int(one_of(draw, [4, 8, 12])), 3)
    return together - (less + 1 if less in parts else less)  # not the sum of all parts but one


def amount(draw: Draw, number: int) -> str:
    """A whole number plainly, or with its thousands apart."""
    return draw(st.sampled_from([str(number), str(number), f"{number:,}"]))


def one_of(draw: Draw, options: list[Any]) -> Any:
    return draw(st.sampled_from(options))


def between(draw: Draw, low: int, high: int) -> int:
    return int(draw(st.integers(low, high)))


PATTERNS: dict[str, Callable[[Draw, bool], str]] = {}


def pattern(write: Callable[[Draw, bool], str]) -> Callable[[Draw, bool], str]:
    """Make a way of writing known by its name."""
    PATTERNS[write.__name__] = write
    return write


def sentences(name: str, *, true: bool) -> st.SearchStrategy[Written]:
    """Sentences of a pattern, with the punctuation of a keyboard or of a printer."""

    @st.composite
    def compose(draw: Draw) -> Written:
        marked = PATTERNS[name](draw, true)
        if draw(st.booleans()):
            marked = marked.replace(",", "，") if not _has_thousands(marked) else marked
        return written(marked)

    return compose()


def _has_thousands(text: str) -> bool:
    return any(a.isdigit() and b == "," and c.isdigit() for a, b, c in zip(text, text[1:], text[2:], strict=False))
