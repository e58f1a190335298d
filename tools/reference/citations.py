"""How the manual cites a document, and how sure we are of what it says."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.standards.check import Problem
from junheng.standards.library import documents
from junheng.standards.source import Source
from reference.language import Language
from reference.page import code, plain

CONFIDENCE = {"seen": ("已见原文", "seen"), "inferred": ("推断", "inferred"), "general": ("一般了解", "general")}


def cite(source: Source, language: Language) -> str:
    document = documents().get(source.document)
    name = (document.number or document.title) if document else source.document
    printed = language.say(f"；原文数字“{source.printed}”", f"; printed “{source.printed}”") if source.printed else ""
    confidence = language.say(*CONFIDENCE[source.confidence])
    return f"[{plain(name)}](sources.md) {plain(source.place)}{plain(printed)} **{confidence}**"


def unseen(note: Problem, sources: Mapping[str, Source], language: Language) -> str:
    if language is Language.ZH:
        return f"{code(note.place)}：{plain(note.message)}"
    source = sources.get(note.place)
    if source is None or source.confidence == "seen":
        return f"{code(note.place)}: some limits were not found; what depends on them cannot be judged"
    where = f" ({plain(source.place)})" if source.place else ""
    return f"{code(note.place)}: {CONFIDENCE[source.confidence][1]}{where}"
