"""A figure with what it counts, of whom, when, and how it is meant."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.claims.figures import Figure
from junheng.claims.mood import Mood
from junheng.claims.roles import Each, Part, Role
from junheng.claims.terms import Named


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in its sentence.

    Attributes:
        start: where its words begin in the cleaned text; they end at ``figure.end``.
        label: the words that say what is counted.
        facets: what its own words narrow it to; ``carried``: what the words before it in the sentence do.
        entity: the one school or town it is about; empty for the report's own subject.
        sentence: index of its sentence; ``depth`` of the brackets around it.
        part: 其中 or 含 stands before it in the sentence; ``distributive``: 各 does.
        past: what it was before it became the figure after it (由…提高到…).
        scope: 全县, 我校: whose total it is by its own words or those before it in the sentence; empty when not said.
        of: offset of the figure that it answers to in a list (a、b,分别占p、q: p answers to a).
        bare: one of a list whose things are not named (三个班分别为20人、25人、30人).
        implied: its own words name no concept; it goes on with that of the figure before it.
        under: stages that the heading above it names.
        loose: its words narrow nothing, those before it in the sentence do: it may be of the part or of the whole.
    """

    figure: Figure
    start: int
    label: str
    named: Named
    facets: frozenset[str]
    mood: Mood
    denied: bool
    year: int | None
    entity: str
    sentence: int
    depth: int
    part: bool
    distributive: bool
    past: bool
    scope: str
    under: frozenset[str]
    kind: Part
    carried: frozenset[str] = frozenset()
    of: int | None = None
    bare: bool = False
    implied: bool = False
    loose: bool = False

    @property
    def concept(self) -> str:
        return self.named.concept

    @property
    def role(self) -> Role:
        return self.kind.role

    @property
    def each(self) -> Each | None:
        return self.kind.each

    @property
    def base(self) -> str:
        return self.kind.base

    @property
    def direction(self) -> int:
        return self.kind.direction

    @property
    def ratio(self) -> str:
        return self.kind.ratio

    @property
    def end(self) -> int:
        return self.figure.end

    @property
    def value_known(self) -> bool:
        return self.figure.numeral.value is not None
