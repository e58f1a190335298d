"""What a line of a report is made of: words, and figures that know where they come from.

Plain ``str`` runs are the words of this software and hold no digits: a number is a ``Figure``, what a standard or a
clerk wrote is a ``Quote``, and who is spoken of is a ``Name``. So every number can be traced, refreshed and masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isinf
from typing import Literal, TypeAlias

from junheng.base.exact import half_up, plain

Number: TypeAlias = Fraction | Decimal | float | int


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, bound to what it says and where it was read or worked out.

    Attributes:
        key: its address: the same quantity of the same subject has the same key in every report and every year.
        value: unrounded, in ``unit``; None where it is not known, then ``absent`` says why.
        unit: as printed (``人``, ``㎡``, ``%``), empty for a coefficient.
        digits: most decimals printed.
        fixed: print all of them (0.500), where trailing zeros say how exact the figure is.
        about: what it is, for a person who asks: ``小学专任教师数``.
        origin: where it comes from: a table and column, an indicator, an article.
    """

    key: str
    value: Number | None
    unit: str = ""
    digits: int = 0
    fixed: bool = False
    absent: str = "未填报"
    about: str = ""
    origin: str = ""

    @property
    def is_number(self) -> bool:
        """Whether there is a number to print: not where nothing is known, nor where a ratio has no end."""
        return self.value is not None and not (isinstance(self.value, float) and isinf(self.value))

    @property
    def number(self) -> str:
        """As printed in a cell whose column names the unit."""
        if self.value is None:
            return self.absent
        if isinstance(self.value, float) and isinf(self.value):
            return "没有配备"
        if self.fixed:
            value = Fraction(self.value) if isinstance(self.value, int) else self.value
            return format(half_up(value, self.digits), "f")
        return plain(self.value, self.digits)

    @property
    def text(self) -> str:
        """As printed in a sentence: number and unit."""
        return f"{self.number}{self.unit}" if self.is_number else self.number

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Name:
    """Who is spoken of; masked in a redacted copy."""

    text: str
    kind: Literal["county", "town", "school", "office", "person"]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are not ours: of a standard, of a label, of what somebody filed; may hold digits."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote at this place of the line."""

    text: Text


Run: TypeAlias = "str | Figure | Name | Quote | Note"
Text: TypeAlias = tuple[Run, ...]

_PLACE = re.compile(r"\{(\w+)\}")


def say(template: str, **runs: Run | Text | Iterable[Run]) -> Text:
    """A sentence with runs in its places: ``say("全县有小学{count}。", count=figure)``.

    A place takes one run or several; every run given must have a place, and every place a run.
    """
    pieces: list[Run] = []
    used = set()
    for index, piece in enumerate(_PLACE.split(template)):
        if index % 2 == 0:
            pieces.append(piece)
            continue
        used.add(piece)
        run = runs[piece]
        pieces.extend([run] if isinstance(run, str | Figure | Name | Quote | Note) else run)
    if unused := set(runs) - used:
        raise KeyError(f"no place for {', '.join(sorted(unused))} in: {template}")
    return tuple(piece for piece in pieces if piece != "")


def listed(items: Iterable[Run | Text], between: str = "、") -> Text:
    """Several runs one after another: 甲、乙、丙."""
    pieces: list[Run] = []
    for item in items:
        if pieces:
            pieces.append(between)
        pieces.extend([item] if isinstance(item, str | Figure | Name | Quote | Note) else item)
    return tuple(pieces)


def figures_in(text: Text) -> Iterator[Figure]:
    """The figures of a line, those of its footnotes included, in reading order."""
    for run in text:
        if isinstance(run, Figure):
            yield run
        elif isinstance(run, Note):
            yield from figures_in(run.text)


def words_of(text: Text) -> str:
    """The line as a person reads it, without its footnotes."""
    return "".join(str(run) for run in text if not isinstance(run, Note))
