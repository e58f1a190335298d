"""Composed sentences of known truth: what is true is never an error, what is false by more than rounding always is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import Written, about, checked, told
from reports_of_places import places

from junheng.claims.check import check_document
from junheng.claims.claim import Met, Verdict
from junheng.documents.document import plain_document
from reports import PATTERNS, Limited, controls, limited, sentences


@pytest.mark.parametrize("name", PATTERNS)
@given(data=st.data())
def test_a_true_sentence_holds_and_nothing_in_it_is_an_error(name: str, data: st.DataObject):
    sentence: Written = data.draw(sentences(name, true=True))
    claims = checked(sentence.text)
    assert not [claim for claim in claims if claim.verdict is Verdict.INCONSISTENT], (sentence.text, told(claims))
    for mark in sentence.marks:
        assert Verdict.CONSISTENT in {claim.verdict for claim in about(claims, mark)}, (mark.text, told(claims))


@pytest.mark.parametrize("name", PATTERNS)
@given(data=st.data())
def test_a_false_figure_is_an_error(name: str, data: st.DataObject):
    sentence: Written = data.draw(sentences(name, true=False))
    claims = checked(sentence.text)
    for mark in sentence.marks:
        assert Verdict.INCONSISTENT in {claim.verdict for claim in about(claims, mark)}, (mark.text, told(claims))


@given(limited())
def test_a_limit_is_met_or_not_by_the_exact_figure(case: Limited):
    claims = checked(case.sentence.text)
    met = {claim.threshold_met for claim in about(claims, case.sentence.marks[0])}
    assert met == {Met.YES if case.met else Met.NO}, (case.sentence.text, told(claims))


@given(controls())
def test_rules_targets_and_masks_are_never_errors(text: str):
    claims = checked(text)
    assert not [claim for claim in claims if claim.verdict is Verdict.INCONSISTENT], (text, told(claims))


@given(places())
def test_schools_and_stages_do_not_contradict_each_other(text: str):
    claims = checked(text)
    assert not [claim for claim in claims if claim.verdict is Verdict.INCONSISTENT], (text, told(claims))


ANY = st.lists(
    st.one_of(
        [sentences(name, true=True).map(lambda one: one.text) for name in PATTERNS]
        + [sentences(name, true=False).map(lambda one: one.text) for name in PATTERNS]
        + [controls(), places()]
    ),
    min_size=1,
    max_size=4,
)


@given(ANY)
def test_quotes_are_exact_in_text_order_and_the_same_on_every_run(paragraphs: list[str]):
    document = plain_document("\n".join(paragraphs))
    claims = check_document(document)
    assert all(document.text[claim.start : claim.end] == claim.quote for claim in claims)
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)
    assert all(
        document.text[one.start : one.start + len(one.quote)] == one.quote
        for claim in claims
        for one in claim.inputs
        if one.start >= 0
    )
    assert check_document(document) == claims


@pytest.mark.parametrize("name", ["per_pupil", "share", "class_size", "growth"])
@given(data=st.data())
def test_the_figures_of_another_school_change_nothing(name: str, data: st.DataObject):
    sentence: Written = data.draw(sentences(name, true=False))
    other = "附:东风小学在校学生517人,专任教师31人,教学班13个,占地面积9306平方米,图书11891册。"
    alone = [c.verdict for c in about(checked(sentence.text), sentence.marks[0])]
    both = [c.verdict for c in about(checked(f"{sentence.text}\n{other}"), sentence.marks[0])]
    assert alone == both
