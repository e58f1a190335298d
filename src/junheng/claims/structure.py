"""How a report is built: chapters that stand for themselves, headings, sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"[。！？!?\n]+")
# In order of rank; a heading closes all headings of its rank and below.
_RANKS = (
    re.compile(r"(?:第[一二三四五六七八九十]+[章篇部分]+|篇[一二三四五六七八九十]+)"),
    re.compile(r"[一二三四五六七八九十百零〇]{1,5}、"),
    re.compile(r"\([一二三四五六七八九十百零〇]{1,5}\)"),
    re.compile(r"\d{1,2}[、.](?!\d)"),
    re.compile(r"\(\d{1,2}\)|[①-⑳]"),
    re.compile(
        r"-{1,2}(?!\d)|(?:小学|初中|普通高中|职业高中|高中|中职|中学|幼儿园|学前|特殊教育|九年一贯制|城区|乡镇|农村)(?:部|阶段|教育|方面|学校)?:"
    ),
)
_BARE_HEADING = re.compile(r"[一-鿿、]{2,12}")  # 义务教育 on a line of its own
_TITLE = re.compile(
    r"(?:报告|汇报|总结|材料|方案|意见|办法|细则|通知|简介|规划|标准|计划|公报|要点|发言|讲话|.*篇[一二三四五六七八九十]+)(?:\([^)]*\))?$"
)
_RULES = re.compile(r"(?:办法|细则|标准|意见|通知)(?:\([^)]*\))?$")
_LONGEST_TITLE = 45
_LONGEST_HEADING = 30


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the cleaned text.

    Attributes:
        chapter: number of the piece of writing it belongs to; figures of two chapters are about different things.
        headings: those above it, outermost first.
        rules: its chapter lays down rules or plans and reports no results.
    """

    start: int
    end: int
    line: int
    chapter: int
    headings: tuple[str, ...]
    rules: bool


@dataclass(frozen=True, slots=True)
class Structure:
    """The sentences of a cleaned text in order."""

    sentences: tuple[Sentence, ...]

    def at(self, offset: int) -> int:
        """Index of the sentence that holds ``offset``."""
        return max(0, bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1)


def structure(text: str) -> Structure:
    """Split a cleaned text."""
    sentences: list[Sentence] = []
    open_headings: list[tuple[int, str]] = []
    chapter, rules, offset = 0, False, 0
    for line_number, line in enumerate(text.split("\n")):
        if _is_title(line):
            chapter, rules, open_headings = chapter + 1, bool(_RULES.search(line)), []
        elif (heading := _heading(line)) is not None:
            open_headings = [(rank, words) for rank, words in open_headings if rank < heading[0]] + [heading]
        for start, end in _sentences(line, offset):
            if start > offset and _RANKS[-1].match(text, start, end) and (heading := _heading(text[start:end])):
                open_headings = [(rank, words) for rank, words in open_headings if rank < heading[0]] + [heading]
            headings = tuple(words for _, words in open_headings)
            sentences.append(Sentence(start, end, line_number, chapter, headings, rules))
        offset += len(line) + 1
    return Structure(tuple(sentences))


def _sentences(line: str, offset: int) -> list[tuple[int, int]]:
    found, start = [], 0
    for end in [match.end() for match in _SENTENCE_END.finditer(line)] + [len(line)]:
        if line[start:end].strip():
            found.append((offset + start, offset + end))
        start = end
    return found


def _is_title(line: str) -> bool:
    words = line.strip()
    return (
        4 <= len(words) <= _LONGEST_TITLE
        and not re.search(r"[。,;:!?•·]|\([\d.]+分\)$", words)
        and not any(rank.match(words) for rank in _RANKS[1:])
        and bool(_TITLE.search(words))
    )


def _heading(line: str) -> tuple[int, str] | None:
    words = line.strip()
    for rank, pattern in enumerate(_RANKS, start=1):
        if mark := pattern.match(words):
            first = re.split(r"[。:;,]", words, maxsplit=1)[0]
            # 1、全校现有专任教师85人 is a sentence, not a heading.
            states = re.search(r"\d+(?!\d|年)", first[mark.end() :])
            return (rank, first) if len(first) <= _LONGEST_HEADING and not states else None
    return (1, words) if _BARE_HEADING.fullmatch(words) else None
