"""Measuring the checker: which row is about which figure, what counts as found, and what is listed as missed."""

import csv
import json

import pytest

from checked_report import claim
from junheng.claims.claim import Met, Threshold, Verdict
from junheng.claims.gold import GoldMissingError, GoldRowError, read_gold, text_files
from junheng.claims.score import Rate, score

COLUMNS = ["id", "text_file", "section", "quote", "claim_type", "claimed_value", "inputs", "recomputed_value"]
COLUMNS += ["verdict", "threshold_met", "note"]
TEXT = (
    "基本情况：学校有学生620人，教职工、专任教师分别为52人、48人。\n"
    "图书：图书17980册，生均40册。计划生均达到60册。\n"
    "投入：经费1,250万元，比上年增加80万元。图书17980册，生均40册。\n"
)
RIGHT, WRONG, OPEN = Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.NOT_CHECKABLE


def row(quote, claimed, verdict, **more):
    return {
        "text_file": "一.txt", "section": "图书", "quote": quote, "claim_type": "per-capita",
        "claimed_value": claimed, "inputs": "[]", "verdict": str(verdict), **more,
    }  # fmt: skip


@pytest.fixture
def gold(tmp_path):
    """Write a folder of checked figures and read it."""

    def write(*rows, text=TEXT):
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts/一.txt").write_text(text, encoding="utf-8")
        with (tmp_path / "claims.csv").open("w", encoding="utf-8", newline="") as table:
            writer = csv.DictWriter(table, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows({"id": f"C{number}", **one} for number, one in enumerate(rows, start=1))
        return read_gold(tmp_path, {path.name: path.read_text(encoding="utf-8") for path in text_files(tmp_path)})

    return write


def ours(*found):
    return {"一.txt": [claim(TEXT, *one[:4], **(one[4] if len(one) > 4 else {})) for one in found]}


def test_a_row_is_about_the_figure_that_covers_its_digits(gold):
    rows = gold(row("图书17980册，生均40册。计划", "40", WRONG))
    result = score(rows, ours(("图书17980册", 17980, "册", OPEN), ("40册", 40, "册", WRONG)))
    assert [pair.claim.written for pair in result.pairs] == ["40"]
    assert [claim.written for _, claim in result.uncovered] == ["17980"]


def test_rows_that_share_a_quote_are_told_apart_by_value(gold):
    both = "教职工、专任教师分别为52人、48人"
    rows = gold(row(both, "48", RIGHT), row(both, "52", RIGHT))
    result = score(rows, ours((both, 52, "人", RIGHT), (both, 48, "人", RIGHT)))
    assert [pair.claim.written for pair in result.pairs] == ["48", "52"]


def test_a_thousands_separator_does_not_hide_the_digits(gold):
    (only,) = gold(row("经费1,250万元，比上年增加80万元", "1250", RIGHT))
    assert TEXT[slice(*only.number)] == "1,250"


def test_a_repeated_quote_is_the_one_of_its_section(gold):
    rows = gold(
        row("计划生均达到60册", "60", OPEN, section="图书"),
        row("生均40册", "40", WRONG, section="图书"),
        row("比上年增加80万元", "80", OPEN, section="投入"),
        row("图书17980册", "17980", RIGHT, section="投入"),
    )
    assert [one.start for one in rows] == [
        TEXT.index("计划"), TEXT.index("生均40册"), TEXT.index("比上年"), TEXT.rindex("图书17980册"),
    ]  # fmt: skip


def test_a_repeated_quote_is_found_by_the_figures_it_comes_from(gold):
    inputs = json.dumps([{"name": "more", "value": 80, "unit": "万元", "quote": "比上年增加80万元"}])
    (only,) = gold(row("生均40册", "40", WRONG, section="别处", inputs=inputs))
    assert only.start == TEXT.rindex("生均40册")


def test_rates_count_what_was_found_and_how_it_was_judged(gold):
    rows = gold(
        row("学生620人", "620", RIGHT),
        row("图书17980册，生均40册。计划", "40", WRONG),
        row("计划生均达到60册", "60", OPEN),
        row("增加80万元", "80", RIGHT),
    )
    result = score(rows, ours(("620人", 620, "人", RIGHT), ("40册", 40, "册", RIGHT), ("60册", 60, "册", WRONG)))
    assert (result.checkable.precision, result.checkable.recall) == (Rate(2, 3), Rate(2, 3))
    assert (result.inconsistent.precision, result.inconsistent.recall) == (Rate(0, 1), Rate(0, 1))
    assert result.verdicts == Rate(1, 4)
    assert result.confusion == {(RIGHT, RIGHT): 1, (WRONG, RIGHT): 1, (OPEN, WRONG): 1, (RIGHT, None): 1}
    assert [pair.row.claimed for pair in result.misses] == ["40", "60", "80"]
    assert [pair.row.claimed for pair in result.false_alarms] == ["60"]


def test_a_rate_of_nothing_is_no_number(gold):
    assert score(gold(row("学生620人", "620", OPEN)), {}).inconsistent.precision.value is None


def test_types_are_scored_apart(gold):
    rows = gold(
        row("学生620人", "620", RIGHT, claim_type="sum"), row("增加80万元", "80", RIGHT, claim_type="difference")
    )
    types = score(rows, ours(("620人", 620, "人", RIGHT))).by_type()
    assert {name: own.verdicts for name, own in types.items()} == {"difference": Rate(0, 1), "sum": Rate(1, 1)}


def test_limits_are_compared_where_one_is_claimed(gold):
    rows = gold(
        row("图书17980册，生均40册。计划", "40", OPEN, threshold_met="no"),
        row("学生620人", "620", OPEN),
        row("增加80万元", "80", OPEN, threshold_met="unknown"),
    )
    limit = {"threshold": Threshold(">=", None, "册", "达标"), "threshold_met": Met.NO}
    assert score(rows, ours(("40册", 40, "册", OPEN, limit))).limits == Rate(2, 2)


def test_masked_and_worded_claims_are_matched_too(gold):
    text = "生均xx册，经费逐年增长。"
    rows = gold(row("生均xx册", "xx", OPEN), row("经费逐年增长", "true", WRONG), text=text)
    found = [
        claim(text, "生均xx册", None, "册", OPEN, written="xx"),
        claim(text, "逐年增长", True, "", WRONG, written="逐年增长"),
    ]
    assert score(rows, {"一.txt": found}).verdicts == Rate(2, 2)


def test_a_folder_that_is_no_gold_set_says_what_is_missing(tmp_path):
    with pytest.raises(GoldMissingError, match=r"claims\.csv"):
        text_files(tmp_path)


def test_a_table_without_a_column_says_which(gold, tmp_path):
    gold()
    (tmp_path / "claims.csv").write_text("id,quote\n", encoding="utf-8")
    with pytest.raises(GoldMissingError, match="verdict"):
        read_gold(tmp_path, {})


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (row("没有这句话", "1", RIGHT), "没有这句话"),
        (row("学生620人", "620", "maybe"), "maybe"),
        (row("生均40册", "40", WRONG, inputs="{"), "inputs"),
    ],
    ids=["quote", "verdict", "inputs"],
)
def test_a_row_that_cannot_be_says_which_and_why(gold, wrong, says):
    with pytest.raises(GoldRowError, match=f"C1.*{says}"):
        gold(wrong)
