"""What figures take over from those before them in their sentence."""

from __future__ import annotations

from unit.claims.mentions_read import mentions


def test_a_stage_holds_for_what_follows_it():
    found = mentions("小学86所,在校生12000人;初中19所,在校生8000人。")
    assert found["12000人"].carried == {"stage:primary"}
    assert found["8000人"].carried == {"stage:junior"}


def test_once_the_parts_are_listed_what_follows_is_of_the_whole():
    assert not mentions("小学86所、初中19所,在校生20000人。")["20000人"].carried


def test_what_is_counted_holds_for_its_parts():
    found = mentions("全县教师1600人,其中小学1000人、初中600人。")
    assert found["1000人"].concept == found["600人"].concept == "teachers"
    assert found["1000人"].implied
    assert not found["1600人"].implied


def test_a_sentence_takes_over_no_concept_from_the_one_before():
    assert mentions("全县教师1600人。小学1000人。")["1000人"].concept == ""


def test_boys_of_a_grade_are_of_the_grade():
    assert mentions("七年级684人,其中男生362人。")["362人"].facets == {"grade:7", "sex:male"}


def test_whose_total_it_is_holds_in_its_sentence():
    found = mentions("全县有学校48所,在校生20000人。我校在校生900人。")
    assert found["20000人"].scope == found["48所"].scope == "县"
    assert found["900人"].scope == "校"


def test_the_stage_of_the_heading_holds_below_it():
    found = mentions("(一)小学教育\n共有在校生12000人。\n(二)义务教育\n共有在校生20000人。")
    assert found["12000人"].carried == {"stage:primary"}
    assert not found["20000人"].carried
