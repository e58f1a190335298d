"""Reports that people wrote: is what they say true?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from junheng.base.errors import JunhengError
from junheng.claims.annotated_html import annotated_html
from junheng.claims.check import check_document
from junheng.claims.claim import Claim
from junheng.claims.gold import read_gold, text_files
from junheng.claims.marking import Only
from junheng.claims.score import Score, score
from junheng.documents.document import Document, plain_document
from junheng.documents.reading import SUFFIXES, read_document
from junheng.standards.library import load_standard
from junheng.standards.on_day import on_day


class WordMissingError(JunhengError, ModuleNotFoundError):
    """Comments were to be written, and what writes Word files is not installed."""

    code = "JH-K022"
    zh = "写 Word 批注要用附加软件包，这里缺少 {module}。请运行 pip install 'junheng[claims]' 安装，再重试。"
    en = "Word comments need packages that are not installed ({module} is missing). Run pip install 'junheng[claims]'."


class DayMissingError(JunhengError):
    """A standard was chosen without the day on which its limits are meant."""

    code = "JH-K023"
    zh = "按标准 {standard} 核对要写日期，如 2025-12-31：各个时候的要求不同。命令行请加 --on 日期。"
    en = "Checking by {standard} needs a day, such as 2025-12-31: its limits change. At the command line add --on DAY."


def check_claims(
    source: Document | str | Path, *, standard: str | Path | None = None, on: date | str | None = None
) -> tuple[Claim, ...]:
    """Find the figures of a report, and compute again what others in it give.

    Args:
        source: a document already read; a file (.docx, .doc, .pdf, .txt, .md, .html, .xlsx); or a text. A string is
            the name of a file when it ends as one does, and a text otherwise.
        standard: id or folder of the standard that 达到省定标准 is taken to mean; without one only limits that the
            report itself gives are compared.
        on: the day of the report, or its ISO form; needed with a standard.

    Returns:
        A finding for each figure, in text order.

    Raises:
        DayMissingError: a standard without a day.
        JunhengError: the file cannot be read, or the standard does not hold on the day; it says what to do.
        OSError: the file is not there.
    """
    if standard is None:
        return check_document(_document(source))
    if on is None:
        raise DayMissingError(standard=standard)
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return check_document(_document(source), on_day(load_standard(standard), day))


def annotate_claims(
    document: Document,
    claims: Sequence[Claim],
    path_out: str | Path,
    *,
    original: str | Path | None = None,
    only: Only = Only.ALL,
    language: str = "zh",
) -> None:
    """Write a copy of a document in which its figures are marked, as a page (.html) or with Word comments (.docx).

    Args:
        claims: what ``check_claims`` said about it.
        original: the file that it was read from. The copy of a Word file keeps everything but for the comments; of
            other formats, and without it, the copy has the text and the tables.
        only: which figures are marked.
        language: of the explanations, ``zh`` or ``en``.

    Raises:
        WordMissingError: the extra ``claims`` is not installed.
        OSError: the place cannot be written to.
    """
    path_out = Path(path_out)
    if path_out.suffix.lower() != ".docx":
        path_out.write_text(annotated_html(document, claims, only, language), encoding="utf-8")
        return
    try:
        from junheng.claims.annotated_word import annotated_word
    except ModuleNotFoundError as error:
        raise WordMissingError(module=str(error.name)) from error
    content = None if original is None else Path(original).read_bytes()
    path_out.write_bytes(annotated_word(document, claims, content, only, language))


def score_claims(folder: str | Path) -> Score:
    """Compare what the checker says with figures that people checked: ``claims.csv`` and the texts it names.

    Raises:
        GoldMissingError, GoldRowError: the folder is not such a set.
    """
    documents = [read_document(path) for path in text_files(Path(folder))]
    rows = read_gold(Path(folder), {document.name: document.text for document in documents})
    return score(rows, {document.name: check_document(document) for document in documents})


def _document(source: Document | str | Path) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, str) and not source.lower().endswith(SUFFIXES):
        return plain_document(source)
    return read_document(source)
