"""Lines of text on a page of a PDF, and the paragraphs that they are lines of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from junheng.documents.pdf_page import Glyph

_LARGER = 1.15  # times the size of the body is a heading's
_SENTENCE_END = "。；！？：;!?:"
# What only the beginning of a paragraph looks like.
_ITEM = re.compile(
    r"(?:第?[一二三四五六七八九十百]+[、章节条]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、．]|\d{1,2}\.(?!\d)|[①-⑳●•■◆])"
)
_CELL_MARGINS = 11  # points, left and right together, as Word and WPS set them
_LATIN = re.compile(r"[A-Za-z0-9]")
_NARROW = re.compile(r"[!-~]")
_OPENING, _CLOSING = "“‘（《〈【〔［([{", "”’）》〉】〕］)]}，。、；：！？％℃…—,.;:!?%"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        left, right: in points; base: its height from the bottom of the page; size: of its type.
        first: width of what at its beginning cannot be parted: a number with its unit sign, a character with its stop.
        spread: there is a wide gap in it, as between columns.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    first: float = 0
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Margins:
    """How the text of a page is set: its edges, and the height of a line; in points."""

    left: float
    right: float
    pitch: float


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Put characters together to lines, in their order; those of other fonts may come after the rest of a line."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        last = lines[-1][-1] if lines else None
        if last is not None and abs(glyph.base - last.base) <= max(last.size, glyph.size) / 2:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [_line(line) for line in lines if any(glyph.text.strip() for glyph in line)]


def _line(glyphs: list[Glyph]) -> Line:
    seen = sorted((glyph for glyph in glyphs if glyph.text.strip()), key=lambda glyph: glyph.left)
    # Some programs print a character twice, its outline and then its inside.
    seen = [seen[0], *(glyph for last, glyph in pairwise(seen) if not _again(last, glyph))]
    words = [seen[0].text]
    spread = False
    blanks = sorted(glyph.left for glyph in glyphs if not glyph.text.strip())
    for last, glyph in pairwise(seen):
        gap = glyph.left - last.right
        spread = spread or gap > 2 * glyph.size
        western = last.text.isascii() and glyph.text.isascii()
        # Between Chinese characters little gaps only stretch a line to the margin.
        if gap > (0.2 if western else 0.9) * glyph.size or _lies_between(blanks, last, glyph):
            words.append(" ")
        words.append(glyph.text)
    return Line(
        "".join(words),
        seen[0].left,
        max(glyph.right for glyph in seen),
        median(glyph.base for glyph in seen),
        median(glyph.size for glyph in seen),
        _unbroken(seen),
        spread,
    )


def _again(last: Glyph, glyph: Glyph) -> bool:
    return last.text == glyph.text and glyph.left - last.left < glyph.size / 8


def _lies_between(blanks: list[float], last: Glyph, glyph: Glyph) -> bool:
    """Whether somebody typed a blank there."""
    index = bisect_left(blanks, last.left)
    return index < len(blanks) and blanks[index] < glyph.left


def _unbroken(glyphs: Sequence[Glyph]) -> float:
    """Width of the beginning of a line that no program parts."""
    end = 1
    while end < len(glyphs):
        last, glyph = glyphs[end - 1], glyphs[end]
        western = _NARROW.match(last.text) and _NARROW.match(glyph.text) and glyph.left - last.right < last.size / 5
        if not (western or last.text in _OPENING or glyph.text in _CLOSING):
            break
        end += 1
    return glyphs[end - 1].right - glyphs[0].left


def body_size(lines: Sequence[Line]) -> float:
    """The size of most of the text, to half a point; 0 without text."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def is_larger(line: Line, body: float) -> bool:
    """Whether it is set as a heading: larger than the body."""
    return line.size > _LARGER * body


def margins_of(lines: Sequence[Line], body: float) -> Margins:
    """The edges of the lines in the body's size."""
    own = [line for line in lines if not is_larger(line, body) and not line.spread] or list(lines)
    steps = [upper.base - lower.base for upper, lower in pairwise(own)]
    steps = [step for step in steps if 0 < step < 4 * body]
    pitch = median(steps) if steps else 2 * body
    # A stop may hang out over the margin.
    full = [line for line in own if line.text[-1] not in _CLOSING] or own
    return Margins(min(line.left for line in own), max(line.right for line in full), pitch)


def goes_on(last: Line, line: Line, margins: Margins, body: float) -> bool:
    """Whether a line only goes on with the paragraph of the one above it on the same page."""
    step = last.base - line.base
    if is_larger(last, body) and is_larger(line, body):
        return _alike(last, line) and 0 < step < 2.2 * line.size
    return 0 < step <= 1.35 * margins.pitch and runs_over(last, margins, line, margins, body)


def runs_over(last: Line, above: Margins, line: Line, margins: Margins, body: float) -> bool:
    """Whether a paragraph fills its last line so that ``line`` may go on with it, on the next page too.

    Args:
        above: margins of the page of ``last``; ``margins``: of that of ``line``.
    """
    if last.spread or line.spread or not _alike(last, line) or is_larger(line, body):
        return False
    ended = last.text[-1] in _SENTENCE_END
    # What would have fitted in the line above begins a paragraph; a sentence that is not over is given the benefit of
    # a few characters, because programs part words in ways of their own.
    if last.right + line.first < above.right - (0.3 if ended else 4) * last.size:
        return False
    if _ITEM.match(line.text) and (ended or _ITEM.match(last.text)):
        return False
    indent = line.left - margins.left
    if indent < line.size:
        return True
    return not ended and "，" in last.text and abs(indent - (last.left - above.left)) < line.size / 2


def _alike(last: Line, line: Line) -> bool:
    return abs(last.size - line.size) <= 0.1 * max(last.size, line.size)


def joined(texts: Sequence[str]) -> str:
    """Lines of one paragraph as one line: Chinese needs nothing between, Western words a blank."""
    whole = texts[0]
    for text in texts[1:]:
        western = whole[-1].isascii() and whole[-1].isalpha() and _LATIN.match(text)
        whole += f" {text}" if western else text
    return whole


def cell_text(lines: Sequence[Line], width: float) -> str:
    """The text of a table's cell: a line that fills it goes on below, one that does not ends.

    Args:
        width: of the cell, in points.
    """
    parts: list[list[str]] = []
    last: Line | None = None
    for line in lines:
        if last is not None and width - (last.right - last.left) < _room(last, line):
            parts[-1].append(line.text)
        else:
            parts.append([line.text])
        last = line
    return "\n".join(map(joined, parts))


def _room(last: Line, line: Line) -> float:
    """How much of a cell's width may be left beside a line that goes on below; its margins included."""
    if last.text[-1].isdigit() and line.text[0].isdigit():  # one number only where not one digit more had room
        return _CELL_MARGINS + 0.6 * last.size
    return _CELL_MARGINS + 1.2 * last.size
