"""Lists as files: complete, safe to open, and ending with their count."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from junheng.web.exports import csv_response, xlsx_response

pytestmark = pytest.mark.django_db  # sending an answer closes what it was made from

HEADS = ["名称", "数"]
ROWS = [["=1+1", 5], ["+86", None], ["@x", Decimal("2.50")], ["-3", -3], ["平常", date(2025, 9, 1)]]


def test_csv_text_is_never_computed_and_numbers_stay_numbers():
    text = csv_response("名录", HEADS, iter(ROWS), ["链头", "=x"]).getvalue().decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[1:] == [
        ["'=1+1", "5"], ["+86", ""], ["'@x", "2.50"], ["-3", "-3"], ["平常", "2025-09-01"], ["行数", "5", "链头", "'=x"]
    ]  # fmt: skip


def test_a_workbook_holds_text_not_formulas():
    answer = xlsx_response("名录", HEADS, iter(ROWS))
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    answer.close()
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert cells[1] == ["=1+1", 5]
    assert book.active["A2"].data_type == "s"
    assert cells[-1] == ["行数", 5]


@pytest.mark.parametrize("make", [csv_response, xlsx_response])
def test_an_empty_list_says_so_and_the_name_is_chinese(make):
    answer = make("学校名录", HEADS, iter([]))
    assert "%E5%AD%A6" in answer.headers["Content-Disposition"]
    assert answer.getvalue()
    answer.close()


def test_csv_is_made_while_it_is_sent():
    taken = []

    def rows():
        for number in range(2000):
            taken.append(number)
            yield [number, number]

    pieces = iter(csv_response("x", HEADS, rows()).streaming_content)
    next(pieces)
    next(pieces)
    assert len(taken) < 1000
