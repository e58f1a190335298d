"""Words and figures as pages show them."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.utils import translation

from junheng.base.outcome import Outcome
from junheng.base.terms import Absence, Label, Stage
from junheng.web.templatetags import words

LABEL = Label("差异系数", "coefficient of variation")


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    "value", [LABEL, {"zh": "差异系数", "en": "coefficient of variation"}, SimpleNamespace(label=LABEL)]
)
def test_a_label_is_in_the_language_of_the_page(value):
    assert words.label(value) == "差异系数"
    with translation.override("en"):
        assert words.label(value) == "coefficient of variation"


def test_a_name_in_one_language_is_shown_as_it_is():
    with translation.override("en"):
        assert words.label("西关小学") == "西关小学"
        assert words.label(Label("差异系数", "")) == "差异系数"
    assert words.label(None) == ""


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (1234567, None, "1,234,567"),
        (Decimal("4.20"), None, "4.2"),
        (Decimal("4.2"), 2, "4.20"),
        (0.125, 2, "0.13"),
        (Decimal("-0.125"), 2, "-0.13"),
        (Fraction(2, 3), 3, "0.667"),
        (Fraction(2, 3), None, "0.67"),
        (12345.678, 1, "12,345.7"),
        (0, 2, "0.00"),
        ("4.2", 2, "4.20"),
        ("21/5", 2, "4.20"),
        (float("inf"), 2, "∞"),
    ],
)
def test_a_figure_is_rounded_half_up_with_thousands_apart(value, digits, shown):
    assert words.number(value, digits) == shown


@pytest.mark.parametrize("value", [None, "", float("nan"), "未知", "1e9"])
def test_what_is_no_figure_is_a_dash_that_says_so_never_a_zero(value):
    shown = words.number(value, 2)
    assert "—" in shown
    assert "未填报" in shown
    assert "0" not in shown


def test_a_share_is_shown_as_per_cent():
    assert words.percent(Fraction(854, 1000)) == "85.4%"
    assert words.percent(1, 0) == "100%"
    assert "—" in words.percent(None)


def test_every_outcome_stage_and_absence_has_its_official_word():
    assert {words.outcome(outcome) for outcome in Outcome} == {outcome.zh for outcome in Outcome}
    assert {words.stage(stage) for stage in Stage} == {stage.zh for stage in Stage}
    assert {words.absence(absence) for absence in Absence} == {absence.zh for absence in Absence}
    assert words.outcome(None) == words.stage(None) == ""


def test_an_unknown_outcome_is_not_shown_as_something_else():
    with pytest.raises(ValueError, match="maybe"):
        words.outcome("maybe")
