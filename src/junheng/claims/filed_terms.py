"""Which filed quantities the words of a figure mean (``junheng_standards/claims/filed.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from junheng.claims.terms import terms


@dataclass(frozen=True, slots=True)
class Meant:
    """A filed quantity that words may mean.

    Attributes:
        quantity: ``table.column``, or ``table.column+column`` for their sum.
        exact: the words mean this and nothing else.
    """

    quantity: str
    exact: bool

    @property
    def table(self) -> str:
        return self.quantity.partition(".")[0]


@dataclass(frozen=True)
class FiledTerms:
    """The quantities of every concept."""

    quantities: Mapping[str, Mapping[str, frozenset[str]]]
    averages: Mapping[str, Mapping[str, tuple[str, ...]]]

    def of(self, concept: str, label: str) -> tuple[Meant, ...]:
        """What a concept means in a label: the quantity of its very word alone, else all that may be meant.

        Args:
            label: the words of the figure, which hold one of the concept's.
        """
        known = self.quantities.get(concept, {})
        word = next((word for word in terms().pattern.findall(label)[::-1] if terms().by_word.get(word) == concept), "")
        exact = [quantity for quantity, words in known.items() if word in words or (not word and len(known) == 1)]
        if exact:
            return tuple(Meant(quantity, exact=True) for quantity in exact)
        return tuple(Meant(quantity, exact=False) for quantity in known)


@cache
def filed_terms() -> FiledTerms:
    """The installed ones."""
    data = yaml.safe_load(files("junheng_standards").joinpath("claims/filed.yaml").read_text("utf-8"))
    known = terms().concepts
    return FiledTerms(
        {
            concept: {
                quantity: frozenset(known[concept].words if words == "any" else words)
                for quantity, words in entry.items()
            }
            for concept, entry in data["quantities"].items()
        },
        {
            concept: {facet: tuple(quantities) for facet, quantities in entry.items()}
            for concept, entry in data["averages"].items()
        },
    )
