"""What a person sees when a page cannot be given: what happened and what to do, never a traceback."""

import pytest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation


@pytest.mark.parametrize("status", [400, 403, 404, 429])
def test_a_page_of_an_error_says_what_to_do_next(status):
    with translation.override("zh-hans"):
        html = render_to_string(f"{status}.html", request=RequestFactory().get('/<script>alert("1")</script>/'))
    assert "请" in html
    assert str(status) in html
    assert 'href="/"' in html
    assert "<script>alert" not in html


def test_the_last_page_needs_no_context_and_speaks_both_languages():
    html = get_template("500.html").render()
    assert "系统出错" in html
    assert "Something went wrong" in html
    assert "error.css" in html
