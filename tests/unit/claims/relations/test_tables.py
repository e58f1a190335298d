"""Cells of tables that other cells recompute, whether a file has the table or a text draws it."""

from __future__ import annotations

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Claim, Verdict
from junheng.documents.document import Cell, Document, Kind, Piece, plain_document

HOLDS, FAILS = Verdict.CONSISTENT, Verdict.INCONSISTENT

SCHOOLS = (
    ("学校", "在校生（人）", "班数", "班额", "图书（册）", "生均图书（册）"),
    ("东小", "900", "20", "45", "27000", "30"),
    ("南小", "480", "12", "40", "16800", "35"),
    ("西小", "620", "14", "44.3", "19840", "23"),
    ("合计", "2000", "45", "43.5", "63640", "31.8"),
)


def drawn(rows: tuple[tuple[str, ...], ...], separator: str) -> str:
    lines = [separator.join(row) for row in rows]
    if separator == " | ":
        lines = [f"| {line} |" for line in lines]
        lines.insert(1, "|" + "---|" * len(rows[0]))
    return "一、各校情况\n表1 办学条件\n" + "\n".join(lines) + "\n以上为九月数据。\n"


def filed(rows: tuple[tuple[str, ...], ...]) -> Document:
    """A table of a Word file: every cell on a line of its own."""
    text, pieces = "", []
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            pieces.append(Piece(len(text), len(text) + len(words), Kind.CELL, cell=Cell(1, row, column)))
            text += words + "\n"
    return Document("表.docx", text, tuple(pieces))


def by_quote(claims: tuple[Claim, ...]) -> dict[str, Verdict]:
    return {claim.quote: claim.verdict for claim in claims if claim.relation}


@pytest.mark.parametrize(
    "document",
    [
        plain_document(drawn(SCHOOLS, "\t")),
        plain_document(drawn(SCHOOLS, " | ")),
        plain_document(drawn(SCHOOLS, "    ")),
        plain_document(drawn(SCHOOLS, "　　")),
        plain_document(drawn(SCHOOLS, " ")),
        filed(SCHOOLS),
    ],
    ids=["tabs", "bars", "gaps", "wide gaps", "single spaces", "cells"],
)
def test_sums_and_averages_are_checked_however_the_table_is_drawn(document: Document) -> None:
    found = by_quote(check_document(document))
    assert found["2000"] is HOLDS
    assert found["45"] is FAILS  # 20 + 12 + 14 = 46
    assert found["63640"] is HOLDS
    assert found["44.3"] is HOLDS
    assert found["23"] is FAILS  # 19840 ÷ 620 = 32
    assert found["31.8"] is HOLDS
    assert "43.5" not in found  # right for 46 classes, but 45 are printed


def test_a_title_over_all_columns_names_no_column() -> None:
    title = ("学生图书情况表", *[""] * (len(SCHOOLS[0]) - 1))
    found = by_quote(check_document(filed((title, *SCHOOLS))))
    assert (found["2000"], found["45"], found["23"]) == (HOLDS, FAILS, FAILS)


def test_a_claim_quotes_its_cell_and_names_its_inputs() -> None:
    document = plain_document(drawn(SCHOOLS, "\t"))
    claim = next(claim for claim in check_document(document) if claim.quote == "23")
    assert document.text[claim.start : claim.end] == "23"
    assert claim.unit == "册"
    assert claim.section == "一、各校情况 › 表1办学条件"
    assert [(one.name, document.text[one.start : one.start + len(one.quote)]) for one in claim.inputs] == [
        ("西小 图书(册)", "19840"),
        ("西小 在校生(人)", "620"),
    ]


def test_a_total_of_rows_that_are_left_out_is_no_finding() -> None:
    rows = (
        ("重点学校", "教师", "学生", "班数"),
        ("一中", "120", "1800", "36"),
        ("二中", "95", "1300", "27"),
        ("全县合计", "2300", "31000", "690"),
    )
    assert FAILS not in by_quote(check_document(filed(rows))).values()


def test_blank_cells_add_nothing_and_masked_ones_leave_the_sum_open() -> None:
    rows = (
        ("学校", "寄宿生", "教师"),
        ("东小", "—", "20"),
        ("南小", "60", "1x"),
        ("西小", "80", "15"),
        ("合计", "140", "50"),
    )
    found = by_quote(check_document(filed(rows)))
    assert found["140"] is HOLDS
    assert "50" not in found


def test_shares_of_the_total_row_and_growth_between_columns_of_years() -> None:
    shares = (
        ("学段", "学生", "占比（%）"),
        ("小学", "600", "60.0"),
        ("初中", "300", "30.0"),
        ("高中", "100", "11.0"),
        ("合计", "1000", "100"),
    )
    found = by_quote(check_document(filed(shares)))
    assert (found["60.0"], found["11.0"]) == (HOLDS, FAILS)
    growth = (
        ("学校", "2022年学生", "2023年学生", "增长率（%）"),
        ("东小", "500", "550", "10.0"),
        ("南小", "400", "380", "-5.0"),
        ("西小", "800", "820", "5.2"),
    )
    found = by_quote(check_document(filed(growth)))
    assert (found["10.0"], found["-5.0"], found["5.2"]) == (HOLDS, HOLDS, FAILS)


def test_ratios_and_groups_of_columns_with_their_totals() -> None:
    rows = (
        ("学校", "男生", "女生", "合计", "专任教师", "生师比"),
        ("东小", "210", "190", "400", "25", "16:1"),
        ("南小", "130", "110", "250", "15", "16:1"),
        ("西小", "95", "105", "200", "16", "12.5:1"),
    )
    claims = check_document(filed(rows))
    found = {(claim.quote, claim.relation): claim.verdict for claim in claims if claim.relation}
    assert found[("400", "total")] is HOLDS
    assert found[("250", "total")] is FAILS
    assert found[("12.5:1", "ratio")] is HOLDS


def test_an_average_may_take_its_divisor_from_another_table() -> None:
    text = (
        "表1 学生\n学校\t学生数\t班数\n东小\t900\t20\n南小\t480\t12\n西小\t620\t14\n\n上表为学生数。\n"
        "表2 运动场地\n学校\t场地面积（平方米）\t生均\n东小\t6750\t7.5\n南小\t3840\t8\n西小\t4340\t9\n"
    )
    found = by_quote(check_document(plain_document(text)))
    assert (found["7.5"], found["8"], found["9"]) == (HOLDS, HOLDS, FAILS)


def test_figures_of_a_table_are_no_figures_of_the_text() -> None:
    text = drawn(SCHOOLS, "    ")
    assert [claim.quote for claim in check_document(plain_document(text)) if not claim.relation] == []


def test_a_form_with_sentences_in_its_cells_is_read_as_text() -> None:
    rows = (("指标", "自评"), ("师资", "全校教师20人，其中高级职称25人。"), ("校舍", "校舍达标。"))
    assert any(claim.verdict is FAILS for claim in check_document(filed(rows)))


def test_group_totals_are_of_the_rows_they_name() -> None:
    rows = (
        ("乡镇", "学校", "学段", "缺额"),
        ("东镇", "东镇一小", "小学", "3"),
        ("东镇", "东镇中学", "初中", "4"),
        ("西镇", "西镇一小", "小学", "5"),
        ("西镇", "西镇中学", "初中", "1"),
        ("小学合计", "", "", "8"),
        ("初中合计", "", "", "6"),
        ("总计", "", "", "13"),
    )
    found = by_quote(check_document(filed(rows)))
    assert (found["8"], found["6"], found["13"]) == (HOLDS, FAILS, HOLDS)


def test_a_number_that_looks_like_a_year_or_a_month_is_a_number_among_others() -> None:
    rows = (
        ("学校", "学生", "校舍面积"),
        ("东小", "1985", "1912.43"),
        ("南小", "2019", "1951.6"),
        ("西小", "1203", "902.5"),
        ("北小", "864", "2004.1"),
        ("合计", "6071", "6770.63"),
    )
    found = by_quote(check_document(filed(rows)))
    assert (found["6071"], found["6770.63"]) == (HOLDS, HOLDS)


def test_a_total_with_a_missing_part_or_a_school_in_two_rows_is_no_finding() -> None:
    missing = (("学校", "学生", "教师"), ("东小", "—", "30"), ("南小", "519", "40"), ("西小", "203", "50"))
    found = by_quote(check_document(filed((*missing, ("合计", "900", "120")))))
    assert "900" not in found
    found = by_quote(check_document(filed((*missing, ("合计", "700", "120")))))
    assert found["700"] is FAILS  # already less than the others
    stages = (("学段", "学校数", "学生"), ("小学", "20", "3000"), ("初中", "10", "1500"), ("合计", "27", "4500"))
    assert "27" not in by_quote(check_document(filed(stages)))  # nine-year schools are in both rows
