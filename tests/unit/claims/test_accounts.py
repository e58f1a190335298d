"""What is said about a figure, in words."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from checked_report import claims, report
from junheng.claims.account import account, amount, place_words, reason_words, written_amount
from junheng.claims.check import check_document
from junheng.claims.claim import Met, Verdict
from junheng.claims.headings import heading_levels
from junheng.claims.marking import Mark, Only, count, mark_of, selected
from junheng.documents.document import Kind, plain_document


@pytest.mark.parametrize(
    ("written", "unit", "said"),
    [
        ("40", "册/生", "40册/生"),
        ("64.8万", "万元", "64.8万元"),
        ("87.5%", "%", "87.5%"),
        ("三", "所", "三所"),
        ("九成", "%", "九成"),
        ("1:18.04", "", "1:18.04"),
        ("xx", "台", "xx"),
        ("逐年增长", "", "逐年增长"),
    ],
)
def test_a_figure_is_said_as_it_is_printed_with_its_unit_once(written, unit, said):
    assert written_amount(replace(claims()[0], written=written, unit=unit)) == said


def test_a_recomputed_amount_shows_on_which_side_of_a_rounding_it_lies():
    assert amount(Fraction(17820, 903), "册") == "19.7342册"
    assert amount(Fraction(20), "册") == "20册"
    assert (amount(False, ""), amount(True, "", "en"), amount(None, "册")) == ("不成立", "true", "")


def test_one_line_says_a_limit_once():
    found = {claim.written: claim for claim in check_document(plain_document("初中生均图书28册，达到30册的要求。\n"))}
    assert reason_words(found["28"]) == "所说的限值是≥30册（“达到30册的要求”），没有达到"
    assert reason_words(found["达到30册的要求"]) == "“初中生均图书28册”不符合≥30册，与所说不符"


def test_a_masked_figure_is_said_to_be_masked():
    [masked] = check_document(plain_document("受过表彰的教师××人。\n"))
    assert reason_words(masked) == "数字被遮去或缺了一截"


def test_a_figure_without_words_of_its_own_is_not_named_in_code():
    found = check_document(plain_document("2024年教育经费投入3.2亿元，2025年3.6亿元。教育经费逐年增长。\n"))
    said = "".join(line for claim in found for line in account(claim))
    assert "教育经费投入3.2亿元、3.6亿元，逐年如此" in said
    assert not re.search("[a-z]_", said)


def test_the_place_is_said_by_the_headings_without_the_title():
    first = replace(claims()[0], section="溪口中心小学办学条件自查报告 › 一、基本情况")
    assert place_words(report(), first) == "一、基本情况"
    assert place_words(report(), replace(first, section="")) == "第3段"


def test_a_cell_is_said_by_table_and_row_and_a_page_by_the_file():
    assert place_words(report(), claims()[-1]) == "二、图书 · 表1第4行"
    document = report()
    pieces = tuple(replace(piece, place="第2页") if piece.kind is Kind.BODY else piece for piece in document.pieces)
    assert place_words(replace(document, pieces=pieces), claims()[0]) == "第2页 · 一、基本情况"


def test_everything_is_said_in_both_languages():
    zh, en = (account(claims()[4], language) for language in ("zh", "en"))
    assert [line.split("：")[0] for line in zh] == ["不符", "写的", "重算", "所用数字", "可能的原因", "标准"]
    assert [line.split(":")[0] for line in en] == [
        "does not hold", "written", "recomputed", "from", "likely cause", "limit",
    ]  # fmt: skip
    assert reason_words(claims()[6]).endswith("“达到2.3间以上的要求”，≥ 2.3间/百生，第七条，没有达到")


def test_the_gravest_finding_gives_the_mark():
    holds = claims()[3]
    assert mark_of(holds) is Mark.HOLDS
    assert mark_of(replace(holds, threshold_met=Met.NO)) is Mark.MISSED
    assert mark_of(replace(holds, threshold_met=Met.NO, verdict=Verdict.INCONSISTENT)) is Mark.WRONG


def test_what_is_to_be_looked_at_is_what_is_wrong_or_misses_a_limit():
    assert [claim.written for claim in selected(claims(), Only.INCONSISTENT)] == ["40", "2.1", "620"]
    assert len(selected(claims(), Only.CHECKABLE)) == 6
    counted = count(claims())
    assert (counted.figures, counted.checkable, counted.inconsistent, counted.missed) == (8, 5, 2, 1)


def test_lines_that_findings_name_as_headings_are_headings():
    title = "溪口中心小学办学条件自查报告"
    document = plain_document(f"{title}\n一、基本情况\n学校有学生620人。\n")
    one = replace(claims()[0], start=document.text.index("学生"), section=f"{title} › 一、基本情况")
    assert list(heading_levels(document, [one]).values()) == [0, 1]
    assert list(heading_levels(document, [replace(one, section="一、基本情况")]).values()) == [1]
    assert list(heading_levels(report(), ()).values()) == [0, 1, 1]
