"""The text as it was meant: full-width forms, stray spaces, injected characters and wrapped lines undone.

Every character of the cleaned text knows where it came from, so that a quote is always the report's own text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMS = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
    | {"﹪": "%", "﹕": ":", "∶": ":", "︰": ":", "–": "-", "—": "-", "―": "-", "─": "-", "−": "-", "～": "-", "~": "-"}
    | {
        "〔": "[",
        "〕": "]",
        "﹝": "[",
        "﹞": "]",
        "【": "[",
        "】": "]",
        "　": " ",
        "\xa0": " ",
        "\u2002": " ",
        "\u2003": " ",
    }
    | {"｡": "。", "．": ".", "＊": "*", "╳": "×", "✕": "×", "㎜": "毫", "○": "〇"}
)
_DROPPED = "\u200b\u200c\u200d\ufeff\xad\u2060"
_WIDE = re.compile(r"[^\x00-\x7f]")
# A full stop between two digits of one line is a decimal point that an input method turned (12。5); before a date or a
# numbered item it ends a sentence.
_DECIMAL_STOP = re.compile(r"(?<=\d)(?<!:1)。(?=\d+(?!\d*(?:年|月|日|[.、])))")
_INJECTED = re.compile(r"(?<=[一-鿿])[.`'](?=[一-鿿])")
_NOTE_MARK = re.compile(r"(?<=[一-鿿])\[\d{1,2}\]")
_YEAR_GAP = re.compile(r"(?<=\b[12]) (?=\d{3}年)|(?<=\b[12]\d) (?=\d{2}年)|(?<=\b[12]\d\d) (?=\d年)")
# A number that scanning broke into pieces (7 3 6人, 2 6480平方米): in a sentence, with a piece of a single digit.
_BROKEN_NUMBER = re.compile(r"(?<=[一-鿿])\s?(?P<pieces>\d(?: ?\d)* \d+|\d+(?: \d)+)\s?(?=[一-鿿%])")
_ENDS = tuple("。！？!?;:：；…”）)")
_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.是]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）]|[①-⑳]|第[一二三四五六七八九十]+|[•·●■◆-])"
)
_SHORTEST_WRAPPED = 20  # a line that was cut by the page is at least this long


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text and the offset of each of its characters in the raw one."""

    text: str
    origin: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw stretch that ``text[start:end]`` came from, in offsets of the raw text."""
        return self.origin[start], self.origin[end - 1] + 1


def clean(raw: str) -> Cleaned:
    """Undo what happens to reports between the writer and us."""
    characters = [(character, index) for index, character in enumerate(raw) if character not in _DROPPED]
    text = "".join(character for character, _ in characters).translate(_FORMS)
    origin = [index for _, index in characters]
    text, origin = _without(text, origin, _wrapped_breaks(text) | _stray_spaces(text))
    text = _DECIMAL_STOP.sub(".", text)
    injected = {found.start() for found in _INJECTED.finditer(text)}
    notes = {index for found in _NOTE_MARK.finditer(text) for index in range(*found.span())}
    text, origin = _without(text, origin, injected | notes)
    return Cleaned(text, tuple(origin))


def _without(text: str, origin: list[int], dropped: set[int]) -> tuple[str, list[int]]:
    if not dropped:
        return text, origin
    kept = [index for index in range(len(text)) if index not in dropped]
    return "".join(text[index] for index in kept), [origin[index] for index in kept]


def _wrapped_breaks(text: str) -> set[int]:
    """Line breaks inside a sentence: after a full line that ends in the middle of one."""
    dropped: set[int] = set()
    start = 0
    while (end := text.find("\n", start)) >= 0:
        line, next_end = text[start:end].rstrip(), text.find("\n", end + 1)
        following = text[end + 1 : next_end if next_end >= 0 else len(text)]
        if (
            len(line.lstrip()) >= _SHORTEST_WRAPPED
            and not line.endswith(_ENDS)
            and following.strip()
            and not following.startswith((" ", "\t"))
            and not _ITEM.match(following)
            and not (line[-1].isdigit() and following[0].isdigit())
            and "\t" not in line
        ):
            dropped.add(end)
        start = end + 1
    return dropped


def _stray_spaces(text: str) -> set[int]:
    """Spaces that part nothing: at the start of a line, beside a Chinese character or a mark, inside a year."""
    dropped = {found.start() for found in _YEAR_GAP.finditer(text)}
    for found in _BROKEN_NUMBER.finditer(text):
        start = found.start("pieces")
        dropped.update(start + index for index, character in enumerate(found["pieces"]) if character == " ")
    for found in re.finditer(r" +", text):
        before = text[found.start() - 1] if found.start() else "\n"
        after = text[found.end()] if found.end() < len(text) else "\n"
        if before == "\n" or after == "\n" or _touches(before) or _touches(after):
            dropped.update(range(found.start(), found.end()))
    return dropped


def _touches(character: str) -> bool:
    return bool(_WIDE.match(character)) or character in ",;:()%[]"
