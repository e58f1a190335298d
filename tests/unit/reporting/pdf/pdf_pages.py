"""PDFs read back: their words, pages, bookmarks and faces."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

A4 = (595.276, 841.89)


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(path)
    try:
        yield document
    finally:
        document.close()


def pages(path: Path) -> list[str]:
    """The words of each page."""
    with opened(path) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def close_up(words: str) -> str:
    """Without blanks: lines are broken anywhere, and a little room stands between Chinese and figures."""
    return re.sub(r"\s", "", words)


def all_words(path: Path) -> str:
    return close_up("".join(pages(path)))


def sizes(path: Path) -> list[tuple[float, float]]:
    with opened(path) as document:
        return [page.get_size() for page in document]


def outline(path: Path) -> list[tuple[int, str, int]]:
    """Level, words and page (from 1) of each bookmark."""
    with opened(path) as document:
        return [
            (mark.level + 1, close_up(mark.get_title()), mark.get_dest().get_index() + 1) for mark in document.get_toc()
        ]


def about(path: Path) -> dict[str, str]:
    with opened(path) as document:
        return dict(document.get_metadata_dict())


def faces(path: Path) -> dict[str, bool]:
    """Every face that words are set in, and whether it is embedded."""
    found = {}
    with opened(path) as document:
        for page in document:
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                font = pdfium.FPDFTextObj_GetFont(item.raw)
                name = ctypes.create_string_buffer(200)
                pdfium.FPDFFont_GetBaseFontName(font, name, 200)
                found[name.value.decode()] = pdfium.FPDFFont_GetIsEmbedded(font) == 1
    return found


def lines(words: str) -> list[str]:
    return [close_up(line) for line in words.splitlines() if line.strip()]
