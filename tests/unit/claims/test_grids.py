"""Finding tables of numbers in a text, and leaving everything else alone."""

from __future__ import annotations

import pytest

from junheng.claims.grids import find_grids, without_grids
from junheng.documents.document import plain_document

TABLE = "学校\t学生\t班数\n东小\t900\t20\n南小\t480\t12\n"


def test_a_table_has_heads_labels_numbers_and_a_caption() -> None:
    (grid,) = find_grids(plain_document("一、学校\n表2 规模（单位：人）\n" + TABLE + "说明。\n"))
    assert grid.heads == (("学校",), ("学生",), ("班数",))
    assert grid.labels == ("东小", "南小")
    assert [[cell and cell.words for cell in row] for row in grid.body] == [[None, "900", "20"], [None, "480", "12"]]
    assert grid.caption == "表2规模(单位:人)"


def test_taking_tables_out_keeps_every_offset() -> None:
    document = plain_document("前文。\n" + TABLE + "后文。\n")
    rest = without_grids(document, find_grids(document))
    assert len(rest) == len(document.text)
    assert rest.index("后文") == document.text.index("后文")
    assert "900" not in rest


def test_years_in_heads_and_labels_are_no_numbers() -> None:
    (grid,) = find_grids(plain_document("年份 2021 2022 2023\n小学 900 910 905\n初中 400 410 415\n"))
    assert grid.heads[1:] == (("2021",), ("2022",), ("2023",))
    (grid,) = find_grids(plain_document("年度  学生\n2021年  900\n2022年  910\n"))
    assert grid.labels == ("2021年", "2022年")


def test_two_tables_in_a_row_stay_apart() -> None:
    other = "学校\t图书\n东小\t27000\n南小\t16800\n"
    assert len(find_grids(plain_document(TABLE + other))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "学校简介 办学理念 校训\n团结 勤奋 求实\n",
        "一、总则\t二、分工\n三、要求\t四、其他\n",
        "学生900人，班级20个。\n教师60人，图书2万册。\n",
        "序号\t内容\n1\t完善制度\n2\t加强检查\n",
        "学校\t学生\n东小\t900\n",  # one row is no table
    ],
)
def test_lines_without_columns_of_numbers_are_no_tables(text: str) -> None:
    assert find_grids(plain_document(text)) == ()
