"""A copy of the document in Word with a comment on every finding, anchored on its very characters."""

from __future__ import annotations

import io
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from junheng.claims.account import account
from junheng.claims.claim import Claim
from junheng.claims.marking import Only, selected
from junheng.claims.word_copy import printable, word_copy
from junheng.claims.word_runs import Placed, cut
from junheng.documents.document import Document
from junheng.documents.package import Element
from junheng.documents.word import WordText, read_word_text

if TYPE_CHECKING:
    from docx.document import Document as Word

AUTHOR, INITIALS = "均衡", "均"


def annotated_word(
    document: Document,
    claims: Sequence[Claim],
    original: bytes | None = None,
    only: Only = Only.INCONSISTENT,
    language: str = "zh",
) -> bytes:
    """A Word file of the document with comments; of the same content it is the same each time, but for its own date.

    Args:
        claims: what ``check_document`` said about this document, in text order.
        original: the file that the document was read from. If it is a .docx, its copy keeps everything and gets the
            comments; of other formats, and without it, a new file has the text and the tables.
        only: which figures get a comment.
        language: of the comments, ``zh`` or ``en``.

    Raises:
        JunhengError: the original does not read.
    """
    shown = selected(claims, only)
    word: Word | None = None if original is None else _opened(original)
    if original is None or word is None:
        word, placed = word_copy(document, shown)
    else:
        placed = _cut_where_found(word, read_word_text(document.name, original), shown)
    starts = [one.start for one in placed]
    for claim in shown:
        first = max(0, bisect_right(starts, claim.start) - 1)
        last = bisect_left(starts, claim.end) - 1
        if placed and first <= last:
            _comment(word, placed[first].holder, placed[last].holder, "\n".join(account(claim, language)))
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def _opened(original: bytes) -> Word | None:
    """The file, or None: other formats, and templates and files with macros, which nothing here writes."""
    try:
        return docx.Document(io.BytesIO(original))
    except (BadZipFile, KeyError, ValueError):
        return None


def _cut_where_found(word: Word, text: WordText, claims: Sequence[Claim]) -> list[Placed]:
    """Cut the runs of a file where findings begin and end.

    Args:
        word: the file, to be changed.
        text: the same file as its text was read.
    """
    main, *_ = text.parts
    # Two readers of one file: the same elements in the same order.
    here, there = (
        [one for one in root.iter() if isinstance(one.tag, str)] for root in (text.parts[main], word.element)
    )
    nodes = dict(zip(here, there, strict=True))
    offsets = [offset for claim in claims for offset in (claim.start, claim.end)]
    placed = cut([run for run in text.runs if run.part == main], nodes, offsets)
    return placed + _in_notes(text, main, word.element)


def _in_notes(text: WordText, main: str, root: Element) -> list[Placed]:
    """What stands in footnotes and endnotes, placed where the text refers to them: notes take no comments in Word."""
    references = {
        (kind, reference.get(qn("w:id"))): reference
        for kind in ("footnote", "endnote")
        for reference in root.iter(qn(f"w:{kind}Reference"))
    }
    placed = []
    for run in text.runs:
        if run.part == main:
            continue
        for note in run.paragraph.iterancestors(qn("w:footnote"), qn("w:endnote")):
            reference = references.get((etree.QName(note).localname, note.get(qn("w:id"))))
            if reference is not None:
                placed.append(Placed(run.start, run.end, reference))
    return placed


def _comment(word: Word, first: Element, last: Element, words: str) -> None:
    """Put a comment around everything from ``first`` to ``last``, which stand in the body in this order."""
    made = word.comments.add_comment(printable(words), AUTHOR, INITIALS)
    # The time would make every copy another file, and says nothing that the file's own date does not.
    made._comment_elm.attrib.pop(qn("w:date"), None)
    number = str(made.comment_id)
    begin, end, reference = (OxmlElement(f"w:{name}") for name in ("commentRangeStart", "commentRangeEnd", "r"))
    reference.append(OxmlElement("w:commentReference"))
    for element in (begin, end, reference[0]):
        element.set(qn("w:id"), number)
    first.addprevious(begin)
    last.addnext(end)
    end.addnext(reference)
