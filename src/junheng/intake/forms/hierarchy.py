"""What adds up in a form: parts and their whole, to a hundredth, as the forms themselves are rounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from junheng.intake.forms.mapping import Form, comparable
from junheng.intake.forms.words import row_word

TOLERANCE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SumProblem:
    """A whole that its parts do not make. ``whole`` and ``parts`` are the words of ``values`` that were compared."""

    whole: str
    printed: Decimal
    parts: tuple[str, ...]
    sum: Decimal

    @property
    def difference(self) -> Decimal:
        return self.printed - self.sum


def hierarchy_problems(
    values: Mapping[str, Decimal], form: Form, along: Literal["rows", "heads"] = "rows"
) -> list[SumProblem]:
    """Every whole that differs from the sum of its parts by more than 0.01.

    Parts that are not there may hold anything, so then only parts that exceed their whole are a problem.

    Args:
        values: by words as printed; words above are set before them with ``>`` (``公共教学用房 > 其他``).
        form: the form whose hierarchies are meant.
        along: whether the words are those of rows or of heads.
    """
    by_path = {comparable([row_word(word) for word in words.split(">")]): words for words in values}
    problems = []
    for entry in form.wholes:
        if entry.along != along:
            continue
        whole = _found(entry.whole, by_path)
        if whole is None:
            continue
        found = [words for part in entry.parts if (words := _found(part, by_path)) is not None]
        total = sum((values[words] for words in found), Decimal(0))
        over = total - values[whole]
        complete = len(found) == len(entry.parts)
        if over > TOLERANCE or (complete and -over > TOLERANCE):
            problems.append(SumProblem(whole, values[whole], tuple(found), total))
    return problems


def _found(wanted: tuple[str, ...], by_path: Mapping[tuple[str, ...], str]) -> str | None:
    """The words that name a path: the path itself, else the only one that ends with its last word below its others."""
    path = comparable(wanted)
    if path in by_path:
        return by_path[path]
    alike = [words for own, words in by_path.items() if own[-1] == path[-1] and set(path[:-1]) <= set(own)]
    return alike[0] if len(alike) == 1 else None
