"""A report as a PDF: laid out by typst from data and one template, with the faces of official documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from junheng.base.errors import JunhengError
from junheng.reporting import fonts
from junheng.reporting.pdf.document import document_data
from junheng.reporting.pdf.errors import (
    MissingCharactersError,
    NoChineseFontError,
    PdfNotWrittenError,
    SubstitutedFontError,
)
from junheng.reporting.report.blocks import Table
from junheng.reporting.report.report import Report

if TYPE_CHECKING:
    import typst

_TEMPLATE = Path(__file__).with_name("official.typ")
# Archives take PDF/A-2. Level A tags what is a heading or a cell, so that a screen reader can follow. The tags of
# tables with thousands of rows are nine tenths of the file: those keep level B, which has none.
_TAGGED_CELLS = 20_000


@dataclass(frozen=True)
class PdfMade:
    """What was written.

    Attributes:
        pages: how many.
        heading_pages: the page of each heading, by its place among all headings of the report (from 0).
        substitutions: faces that stand for those of official documents.
        missing: characters that no face of this machine has, printed as boxes.
        archival: the file keeps PDF/A-2; not, where characters are missing or privately coded.
    """

    pages: int
    heading_pages: Mapping[int, int]
    substitutions: tuple[fonts.Substitution, ...] = ()
    missing: str = ""
    archival: bool = True

    def notices(self) -> Iterator[JunhengError]:
        """What the user is told beside the file."""
        for other in self.substitutions:
            yield SubstitutedFontError(wanted=other.wanted, used=other.used)
        if self.missing:
            yield MissingCharactersError(characters="、".join(self.missing))


def write_pdf(report: Report, path: str | Path) -> PdfMade:
    """Write the report to ``path``, over what is there.

    Raises:
        NoChineseFontError: JH-R030, the machine has no Chinese face.
        PdfNotWrittenError: JH-R033, the place does not take a file.
    """
    document = _document(report)
    missing = fonts.characters_missing(document)
    compiler = _compiler(document)
    pdf, archival = _compiled(compiler, archival=not missing, tagged=_cells(report) <= _TAGGED_CELLS)
    try:
        Path(path).write_bytes(pdf)
    except OSError as error:
        raise PdfNotWrittenError(path=path, reason=error.strerror or error) from None
    layout = _layout(compiler)
    return PdfMade(layout["pages"], _by_index(layout), fonts.substitutions(), missing, archival)


def heading_pages(report: Report) -> dict[int, int]:
    """The page of each heading, by its place among all headings of the report (from 0).

    Raises:
        NoChineseFontError: JH-R030, the machine has no Chinese face.
    """
    return _by_index(_layout(_compiler(_document(report))))


def _document(report: Report) -> str:
    return json.dumps(document_data(report), ensure_ascii=False)


def _compiler(document: str) -> typst.Compiler:
    import typst

    faces = fonts.faces()
    if not faces:
        raise NoChineseFontError
    return typst.Compiler(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=fonts.files(),
        sys_inputs={"report": document, "faces": json.dumps(dict(faces.families))},
    )


def _compiled(compiler: typst.Compiler, *, archival: bool, tagged: bool) -> tuple[bytes, bool]:
    """The file, and whether it keeps the standard of archives, which a single privately coded character breaks."""
    import typst

    if archival:
        standard: Literal["a-2a", "a-2b"] = "a-2a" if tagged else "a-2b"
        with suppress(typst.TypstError):
            return cast("bytes", compiler.compile(format="pdf", pdf_standards=standard, pdf_tags=tagged)), True
    return cast("bytes", compiler.compile(format="pdf", pdf_tags=tagged)), False


def _cells(report: Report) -> int:
    return sum(len(row) for block in report.blocks if isinstance(block, Table) for row in block.rows)


def _layout(compiler: typst.Compiler) -> dict[str, Any]:
    """Pages as laid out; where the file was just made, nothing is laid out again."""
    found: dict[str, Any] = json.loads(compiler.query("<layout>", field="value", one=True))
    return found


def _by_index(layout: Mapping[str, Any]) -> dict[int, int]:
    return dict(enumerate(layout["headings"]))
