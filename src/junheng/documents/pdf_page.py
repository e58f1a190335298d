"""A page of a PDF as pdfium sees it: its characters with their places, and the lines ruled on it."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from junheng.documents import limits

_SHORTEST = 4.0  # points; what is shorter is the end of a thick line
_SLANT = 0.5  # points that a straight line may be off
_HYPHENS = ("\x02", "\ufffe")  # pdfium's marks for a hyphen at the end of a line


Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page.

    Attributes:
        left, right: in points from the left.
        base: height of the line it stands on, in points from the bottom.
        size: of its type, in points.
    """

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright: ``at`` is its height or place from the left, ``low`` to ``high`` its reach."""

    at: float
    low: float
    high: float


class Turned:
    """Places on a page as it is shown: some pages are stored lying on their side, or with another corner than 0, 0."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.turn = page.get_rotation()
        left, bottom, right, top = page.get_bbox()
        self.left, self.bottom = left, bottom
        self.width, self.height = right - left, top - bottom  # as stored

    def point(self, x: float, y: float) -> Point:
        """A place in points from the left and the bottom of the shown page."""
        x, y = x - self.left, y - self.bottom
        match self.turn:
            case 90:
                return y, self.width - x
            case 180:
                return self.width - x, self.height - y
            case 270:
                return self.height - y, x
            case _:
                return x, y

    def is_upright(self, matrix: pdfium.FS_MATRIX) -> bool:
        """Whether characters set with a matrix run from left to right on the shown page."""
        x0, y0 = self.point(0, 0)
        x1, y1 = self.point(matrix.a, matrix.b)
        return x1 - x0 > 5 * abs(y1 - y0)


def glyphs_of(page: pypdfium2.PdfPage, turned: Turned) -> list[Glyph]:
    """The characters of a page in the order of the file, which is that of reading.

    Those that stand on their side or aslant (watermarks, the axes of charts) are left out.
    """
    text = page.get_textpage()
    raw = text.raw
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    high = ""
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a rare character
            high = chr(code)
            continue
        character = chr(code)
        if 0xDC00 <= code < 0xE000:
            character = (high + character).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        high = ""
        if character in "\r\n" or pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue  # pdfium's own guess at a gap or the end of a line
        pdfium.FPDFText_GetMatrix(raw, index, matrix)
        if not turned.is_upright(matrix):
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        (one, _), (other, _) = turned.point(box.left, box.bottom), turned.point(box.right, box.top)
        _, base = turned.point(x.value, y.value)
        size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
        found.append(Glyph(_plain(character), min(one, other), max(one, other), base, size))
    text.close()
    return found


def _plain(character: str) -> str:
    """The character that is meant: some programs write 一 as the radical that looks like it."""
    if "\u2e80" <= character <= "\u2fdf":
        return unicodedata.normalize("NFKC", character)
    return "-" if character in _HYPHENS else character


def rules_of(page: pypdfium2.PdfPage, turned: Turned) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright lines of a page; none where there are so many that it must be a drawing."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for first, last in _segments(page):
        (x0, y0), (x1, y1) = turned.point(*first), turned.point(*last)
        if abs(y1 - y0) <= _SLANT and abs(x1 - x0) >= _SHORTEST:
            level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _SLANT and abs(y1 - y0) >= _SHORTEST:
            upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        if len(level) + len(upright) > limits.SEGMENTS:
            return [], []
    return level, upright


def _segments(page: pypdfium2.PdfPage) -> Iterator[tuple[Point, Point]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    # Only what is drawn on the page itself: what is placed on it as a whole, such as a chart, has no tables.
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        matrix = path.get_matrix()
        first = last = (math.nan, math.nan)
        for index in range(min(pdfium.FPDFPath_CountSegments(path.raw), limits.SEGMENTS + 1)):
            segment = pdfium.FPDFPath_GetPathSegment(path.raw, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                yield last, point
            last = point
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield last, first


def has_pictures(page: pypdfium2.PdfPage) -> bool:
    """Whether there is a picture on the page."""
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
