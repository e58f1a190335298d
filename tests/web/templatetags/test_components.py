"""Small parts of pages: an icon never without its word, a figure that is not there says why, text stays text."""

import pytest
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from junheng.base.outcome import Outcome
from junheng.web.filings.states import State
from junheng.web.paging import SIZES, USUAL, page_of
from junheng.web.templatetags.components import TONES

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


def shown(template, path="/schools/", **context):
    return Template(template).render(RequestContext(RequestFactory().get(path), context))


@pytest.mark.parametrize("short", [True, False])
@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_has_an_icon_and_a_word(outcome, short):
    html = shown("{% outcome value short=short %}", value=outcome, short=short)
    assert "<svg" in html
    assert outcome.zh in html
    assert f"outcome-{outcome}" in html


def test_nothing_is_shown_where_nothing_was_judged():
    assert shown("{% outcome None %}") == ""


def test_every_state_of_a_filing_has_a_tone():
    assert {str(state) for state in State} <= set(TONES)


def test_a_figure_is_a_door_with_its_unit():
    html = shown('{% amount 3.456 digits=2 unit="人" href="/cells/1/" %}')
    assert html == '<a href="/cells/1/">3.46</a> <span class="unit">人</span>'


def test_a_figure_that_is_not_there_says_why_and_has_no_unit():
    html = shown('{% amount None absent="no_pupils" unit="人" %}')
    assert "无学生" in html
    assert "人</span>" not in html


@pytest.mark.parametrize(
    "template",
    [
        "{% badge text text %}",
        "{% state text text %}",
        "{% amount 1 unit=text href=text %}",
        "{% progress 1 2 text %}",
        "{% sort_head text text unit=text target=text %}",
        '{% include "components/empty.html" with title=text text=text url=text action=text %}',
        '{% include "components/facts.html" with facts=facts %}',
        '{% include "components/confirm.html" with id=text title=text text=text action=text button=text reason=text %}',
        '{% include "components/chart.html" with id=text title=text spec=spec %}',
        '{% include "components/reasons.html" with reasons=reasons %}',
    ],
)
def test_text_stays_text(template):
    reasons = [
        {"title": HOSTILE, "because": HOSTILE, "source": HOSTILE, "cells": [{"label": HOSTILE, "cell": HOSTILE}]}
    ]
    html = shown(template, text=HOSTILE, facts=[(HOSTILE, HOSTILE)], spec={"title": HOSTILE}, reasons=reasons)
    assert "<script>alert" not in html


def test_no_part_needs_inline_style_or_script(settings):
    for folder in (settings.HERE / "templates", *settings.HERE.glob("*/templates")):
        for file in folder.rglob("*.html"):
            text = file.read_text(encoding="utf-8")
            assert not any(sign in text for sign in (" style=", "<style", "javascript:", "hx-on", "onclick", "js:")), (
                file
            )


def test_a_head_sorts_one_way_then_the_other_and_keeps_the_filter():
    first = shown('{% sort_head "cv" "差异系数" number=True %}', path="/schools/?town=3&page=4")
    assert 'href="?town=3&amp;sort=cv"' in first
    assert 'aria-sort="none"' in first
    second = shown('{% sort_head "cv" "差异系数" %}', path="/schools/?town=3&sort=cv")
    assert 'href="?town=3&amp;sort=-cv"' in second
    assert 'aria-sort="ascending"' in second


def test_a_pager_says_how_many_and_keeps_the_filter():
    page = Paginator(range(1280), 50).get_page(3)
    html = shown(
        '{% include "components/pager.html" with page=page target="#rows" %}', "/schools/?town=3&page=3", page=page
    )
    assert "共 1280 项，现为第 101–150 项" in html
    assert 'href="?town=3&amp;page=4"' in html
    assert 'hx-target="#rows"' in html
    assert 'aria-current="page">3<' in html


def test_a_short_list_needs_no_pages():
    page = Paginator(range(3), 50).get_page(1)
    html = shown('{% include "components/pager.html" with page=page %}', page=page)
    assert "共 3 项" in html
    assert "下一页" not in html


@pytest.mark.parametrize(
    ("query", "size", "number"),
    [
        ("", USUAL, 1),
        ("size=20&page=2", 20, 2),
        ("size=7&page=x", USUAL, 1),
        ("size=1e9&page=-3", USUAL, 6),
        ("page=99", USUAL, 6),
    ],
)
def test_whatever_is_typed_as_page_gives_one(query, size, number):
    page = page_of(RequestFactory().get(f"/schools/?{query}"), range(300))
    assert page.paginator.per_page == size
    assert page.number == number
    assert USUAL in SIZES


def test_a_coefficient_above_its_limit_is_marked():
    assert "bar-unmet" in shown("{% cv_bar 0.51 0.5 %}")
    assert "bar-met" in shown("{% cv_bar 0.5 0.5 %}")
    assert "bar-unknown" in shown('{% cv_bar 0.4 0.5 outcome="unknown" %}')
    assert "—" in shown("{% cv_bar None 0.5 %}")
