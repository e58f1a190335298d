"""Schools that are scored, and schools whose rule was not found: only what is sure is said."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from example import DAY, county_dataset
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.verdict.reasons import school_reasons
from strategies import DAY as STRATEGIES_DAY
from strategies import YEAR, dataset_of, school_row, tables_of

EVERY_SCORE = load_standard(Path(__file__).parents[2] / "engines/every_score")


def changed(**values):
    rule = EVERY_SCORE.school_rule.model_copy(update=values)
    return EVERY_SCORE.model_copy(update={"school_rule": rule})


def rows(standard):
    return judge(county_dataset(), standard, DAY).rows.filter(pl.col("left_out").is_null())


def test_what_does_not_concern_a_school_is_taken_out_and_the_rest_rescaled():
    """66.6 of the 80 points that a day school can earn are 83.25 of 100, and 66.6 of 100 are the pass mark exactly."""
    for row in rows(EVERY_SCORE).iter_rows(named=True):
        points = {name: float(i.points) for name, i in EVERY_SCORE.resources.items() if row[f"{name}__outcome"]}
        met = sum(own for name, own in points.items() if row[f"{name}__outcome"] == "met")
        assert row["score_low"] == pytest.approx(met / sum(points.values()) * 100)
        assert row["score_high"] == 100
        assert row["outcome"] == ("met" if row["score_low"] >= 66.6 - 1e-9 else "unknown")


def test_the_pass_mark_is_reached_by_just_the_points_it_asks_for():
    """33.3 of 50 points rescaled to 100 are 66.6; a mark a hair above them is missed."""
    resources = {name: EVERY_SCORE.resources[name] for name in ("books_per_pupil", "boarders")}
    resources["boarders"] = resources["boarders"].model_copy(update={"points": Decimal("16.7")})
    found = {}
    for mark in ("66.6", "66.6000000001"):
        score = EVERY_SCORE.school_rule.score.model_copy(update={"total": Decimal(50), "at_least": Decimal(mark) / 2})
        standard = changed(score=score).model_copy(update={"resources": resources})
        frame = rows(standard).filter(
            (pl.col("books_per_pupil__outcome") == "met") & (pl.col("boarders__outcome") == "unmet")
        )
        assert frame.height > 0
        found[mark] = set(frame["outcome"])
    assert found == {"66.6": {"met"}, "66.6000000001": {"unknown"}}


def test_without_a_pass_mark_no_school_is_decided():
    score = EVERY_SCORE.school_rule.score.model_copy(update={"at_least": None})
    assert set(rows(changed(score=score))["outcome"]) == {"unknown"}


def test_where_the_rule_was_not_found_only_a_school_that_meets_everything_passes():
    frame = rows(changed(score=None, not_found=True))
    outcomes = [pl.col(f"{name}__outcome") for name in EVERY_SCORE.resources]
    every = pl.all_horizontal(outcome.is_null() | (outcome == "met") for outcome in outcomes)
    assert frame.filter(pl.all_horizontal(outcome.is_null() for outcome in outcomes)).is_empty()
    assert frame.filter(every).height > 0
    assert frame.filter(every)["outcome"].to_list() == ["met"] * frame.filter(every).height
    assert set(frame.filter(~every)["outcome"]) == {"unknown"}
    unseen = rows(changed(score=None, not_found=True, not_seen=1))
    assert set(unseen["outcome"]) == {"unknown"}


def boarding_school(standard, missed, *, boarding=True):
    """The row of a primary school that misses so many of the four indicators."""
    code = "320000000001"
    reached = {"books": 30, "largest_class": 45, "teachers": 5, "boarders": 40}
    off = {"books": 29, "largest_class": 46, "teachers": 4, "boarders": 39}
    filed = {name: (off if place < missed else reached)[name] for place, name in enumerate(reached)}
    tables = {
        "school": [school_row(code, "320000", boarding=boarding)],
        "school_year": [{"school_code": code, "school_year": YEAR, "books": filed.pop("books")}],
        "stage_year": [{"school_code": code, "school_year": YEAR, "stage": "primary", "pupils": 100, **filed}],
    }
    return judge(dataset_of(tables_of(standard), tables), standard, STRATEGIES_DAY)


@pytest.mark.parametrize(
    ("missed", "outcome"), [(0, "met"), (1, "tolerated"), (2, "unknown"), (3, "unmet"), (4, "unmet")]
)
def test_what_was_not_seen_stays_open_where_so_many_must_be_met(missed, outcome):
    """Of four indicators and one that was not seen three must be met: two may be missed, the unseen one among them."""
    judgement = boarding_school(changed(score=None, at_least=3, not_seen=1), missed)
    assert judgement.rows["outcome"].to_list() == [outcome]


@pytest.mark.parametrize("rule", [{"at_least": 1}, {"at_least": 1, "rest": Decimal("0.8")}, {"not_found": True}])
def test_a_school_that_no_indicator_concerns_has_not_passed(rule):
    beds = {"boarders": EVERY_SCORE.resources["boarders"]}
    standard = changed(score=None, **rule).model_copy(update={"resources": beds, "stages": ("primary",)})
    day = boarding_school(standard, 0, boarding=False)
    assert day.rows["boarders__outcome"].to_list() == [None]
    assert day.rows["outcome"].to_list() == ["unknown"]
    assert day.parts.filter(pl.col("part") == "resources")["outcome"].to_list() == ["unknown"]
    (reason,) = school_reasons(day, "320000000001")
    assert reason.because == "本标准没有一项指标涉及本校，无法判定。"
    assert boarding_school(standard, 0).rows["outcome"].to_list() == ["met"]


def test_the_reasons_say_the_score_and_what_the_document_calls_it():
    judgement = judge(county_dataset(), EVERY_SCORE, DAY)
    passed = judgement.rows.filter(pl.col("outcome") == "met")["school_code"][0]
    sentences = [reason.because for reason in school_reasons(judgement, passed)]
    assert any(text.startswith("合格：") and "满分 100，合格线 66.6" in text for text in sentences)
    open_one = judgement.rows.filter(pl.col("outcome") == "unknown")["school_code"][0]
    sentences = [reason.because for reason in school_reasons(judgement, open_one)]
    assert any("与 100 之间（未达标的指标得几分未见）" in text for text in sentences)
