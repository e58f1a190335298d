"""Nothing is timed before all ways agree: what counts as agreeing."""

import polars as pl
import pytest
from benchmarks.agreement import DisagreementError, difference

KEY, VALUES, WORDS = ("county_code", "school_code"), ("value", "mean", "sd"), ("outcome",)


@pytest.fixture
def answer():
    return pl.DataFrame(
        {
            "county_code": ["330101", "330101", "330102"],
            "school_code": ["a", "b", "c"],
            "value": [12.5, None, 3.0],
            "mean": [8.0, 8.0, 8.0],
            "sd": [1.0, 1e-9, 0.0],
            "outcome": ["met", "unknown", None],
        }
    )


def changed(answer, column, place, value):
    return answer.with_columns(pl.Series(column, [*answer[column][:place], value, *answer[column][place + 1 :]]))


def test_the_same_in_another_order_agrees(answer):
    assert difference(answer, answer.reverse(), KEY, VALUES, WORDS) == 0


def test_a_blank_written_as_nan_is_a_blank(answer):
    assert difference(answer, answer.with_columns(pl.col("value").fill_null(float("nan"))), KEY, VALUES, WORDS) == 0


def test_how_far_the_last_digits_are_apart_is_told(answer):
    other = changed(answer, "value", 0, 12.5 * (1 + 4e-13))
    assert difference(answer, other, KEY, VALUES, WORDS) == pytest.approx(4e-13, rel=1e-2)


def test_a_spread_is_as_exact_as_the_mean_that_it_lies_around(answer):
    assert difference(answer, changed(answer, "sd", 1, 1e-9 + 4e-12), KEY, VALUES, WORDS) == pytest.approx(
        5e-13, rel=1e-2
    )


@pytest.mark.parametrize(
    ("column", "place", "value", "said"),
    [
        ("value", 0, 12.5 * (1 + 4e-12), "value differs in 1 rows"),
        ("value", 1, 0.0, "value differs in 1 rows"),
        ("value", 2, None, "value differs in 1 rows"),
        ("sd", 1, 1e-9 + 1e-10, "sd differs in 1 rows"),
        ("outcome", 0, "unmet", "outcome differs in 1 rows"),
        ("outcome", 2, "met", "outcome differs in 1 rows"),
        ("school_code", 2, "d", "rows differ"),
    ],
    ids=["value", "blank-is-not-zero", "value-missing", "spread", "outcome", "outcome-where-none", "another-school"],
)
def test_one_thing_that_differs_is_a_disagreement(answer, column, place, value, said):
    with pytest.raises(DisagreementError, match=said):
        difference(answer, changed(answer, column, place, value), KEY, VALUES, WORDS)


def test_a_row_too_few_is_a_disagreement(answer):
    with pytest.raises(DisagreementError, match="rows differ: 3 and 2"):
        difference(answer, answer.head(2), KEY, VALUES, WORDS)
