"""The table of contents: a field that Word can bring up to date, with its result already in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from junheng.reporting.report.blocks import Heading
from junheng.reporting.word.draft import Draft, plain
from junheng.reporting.word.xml import Element, add, add_text, add_words


def bookmark(index: int) -> str:
    """The bookmark of a heading, by its index among all headings; Word takes such names for its own."""
    return f"_Toc{900_000_000 + index}"


def write_contents(
    draft: Draft,
    headings: Sequence[tuple[str, Heading]],
    depth: int,
    *,
    width: int,
    pages: Mapping[int, int] | None,
) -> None:
    """Write the title and the field.

    Args:
        headings: number and heading of all headings of the report.
        depth: the lowest level that is shown.
        width: of the text, in twips: where page numbers end.
        pages: index of a heading → its page; without it the entries have no page numbers until they are brought up
            to date.
    """
    shown = [(index, number, heading) for index, (number, heading) in enumerate(headings) if heading.level <= depth]
    if not shown:
        return
    block = add(draft.body, "sdt")  # with a button of its own, in Word, that brings it up to date
    part = add(add(block, "sdtPr"), "docPartObj")
    add(part, "docPartGallery", val="Table of Contents")
    add(part, "docPartUnique")
    content = add(block, "sdtContent")
    title = draft.paragraph("目录标题", keep=True, within=content)
    draft.words(title, "目　录")
    for at, (index, number, heading) in enumerate(shown):
        page = None if pages is None else pages.get(index)
        paragraph = draft.paragraph(f"toc {heading.level}", within=content, tab=width if page is not None else None)
        if at == 0:
            _field_begins(paragraph, rf'TOC \o "1-{depth}" \h \z')
        link = add(paragraph, "hyperlink", anchor=bookmark(index), history=1)
        draft.words(link, number + plain(heading.text))
        if page is not None:
            add(add(link, "r"), "tab")
            _field_begins(link, rf"PAGEREF {bookmark(index)} \h")
            add_text(add(link, "r"), str(page))
            _field_ends(link)
        if at == len(shown) - 1:
            _field_ends(paragraph)


def _field_begins(parent: Element, instruction: str) -> None:
    add(add(parent, "r"), "fldChar", fldCharType="begin")
    add_words(add(parent, "r"), "instrText", f" {instruction} ")
    add(add(parent, "r"), "fldChar", fldCharType="separate")


def _field_ends(parent: Element) -> None:
    add(add(parent, "r"), "fldChar", fldCharType="end")
