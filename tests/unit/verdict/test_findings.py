"""Findings besides met and unmet: what each says of its item, and which may not be filed."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from example import DAY, county_dataset
from junheng.standards.library import load_standard
from junheng.verdict.findings import slips
from junheng.verdict.item_words import finding_words
from junheng.verdict.judge import judge
from junheng.verdict.reasons import county_reasons
from junheng.verdict.sentences import part_sentence

EVERY_SCORE = load_standard(Path(__file__).parents[2] / "engines/every_score")
COUNTY = "990101"


def filed(**findings):
    """The example county with these findings for the standard for tests."""
    rows = [
        {"county_code": COUNTY, "school_year": 2025, "standard": EVERY_SCORE.id, "item": item, **about}
        for item, about in findings.items()
    ]
    schema = county_dataset()["judged_item"].schema
    return replace(county_dataset(), frames={**county_dataset().frames, "judged_item": pl.DataFrame(rows, schema)})


def item_outcome(item, **about):
    judgement = judge(filed(**{item: about}), EVERY_SCORE, DAY)
    return judgement.items.filter(pl.col("item") == item)["outcome"].item()


@pytest.mark.parametrize(
    ("finding", "outcome"),
    [
        ("met", "met"),
        ("basically", "tolerated"),
        ("piloting", "unmet"),
        ("unmet", "unmet"),
        ("not_applicable", None),
        ("partly", "unknown"),
        (None, "unknown"),
    ],
)
def test_what_a_finding_says_of_an_item(finding, outcome):
    """The part knows all of them but “partly”; what it does not know says nothing."""
    assert item_outcome("courses", finding=finding) == outcome


def test_only_an_item_that_may_not_apply_is_left_out_by_a_finding():
    assert item_outcome("health", finding="not_applicable") == "unknown"


def test_what_does_not_apply_decides_nothing_and_all_of_it_together_no_pass():
    judgement = judge(filed(only={"finding": "not_applicable"}, other={"finding": "met"}), EVERY_SCORE, DAY)
    assert part(judgement, "satisfaction") == "met"
    assert "1 项均达到，1 项不适用" in part_sentence(judgement, COUNTY, "satisfaction")
    basically = judge(filed(only={"finding": "basically"}, other={"finding": "met"}), EVERY_SCORE, DAY)
    assert part(basically, "satisfaction") == "met"
    nothing = EVERY_SCORE.satisfaction.model_copy(update={"items": {"only": EVERY_SCORE.satisfaction.items["only"]}})
    alone = EVERY_SCORE.model_copy(update={"satisfaction": nothing})
    assert part(judge(filed(only={"finding": "not_applicable"}), alone, DAY), "satisfaction") == "unknown"


def test_a_part_of_which_something_was_not_seen_is_never_passed():
    judgement = judge(filed(courses={"finding": "met"}, health={"finding": "met"}), EVERY_SCORE, DAY)
    assert part(judgement, "quality") == "unknown"
    assert "另有 2 项的内容未见" in part_sentence(judgement, COUNTY, "quality")
    failed = judge(filed(courses={"finding": "met"}, health={"finding": "unmet"}), EVERY_SCORE, DAY)
    assert part(failed, "quality") == "unmet"


def part(judgement, name):
    return judgement.parts.filter(pl.col("part") == name)["outcome"].item()


@pytest.mark.parametrize(
    ("item", "about", "column", "allowed"),
    [
        ("courses", {"finding": "partly"}, "finding", ("met", "basically", "piloting", "unmet", "not_applicable")),
        ("health", {"finding": "not_applicable"}, "finding", ("met", "basically", "piloting", "unmet")),
        ("health", {"finding": "unmet"}, "plan", ()),
        ("health", {"finding": "piloting"}, "plan", ()),
        ("plan", {"finding": "met", "score": 7.6}, "score", ("7.5",)),
        ("plan", {"score": -1}, "score", ("7.5",)),
        ("plan", {"finding": "unmet", "score": 7.5}, "score", ()),
        ("plan", {"finding": "partly", "score": 7.5}, "score", ()),
    ],
)
def test_a_slip_in_a_finding_is_named_with_what_is_allowed(item, about, column, allowed):
    dataset = filed(**{item: about})
    (slip,) = slips(dataset["judged_item"], {EVERY_SCORE.id: EVERY_SCORE})
    assert (slip.place, slip.column, slip.allowed) == (0, column, allowed)


@pytest.mark.parametrize(
    ("item", "about"),
    [
        ("courses", {"finding": "not_applicable"}),
        ("health", {"finding": "unmet", "plan": "2026 年底前补足"}),
        ("health", {"finding": "basically"}),
        ("plan", {"finding": "partly", "score": 7.4}),
        ("plan", {"finding": "met", "score": 7.5}),
        ("plan", {"finding": "basically", "score": 7.5}),
        ("nothing_like_it", {"finding": "partly"}),
    ],
)
def test_findings_that_the_standard_knows_are_no_slips(item, about):
    assert [*slips(filed(**{item: about})["judged_item"], {EVERY_SCORE.id: EVERY_SCORE})] == []


def test_the_reasons_say_what_was_found_who_answers_for_it_and_what_is_planned():
    about = {"finding": "piloting", "responsible": "基础教育股", "plan": "明年全面推开"}
    judgement = judge(filed(courses=about, health={"finding": "unmet"}), EVERY_SCORE, DAY)
    because = {reason.key.rsplit("/", 1)[-1]: reason.because for reason in nodes(county_reasons(judgement, COUNTY))}
    assert because["courses"] == "认定试行；责任科室：基础教育股；整改措施：明年全面推开"
    assert because["health"] == "认定未达到；须写明整改措施，尚未填写"
    assert finding_words(judgement, "basically") == "基本达到"


def nodes(reason):
    yield reason
    for child in reason.children:
        yield from nodes(child)
