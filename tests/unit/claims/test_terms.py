"""What a label names, which part of it, and what it leaves unknown."""

from __future__ import annotations

import pytest

from junheng.claims.terms import terms


@pytest.mark.parametrize(
    ("label", "concept", "facets", "others", "rest"),
    [
        ("全县共有农村小学专任教师", "full_time_teachers", {"stage:primary", "place:rural"}, (), ""),
        ("学校共有图书", "books", set(), (), ""),  # whose, not what
        ("专任教师本科学历", "bachelors", set(), ("full_time_teachers",), ""),
        ("应交流教师", "teachers", set(), (), "应交流"),
        ("男生", "pupils", {"sex:male"}, (), ""),
        ("民办园", "", {"owner:private", "stage:preschool"}, (), ""),
        ("义务教育阶段在校生", "pupils", set(), (), ""),  # of what these reports are about anyway
        ("教学楼", "", set(), (), "教学楼"),
        ("", "", set(), (), ""),
    ],
)
def test_a_label_is_read(label: str, concept: str, facets: set[str], others: tuple[str, ...], rest: str):
    named = terms().named(label)
    assert (named.concept, named.facets, named.others, named.rest) == (concept, facets, others, rest)


def test_the_longest_word_wins():
    assert terms().named("学校占地面积").concept == "land_area"
    assert terms().named("学校学生宿舍面积").concept == "dormitory_area"


def test_unknown_words_after_the_last_known_one_are_kept_apart():
    assert terms().named("学校项目").trailing == "项目"
    assert terms().named("项目学校").trailing == ""


def test_the_stages_of_a_heading():
    assert terms().stages("(一)小学教育") == {"stage:primary"}
    assert terms().stages("工作成效") == frozenset()


def test_the_words_hang_together():
    vocabulary = terms()
    known = set(vocabulary.concepts)
    assert {word for words in vocabulary.broader.values() for word in words} | set(vocabulary.broader) <= known
    assert {concept for pair in vocabulary.rates.values() for concept in pair} <= known
    facets = frozenset().union(*vocabulary.facets.values())
    assert all(partition <= facets for partition in vocabulary.partitions)
    assert vocabulary.neutral_facets <= facets


def test_every_word_names_its_own_concept():
    vocabulary = terms()
    shared = [word for word, concept in vocabulary.by_word.items() if vocabulary.named(word).concept != concept]
    assert shared == []
