"""One step of the reasoning behind a verdict."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.base.outcome import Outcome
from junheng.verdict.trace import FiledCell


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reasoning.

    Attributes:
        key: what it is about: ids joined by ``/``.
        title: in the words of the standard.
        outcome: None where nothing was to be judged (out of scope, not applicable).
        because: one Chinese sentence.
        source: document, place and how sure we are of the rule.
        cells: the filed numbers behind it.
        value: of a check of an item: what was found, without what is asked for.
        missed: of a check of an item: names of the schools or stages that miss it.
    """

    key: str
    title: str
    outcome: Outcome | None
    because: str
    source: str = ""
    cells: tuple[FiledCell, ...] = ()
    children: tuple[Reason, ...] = ()
    value: str = ""
    missed: str = ""
