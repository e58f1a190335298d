"""The words of counted lists, from ``listed.yaml``."""

from __future__ import annotations

from functools import lru_cache

import yaml
from pydantic import BaseModel, ConfigDict

import junheng_standards


class ListWords(BaseModel):
    """What ``junheng_standards/claims/listed.yaml`` holds; each field is explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nouns: tuple[str, ...]
    bare_nouns: tuple[str, ...]
    kinds: tuple[str, ...]
    kinds_or_ranks: tuple[str, ...]
    not_kinds: tuple[str, ...]
    no_qualifier: tuple[str, ...]
    classifiers: tuple[str, ...]
    counting_classifiers: tuple[str, ...]
    before_other: tuple[str, ...]
    before_reference: tuple[str, ...]
    fixed_names: tuple[str, ...]
    same_meaning: tuple[tuple[str, ...], ...]
    lead_ins: tuple[str, ...]
    outcomes: tuple[str, ...]
    unfinished: tuple[str, ...]
    promises: tuple[str, ...]
    speeches: tuple[str, ...]
    named_ahead: tuple[str, ...]
    fulfilled: tuple[str, ...]
    no_list_before: tuple[str, ...]
    told_singly: tuple[str, ...]
    ranks: tuple[str, ...]


@lru_cache(maxsize=1)
def list_words() -> ListWords:
    """The words as declared, read once."""
    text = (junheng_standards.FOLDER / "claims/listed.yaml").read_text(encoding="utf-8")
    return ListWords.model_validate(yaml.safe_load(text))


def one_of(words: tuple[str, ...]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
