"""Whatever the report and however little was filed: numbers are figures, and nothing is empty or said wrongly."""

from __future__ import annotations

import re

import pytest

from junheng.reporting.errors import NothingToReportError
from junheng.reporting.library import list_reports
from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table
from junheng.reporting.report.runs import Note, Text
from junheng.standards.library import load_standard
from reports_made import lines, made

STANDARDS = ("CN/youzhi_2017", "CN/jiben_2012")
CASES = [
    pytest.param(maker.id, case, standard, id=f"{maker.id}-{case}-{standard.split('/')[1]}")
    for maker in list_reports()
    for standard in STANDARDS
    for case in ("example", "blank")
    if maker.suits(load_standard(standard))
]
_DIGIT = re.compile(r"[0-9０-９]")
# Signs that a clause was put together from nothing.
_BROKEN = re.compile(r"。。|；。|，。|、。|：。|；；|，，|，；|；，|（）|《》|“”|None|\{|\}|^[，；、。]")
_NOTHING = re.compile(r"(?<![0-9.])0(所|项|个学段)(?!.*不能判定)(未达|达标|不能判定|不符合)")


def each_text(block: Block) -> list[Text]:
    match block:
        case Heading() | Paragraph():
            return [block.text]
        case Table():
            return [block.caption, block.note, *(cell.text for row in block.rows for cell in row)]
        case Chart():
            return [block.caption]
    return []


def plain_words(text: Text) -> list[str]:
    found = [run for run in text if isinstance(run, str)]
    for run in text:
        if isinstance(run, Note):
            found += plain_words(run.text)
    return found


@pytest.mark.parametrize(("name", "case", "standard"), CASES)
def test_a_report_is_traceable_whole_and_well_formed(name, case, standard):
    try:
        report = made(name, case, standard)
    except NothingToReportError:
        return  # saying so is an answer: no plan to attach, a standard that judges no schools
    for block in report.blocks:
        for text in each_text(block):
            for words in plain_words(text):
                assert not _DIGIT.search(words), f"a number that is no figure: {words}"
    assert_nothing_empty(report.blocks)
    for said in lines(report):
        assert not _BROKEN.search(said), said
        assert not _NOTHING.search(said), said
    assert_one_value_a_key(report)
    keys = [block.key for block in report.blocks if isinstance(block, Table)]
    assert len(keys) == len(set(keys)), "two tables of one name"


def assert_nothing_empty(blocks: tuple[Block, ...]) -> None:
    for at, block in enumerate(blocks):
        after = blocks[at + 1 :]
        match block:
            case Heading():
                assert after, f"nothing follows {block.text}"
                deeper = isinstance(after[0], Heading) and after[0].level > block.level
                assert not isinstance(after[0], Heading) or deeper, f"an empty section: {block.text}"
            case Paragraph():
                assert any(str(run).strip() for run in block.text), "an empty paragraph"
            case Table():
                assert block.body, f"an empty table: {block.key}"


def assert_one_value_a_key(report) -> None:
    known: dict[str, object] = {}
    for figure in report.figures():
        value = known.setdefault(figure.key, figure.value)
        assert value == figure.value, f"two values of {figure.key}"
