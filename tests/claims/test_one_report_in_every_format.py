"""The same report is judged alike, whatever format it was saved in."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document as Word

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.reading import read_document
from unit.documents.written_files import pdf, saved

LINES = (
    "青禾县义务教育工作汇报",
    "一、基本情况",
    "全县有义务教育学校48所，其中小学30所、初中18所；在校学生43200人，专任教师2700人，师生比1：16。",
    "二、办学条件",
    "全县学校图书108万册，生均图书25册；计算机4320台，每百名学生拥有计算机10台。",
    "专任教师中本科及以上学历2160人，占专任教师的75%。",  # 80%
    "三、下一步打算",
    "到2027年，生均图书达到35册。",
)
TABLE = (("学校", "学生数"), ("桃溪小学", "720"), ("柳林小学", "480"), ("合计", "1300"))  # 1200
FAILS = Verdict.INCONSISTENT


def docx() -> bytes:
    document = Word()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(len(TABLE), 2)
    for row, cells in enumerate(TABLE):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    return saved(document)


def typeset() -> bytes:
    cells = "".join(f"[{words}]," for row in TABLE for words in row)
    return pdf("\n\n".join(LINES) + f"\n\n#table(columns: 2, {cells})")


def html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{words}</td>' for words in row)}</tr>" for row in TABLE)
    body = "".join(f"<p>{line}</p>" for line in LINES) + f"<table>{rows}</table>"
    return f"<!DOCTYPE html><html><meta charset=utf-8><body>{body}</body></html>".encode()


def xlsx() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("汇报")
        for row, line in enumerate(LINES):
            sheet.write(row, 0, line)
        numbers = book.add_worksheet("学生")
        for row, cells in enumerate(TABLE):
            numbers.write_row(row, 0, [int(words) if words.isdigit() else words for words in cells])
    return file.getvalue()


def text() -> bytes:
    return "\n".join([*LINES, *("\t".join(row) for row in TABLE)]).encode()


@pytest.mark.parametrize("made", [docx, typeset, html, xlsx, text])
def test_a_report_is_judged_alike_in_every_format(made: Callable[[], bytes], tmp_path: Path):
    ending = {"typeset": "pdf", "text": "txt"}.get(made.__name__, made.__name__)
    path = tmp_path / f"汇报.{ending}"
    path.write_bytes(made())
    document = read_document(path)
    claims = check_document(document)
    assert all(document.text[claim.start : claim.end] == claim.quote for claim in claims)
    verdicts: dict[str, Verdict] = {}
    for claim in claims:
        verdicts.setdefault(claim.written, claim.verdict)
    holds = Verdict.CONSISTENT
    assert {printed: verdicts[printed] for printed in ("48", "25", "10", "75%", "35", "1300")} == {
        "48": holds,
        "25": holds,
        "10": holds,
        "75%": FAILS,
        "35": Verdict.NOT_CHECKABLE,
        "1300": FAILS,
    }
    assert {claim.written for claim in claims if claim.verdict is FAILS} == {"75%", "1300"}
