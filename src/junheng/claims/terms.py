"""The words of the field (``junheng_standards/claims/terms.yaml``): which concept a label names, which part of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_KEPT_IN = re.compile(r"图书(?:阅览)?[室馆](?=.{0,6}(?:图书|藏书|书))")  # where books stand, not what is counted


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that reports count.

    Attributes:
        base: kind of unit it is counted in (``units.Unit.base``).
        words: how reports name it; the first is its name.
    """

    id: str
    base: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What a label names.

    Attributes:
        concept: id of the concept that is its head; empty when the words know none.
        facets: which part of it, as ``facet:value``.
        others: further concepts named before the head, outermost first (专任教师 in 专任教师本科学历).
        rest: what the words do not know, without words that only say how it is put.
        trailing: the last piece of ``rest``, where it stands after all known words (项目 of 学校项目).
    """

    concept: str
    facets: frozenset[str]
    others: tuple[str, ...]
    rest: str
    trailing: str = ""


@dataclass(frozen=True)
class Terms:
    """All words, ready to match."""

    concepts: Mapping[str, Concept]
    facets: Mapping[str, frozenset[str]]
    neutral_facets: frozenset[str]
    implied: Mapping[str, frozenset[str]]
    rates: Mapping[str, tuple[str, str]]
    stems: Mapping[str, str]
    partitions: tuple[frozenset[str], ...]
    broader: Mapping[str, tuple[str, ...]]
    pattern: re.Pattern[str]
    plain: re.Pattern[str]
    by_word: Mapping[str, str]

    def named(self, label: str) -> Named:
        """Read a label such as 全县共有农村小学专任教师."""
        label = _KEPT_IN.sub("", label)
        facets: set[str] = set()
        concepts: list[str] = []
        rest: list[str] = []
        position = 0
        for found in self.pattern.finditer(label):
            rest.append(label[position : found.start()])
            position = found.end()
            word = found.group()
            if (narrowed := self.facets.get(word)) is not None:
                facets |= narrowed
                if word in self.by_word:  # 幼儿 are children, and those of 学前教育
                    concepts.append(self.by_word[word])
                elif word.endswith("生") and "pupils" in self.concepts:
                    concepts.append("pupils")
                elif word.endswith("教师"):
                    concepts.append("teachers")
                elif word.endswith("班"):
                    concepts.append("classes")
            else:
                concepts.append(self.by_word[word])
        rest.append(label[position:])
        words = "".join(self.plain.sub("", piece) for piece in rest).strip("、")
        if {"stage:primary", "stage:junior"} <= facets:  # 小学、初中 together are all of compulsory schooling
            facets -= {"stage:primary", "stage:junior"}
        head = concepts[-1] if concepts else ""
        if head != "schools":  # 学校共有图书: whose, not what
            concepts = [concept for concept in concepts if concept != "schools"]
        kept = frozenset(facets) - self.neutral_facets - self.implied.get(head, frozenset())
        head = next((concept for concept in concepts[:-1] if head in self.broader.get(concept, ())), head)
        others = tuple(dict.fromkeys(concept for concept in concepts if concept != head))
        return Named(head, kept, others, words, self.plain.sub("", rest[-1]) if len(rest) > 1 else "")

    def stages(self, words: str) -> frozenset[str]:
        """The stages that a heading names."""
        found = (self.facets.get(match.group(), frozenset()) for match in self.pattern.finditer(words))
        return frozenset(facet for facets in found for facet in facets if facet.startswith("stage:"))


@cache
def terms() -> Terms:
    """The installed words."""
    data = yaml.safe_load(files("junheng_standards").joinpath("claims/terms.yaml").read_text("utf-8"))
    concepts = {key: Concept(key, entry["base"], tuple(entry["words"])) for key, entry in data["concepts"].items()}
    by_word = {word: concept.id for concept in concepts.values() for word in concept.words}
    facets: dict[str, frozenset[str]] = {}
    for facet, values in data["facets"].items():
        for value, words in values.items():
            for word in words:  # 民办园 narrows by stage and by owner
                facets[word] = facets.get(word, frozenset()) | {f"{facet}:{value}"}
    known = sorted({*by_word, *facets}, key=len, reverse=True)
    plain = sorted(data["plain_words"], key=len, reverse=True)
    facet_of = {value: facet for facet, values in data["facets"].items() for value in values}
    return Terms(
        concepts=concepts,
        facets=facets,
        neutral_facets=frozenset(f"{facet_of[value]}:{value}" for value in data["neutral_facets"]),
        implied={
            concept: frozenset(f"{facet_of[value]}:{value}" for value in values)
            for concept, values in data["implied"].items()
        },
        rates={word: (part, whole) for word, (part, whole) in data["rates"].items()},
        stems=data["stems"],
        partitions=tuple(frozenset(f"{facet_of[value]}:{value}" for value in row) for row in data["partitions"]),
        broader={key: tuple(values) for key, values in data["broader"].items()},
        pattern=re.compile("|".join(map(re.escape, known))),
        plain=re.compile("|".join(map(re.escape, plain))),
        by_word=by_word,
    )
