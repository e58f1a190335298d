"""Reports that people wrote: is what they say true?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.base.errors import JunhengError
from junheng.claims.claim import Claim
from junheng.claims.marking import Only
from junheng.documents.document import Document, plain_document
from junheng.documents.reading import SUFFIXES, read_document
from junheng.standards.library import load_standard
from junheng.standards.on_day import on_day
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset
from junheng.workflow.judging import DEFAULT_STANDARD, judge, load

# The checker's words and patterns take a quarter of a second to make ready; who only judges does not wait for them:
# they are imported where they are used.
if TYPE_CHECKING:
    from junheng.claims.against import Records
    from junheng.claims.compare import Discrepancy
    from junheng.claims.score import Score


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


def claim_records(
    data: Dataset | str | Path,
    *,
    standard: str | Path | None = None,
    on: date | str | None = None,
    year: int | None = None,
    store: Store | None = None,
) -> Records:
    """Open the data that reports are held against; once for many reports.

    Args:
        data: dataset, file, folder or snapshot.
        standard: judged by on the day ``on``, so that 差异系数 and the like can be compared; by default
            ``DEFAULT_STANDARD``. Without a day nothing is judged, and only what was filed is compared.
        year: the school year that is meant where a report names none; by default the one judged, else the latest.

    Raises:
        JunhengError: the data cannot be read or judged.
    """
    from junheng.claims.against import Records

    named = standard or DEFAULT_STANDARD
    if on is not None:
        judgement = judge(data, standard=named, on=on, year=year, store=store)
        return Records(judgement.dataset, judgement.year, judgement)
    dataset = data if isinstance(data, Dataset) else load(data, standards=[named], store=store)
    filed = [int(one) for one in dataset["stage_year"]["school_year"].unique()]
    return Records(dataset, year or max(filed, default=0))


def check_claims(
    source: Document | str | Path,
    *,
    standard: str | Path | None = None,
    on: date | str | None = None,
    data: Records | Dataset | str | Path | None = None,
    year: int | None = None,
    store: Store | None = None,
) -> tuple[Claim, ...]:
    """Find the figures of a report, compute again what others in it give, and hold them against the data.

    Args:
        source: a document already read; a file (.docx, .doc, .pdf, .txt, .md, .html, .xlsx); or a text. A string is
            the name of a file when it ends as one does, and a text otherwise.
        standard: id or folder of the standard that 达到省定标准 is taken to mean; without one only limits that the
            report itself gives are compared.
        on: the day of the report, or its ISO form; needed with a standard.
        data: what was filed, as ``claim_records`` opens it or what it takes; see there for ``year``.

    Returns:
        A finding for each figure, in text order; two for one of which both the report and the data say something
        (``Claim.against``).

    Raises:
        DayMissingError: a standard without a day.
        JunhengError: the file cannot be read, the standard does not hold on the day, or the data are not the
            report's; it says what to do.
        OSError: the file is not there.
    """
    from junheng.claims.against import Records, against_data, with_data
    from junheng.claims.check import check_document

    document = _document(source)
    if standard is not None and on is None:
        raise DayMissingError(standard=standard)
    day = date.fromisoformat(on) if isinstance(on, str) else on
    claims = check_document(document, None if standard is None or day is None else on_day(load_standard(standard), day))
    if data is None:
        return claims
    if not isinstance(data, Records):
        data = claim_records(data, standard=standard, on=day, year=year, store=store)
    return with_data(claims, against_data(document, data))


def compare_claims(
    first: Document | str | Path,
    second: Document | str | Path,
    *,
    standard: str | Path | None = None,
    on: date | str | None = None,
    year: int | None = None,
    store: Store | None = None,
) -> tuple[Discrepancy, ...]:
    """Quantities that two reports, or a report and a workbook of filed data, state differently.

    Args:
        second: a report as ``check_claims`` takes it; a workbook or folder that reads as data (the template, or
            official forms) is compared as what was filed.

    Raises:
        JunhengError: a file cannot be read.
        OSError: a file is not there.
    """
    from junheng.claims.against import against_data
    from junheng.claims.compare import compare_documents, compare_with_data

    document = _document(first)
    records = None
    if isinstance(second, str | Path) and _may_be_data(second):
        try:
            records = claim_records(second, standard=standard, on=on, year=year, store=store)
        except JunhengError:
            if Path(second).is_dir():
                raise
    if records is not None:
        return compare_with_data(document, against_data(document, records), Path(str(second)).name)
    return compare_documents(document, _document(second))


def _may_be_data(source: str | Path) -> bool:
    """Whether to try a source as data first: workbooks may be either."""
    path = Path(source)
    return path.suffix.lower() in (".xlsx", ".xlsm", ".csv") or (len(str(source)) < 1000 and path.is_dir())


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
        from junheng.claims.annotated_html import annotated_html

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
    from junheng.claims.check import check_document
    from junheng.claims.gold import read_gold, text_files
    from junheng.claims.score import score

    documents = [read_document(path) for path in text_files(Path(folder))]
    rows = read_gold(Path(folder), {document.name: document.text for document in documents})
    return score(rows, {document.name: check_document(document) for document in documents})


def _document(source: Document | str | Path) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, str) and not source.lower().endswith(SUFFIXES):
        return plain_document(source)
    return read_document(source)
