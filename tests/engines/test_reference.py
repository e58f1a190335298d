"""The judge against the second opinion: every value, every absence, every outcome, on random counties."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference
from engines.agreement import disagreements
from junheng.indicators.kinds import all_kinds
from junheng.standards.library import load_standard, standard_ids
from junheng.standards.model import Compare, Standard
from junheng.verdict.judge import judge
from strategies import DAYS, counties

EVERY_KIND = Path(__file__).parent / "every_kind"
EVERY_SCORE = Path(__file__).parent / "every_score"
HALF = settings(max_examples=max(settings.default.max_examples // 2, 1))
# The national ones have many examples; of the provinces' each has its turn, for they are made of the same rules.
FEW = settings(max_examples=max(settings.default.max_examples // 7, 1))
NATIONAL = [name for name in standard_ids() if name.startswith("CN/")]


def changed(standard: Standard, rule: str, **values: object) -> Standard:
    """The standard with one of its rules changed."""
    return standard.model_copy(update={rule: getattr(standard, rule).model_copy(update=values)})


def without_points(standard: Standard) -> Standard:
    """The standard with what is scored known only in part: points of one indicator and one item, and the pass mark."""
    assert standard.school_rule
    assert standard.government
    teachers = standard.resources["teachers"].model_copy(update={"points": None})
    plan = standard.government.items["plan"].model_copy(update={"points": None})
    government = standard.government.model_copy(
        update={"items": standard.government.items | {"plan": plan}, "total": None, "rescale": False}
    )
    score = standard.school_rule.score.model_copy(update={"at_least": None})
    changes = {"resources": standard.resources | {"teachers": teachers}, "government": government}
    return changed(standard.model_copy(update=changes), "school_rule", score=score)


def variants() -> dict[str, Standard]:
    """Rules that no standard here uses yet, or not together."""
    every, quality, basic = load_standard(EVERY_KIND), load_standard("CN/youzhi_2017"), load_standard("CN/jiben_2012")
    scored = load_standard(EVERY_SCORE)
    return {
        "every kind": every,
        "unweighted": changed(every, "balance_rule", weights="none"),
        "unweighted mean": changed(basic, "balance_rule", weights="none"),
        "campuses merged": changed(every, "campuses", mode="merged"),
        "every score": scored,
        "scores of what is printed": scored.model_copy(update={"compare": Compare(mode="printed", digits=0)}),
        "points and pass mark not found": without_points(scored),
        "rule not found": changed(every, "school_rule", at_least=None, rest=None, not_found=True),
        "some indicators not seen": changed(every, "school_rule", at_least=11, rest=None, not_seen=2),
        "no floor for the rest": changed(every, "school_rule", rest=None),
        "compared as printed": every.model_copy(update={"compare": Compare(mode="printed", digits=1)}),
        "resources as printed": quality.model_copy(update={"compare": Compare(mode="printed", digits=2)}),
    }


@pytest.mark.parametrize("name", NATIONAL)
@given(data=st.data())
def test_the_judge_and_the_second_opinion_agree(name, data):
    compare_both(load_standard(name), data)


@pytest.mark.parametrize("name", [name for name in standard_ids() if name not in NATIONAL])
@FEW
@given(data=st.data())
def test_they_agree_by_the_rules_of_provinces_too(name, data):
    compare_both(load_standard(name), data)


def compare_both(standard, data):
    dataset = data.draw(counties(standard, max_counties=10))
    day = data.draw(st.sampled_from(DAYS))
    relax = (
        data.draw(st.lists(st.sampled_from(sorted(standard.relaxations)), unique=True)) if standard.relaxations else []
    )
    judgement = judge(dataset, standard, day, relax=relax)
    assert disagreements(judgement, reference.second_opinion(dataset, standard, day, relax=relax)) == []


@pytest.mark.parametrize("name", list(variants()))
@HALF
@given(data=st.data())
def test_rules_that_no_standard_uses_yet_agree_too(name, data):
    standard = variants()[name]
    dataset = data.draw(counties(standard, max_counties=10))
    day = data.draw(st.sampled_from(DAYS))
    assert disagreements(judge(dataset, standard, day), reference.second_opinion(dataset, standard, day)) == []


@HALF
@given(data=st.data(), gate=st.sampled_from([n for n in standard_ids() if load_standard(n).purpose == "gate"]))
def test_a_basic_standard_judged_beside_enters_the_verdict_alike(data, gate):
    standard, beside = load_standard("CN/jiben_2012"), load_standard(gate)
    dataset = data.draw(counties(beside, max_counties=10))
    judgement = judge(dataset, standard, DAYS[0], gate=beside)
    assert disagreements(judgement, reference.second_opinion(dataset, standard, DAYS[0], gate=beside)) == []


def test_the_second_opinion_knows_every_kind():
    assert set(all_kinds()) == reference.KINDS
    used = {indicator.formula.kind for _, indicator in load_standard(EVERY_KIND).indicators()}
    assert used == reference.KINDS, "the standard for tests uses every kind"
