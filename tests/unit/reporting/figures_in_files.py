"""Take the figures out of finished files and say what is wrong with them, by what ``figure_keys`` looks up.

``wrong_in_word``, ``wrong_in_pdf`` and ``wrong_in_excel`` return sentences: a figure that is not what its key stands
for, one that is missing, one too many, a number that nobody can trace. Nothing is wrong when they return nothing.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from math import isclose, isinf
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pypdfium2
from figure_keys import Resolved, Sources, printed, resolve

from junheng.reporting.report.blocks import Chart, Heading, Paragraph, Table
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Figure, Name, Note, Quote, Text, figures_in
from junheng.reporting.word.marked import MarkedFigure, read_marked

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_HEADING_NUMBER = re.compile(r"^(?:\d+\.|（\d+）)")


class Proof:
    """What the figures of a report are according to its sources, each looked up once."""

    def __init__(self, sources: Sources) -> None:
        self._look_up = cache(lambda key: resolve(key, sources))

    def value(self, figure: Figure) -> Resolved:
        return self._look_up(figure.key)

    def wrong(self, figure: Figure) -> str:
        """What is wrong with a figure of a report; nothing when it is what its key stands for."""
        found = self.value(figure)
        if found.value is None or figure.value is None:
            known = "not known" if found.value is None else f"{float(found.value)}"
            return "" if found.value is None and figure.value is None else f"{figure.key}: {figure.text}, is {known}"
        if isinstance(figure.value, float) and isinf(figure.value):
            return f"{figure.key}: endless, is {float(found.value)}"
        if found.unit is not None and found.unit != figure.unit:
            return f"{figure.key}: unit {figure.unit!r}, is {found.unit!r}"
        said = self.text(figure, with_unit=False)
        return "" if said == figure.number else f"{figure.key}: {figure.number}, is {said}"

    def text(self, figure: Figure, *, with_unit: bool) -> str:
        """The figure as it has to be printed."""
        found = self.value(figure)
        if found.value is None:
            return figure.absent
        unit = figure.unit if found.unit is None else found.unit
        return str(printed(found.value, unit, figure.digits, fixed=figure.fixed, with_unit=with_unit))


def wrong_in_report(report: Report, proof: Proof) -> list[str]:
    """What is wrong with the figures of a report before anybody draws it."""
    return [wrong for figure in report.figures() if (wrong := proof.wrong(figure))]


def wrong_in_word(path: Path, report: Report, proof: Proof) -> list[str]:
    """Every mark of a Word file against what it has to say, and every number outside of the marks."""
    marked = read_marked(path)
    wrong = [sentence for one in marked.figures if (sentence := _wrong_mark(one, proof))]
    wrong += _more_or_less([figure.key for figure in report.figures()], [one.key for one in marked.figures])
    return [*wrong, *_untraceable(path, report)]


def _wrong_mark(one: MarkedFigure, proof: Proof) -> str:
    figure = one.figure
    allowed = {proof.text(figure, with_unit=with_unit) for with_unit in (True, False)}
    return "" if one.text in allowed else f"{one.key} at {one.place!r}: {one.text}, is {' or '.join(sorted(allowed))}"


def _more_or_less(expected: list[str], found: list[str]) -> list[str]:
    missing, extra = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    return [f"{key}: missing" for key in missing.elements()] + [f"{key}: one too many" for key in extra.elements()]


def _untraceable(path: Path, report: Report) -> Iterator[str]:
    """Numbers in the text of a Word file that are neither marked nor words of others."""
    others = sorted({text for text in _others(report) if _DIGITS.search(text)}, key=len, reverse=True)
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
    for paragraph in _own_paragraphs(body):
        words = paragraph
        for text in others:
            words = words.replace(text, "")
        if found := _DIGITS.search(_HEADING_NUMBER.sub("", words)):
            yield f"{found.group()} in {paragraph!r}: nobody knows where it is from"


def _own_paragraphs(body: ElementTree.Element) -> Iterator[str]:
    """The words of each paragraph that stand in no mark; neither the contents nor the small print at the end."""
    for paragraph in body.iter(f"{_WORD}p"):
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        if style is not None and style.get(f"{_WORD}val", "").startswith("TOC"):
            continue
        words = "".join(_outside_marks(paragraph))
        if not words.startswith(("数据与依据：", "评估标准：", "另用数据：", "由均衡（Junheng）")):
            yield words


def _outside_marks(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_WORD}sdt":
            tag = child.find(f"{_WORD}sdtPr/{_WORD}tag")
            if tag is not None and tag.get(f"{_WORD}val", "").startswith("junheng-"):
                yield "\N{REPLACEMENT CHARACTER}"
                continue
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag != f"{_WORD}p":  # of a text box: a paragraph of its own
            yield from _outside_marks(child)


def _others(report: Report) -> Iterator[str]:
    """What others wrote, and names."""

    def of(text: Text) -> Iterator[str]:
        for run in text:
            if isinstance(run, Quote | Name):
                yield str(run)
            elif isinstance(run, Note):
                yield from of(run.text)

    for text in _lines(report):
        yield from of(text)


def _lines(report: Report) -> Iterator[Text]:
    yield from (report.title, report.subtitle)
    for block in report.blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Chart():
                yield block.caption
            case Table():
                yield block.caption
                yield from (cell.text for row in block.rows for cell in row)
                yield block.note


def wrong_in_pdf(path: Path, report: Report, proof: Proof) -> list[str]:
    """Every paragraph with figures as it has to read; the figures of every table, in order where no cell spans rows."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    numbers = Counter(_NUMBER.findall("\n".join(pages)))
    text = re.sub(r"\s", "", "".join(_without_page_number(page) for page in pages))
    wrong, at = [], 0
    for block in report.blocks:
        if isinstance(block, Paragraph | Heading):
            sentence = re.sub(r"\s", "", _said(block.text, proof))
            if any(figures_in(block.text)) and sentence not in text:
                wrong.append(f"not in the file: {sentence}")
        elif isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row]
            figures = [(run, proof.text(run, with_unit=False)) for cell in cells for run in figures_in(cell.text)]
            if any(cell.rows > 1 for cell in cells):  # a tall cell is read at another place than it stands at
                known = Counter(said for figure, said in figures if figure.value is not None)
                wrong += [f"{said} of {block.key} is missing" for said in (known - numbers).elements()]
                continue
            for figure, said in figures:
                words = re.sub(r"\s", "", said)
                found = text.find(words, at)
                if found < 0:
                    wrong.append(f"{figure.key}: {words} is not where it has to be")
                else:
                    at = found + len(words)
    return wrong


def _without_page_number(page: str) -> str:
    return re.sub(r"\s*[—–-]\s*\d+\s*[—–-]\s*$", "", page)


def _said(text: Text, proof: Proof) -> str:
    """A line without its footnotes, with the figures as they have to be."""
    return "".join(
        proof.text(run, with_unit=True) if isinstance(run, Figure) else "" if isinstance(run, Note) else str(run)
        for run in text
    )


def wrong_in_excel(path: Path, report: Report, proof: Proof) -> list[str]:
    """The numbers of every sheet of a table, at full precision and as they are shown, and no other."""
    book = openpyxl.load_workbook(path)
    sheets = [sheet for sheet in book.worksheets if sheet.title not in ("封面", "正文")]
    tables = [block for block in report.blocks if isinstance(block, Table)]
    if len(sheets) != len(tables):
        return [f"{len(sheets)} sheets for {len(tables)} tables"]
    wrong: list[str] = []
    for sheet, table in zip(sheets, tables, strict=True):
        expected = [
            cell.text[0]
            for row in table.rows
            for cell in row
            if cell.bare and cell.text and isinstance(cell.text[0], Figure)
        ]
        known = [figure for figure in expected if proof.value(figure).value is not None]
        found = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]
        for figure, cell in zip_longest(known, found):
            if figure is None:
                wrong.append(f"{cell.coordinate} of {sheet.title}: {cell.value} is one too many")
            elif cell is None:
                wrong.append(f"{figure.key}: missing in {sheet.title}")
            else:
                wrong += _wrong_cell(figure, cell.value, cell.number_format, f"{sheet.title}!{cell.coordinate}", proof)
    return wrong


def _wrong_cell(figure: Figure, value: float, shown: str, place: str, proof: Proof) -> Iterator[str]:
    exact = proof.value(figure).value
    if not isclose(value, float(exact), rel_tol=1e-9, abs_tol=1e-12):
        yield f"{figure.key} at {place}: {value}, is {float(exact)}"
    form = shown.partition('"')[0]  # then the marks beside the number
    decimals, printed_decimals = (len(text.partition(".")[2]) for text in (form, proof.text(figure, with_unit=False)))
    if decimals != printed_decimals:
        yield f"{figure.key} at {place}: shown with {decimals} decimals and not {printed_decimals}"
