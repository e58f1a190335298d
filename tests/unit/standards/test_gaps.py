"""值未见: every gap of a standard is named with its kind, and counted."""

from collections import Counter
from pathlib import Path

from junheng.standards.gaps import coverage, gaps
from junheng.standards.library import load_standard

EVERY_SCORE = load_standard(Path(__file__).parents[2] / "engines/every_score")


def test_limits_that_were_not_found_are_named_with_their_stage():
    found = {gap.place: gap for gap in gaps(load_standard("CN-61/banxue"))}
    assert found["books_per_pupil[2012-01-20]"].kind == "value"
    assert "初中" in found["books_per_pupil[2012-01-20]"].missing


def test_a_part_without_any_points_is_one_gap_and_says_how_many_items_it_has():
    (gap,) = [gap for gap in gaps(load_standard("CN/jiben_2012")) if gap.place == "government"]
    assert (gap.kind, gap.count) == ("points", 17)


def test_what_was_not_seen_of_a_part_a_branch_and_its_total_is_named():
    kinds = {(gap.place, gap.kind) for gap in gaps(EVERY_SCORE)}
    assert kinds == {
        ("quality", "item"),
        ("eligibility", "pass_mark"),
        ("eligibility.known", "item"),
    }
    assert [gap.count for gap in gaps(EVERY_SCORE) if gap.place == "quality"] == [2]


def test_a_rule_a_pass_mark_and_points_that_were_not_found_are_named():
    score = EVERY_SCORE.school_rule.score.model_copy(update={"at_least": None})
    rule = EVERY_SCORE.school_rule.model_copy(update={"score": score, "not_seen": 3})
    teachers = EVERY_SCORE.resources["teachers"].model_copy(update={"points": None})
    changed = EVERY_SCORE.model_copy(
        update={"school_rule": rule, "resources": EVERY_SCORE.resources | {"teachers": teachers}}
    )
    found = Counter(gap.kind for gap in gaps(changed) if gap.place in ("school_rule", "teachers"))
    assert found == {"pass_mark": 1, "item": 1, "points": 1}
    unknown = rule.model_copy(update={"score": None, "not_found": True, "not_seen": 0})
    assert next(gaps(changed.model_copy(update={"school_rule": unknown}))).kind == "rule"


def test_requirements_with_and_without_their_values_are_counted():
    """Nine requirements of Shaanxi, a limit of four not found; 4 indicators and 11 items for tests, two not seen."""
    shaanxi, scored = coverage(load_standard("CN-61/banxue")), coverage(EVERY_SCORE)
    assert (shaanxi.complete, shaanxi.open, shaanxi.total) == (5, 4, 9)
    assert (scored.complete, scored.open, scored.total) == (15, 2, 17), "the two items that were not seen"
