"""Laws of the 差异系数, on the judge itself: two schools or thirty, whatever their numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from junheng.base.exact import sum_of_roots_at_most
from junheng.standards.library import load_standard
from junheng.standards.limit import BalanceLimit
from junheng.verdict.judge import judge
from strategies import DAY, YEAR, dataset_of, school_row, tables_of

QUALITY, BASIC = load_standard("CN/youzhi_2017"), load_standard("CN/jiben_2012")
EQUIPMENT = "equipment_value_per_pupil"

schools = st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 400_000)), min_size=1, max_size=12)


def difference(*counties: list[tuple[int, int]], standard=QUALITY, places: int = 0) -> pl.DataFrame:
    """Judge counties of (pupils, value of the equipment), the value with so many decimals; a row a county."""
    rows = {"school": [], "school_year": [], "stage_year": []}
    for number, listed in enumerate(counties):
        for place, (pupils, amount) in enumerate(listed):
            code, county = f"{number:06d}{place:06d}", f"{number:06d}"
            rows["school"].append(school_row(code, county))
            premises = {"school_code": code, "school_year": YEAR, "equipment_value": Decimal(amount).scaleb(-places)}
            rows["school_year"].append(premises)
            rows["stage_year"].append({"school_code": code, "school_year": YEAR, "stage": "primary", "pupils": pupils})
    found = judge(dataset_of(tables_of(standard), rows), standard, DAY).balance
    return found.filter(pl.col("indicator") == EQUIPMENT).sort("county_code")


def exact_square(listed: list[tuple[int, int]]) -> Fraction:
    pupils = sum(p for p, _ in listed)
    mean = Fraction(sum(a for _, a in listed), pupils)
    return sum(p * (Fraction(a, p) - mean) ** 2 for p, a in listed) / pupils / mean**2


@given(listed=schools, factor=st.integers(2, 9), seed=st.integers(0, 9))
def test_unit_order_and_doubling_change_nothing(listed, factor, seed):
    """元 or 万元, this order or that, one county or two identical halves of it: the same coefficient and outcome."""
    assume(any(amount for _, amount in listed))
    times = [(pupils, amount * factor) for pupils, amount in listed]
    turned = Random(seed).sample(listed, len(listed))
    found = difference(listed, times, turned, listed * 2)
    assert found["cv"].to_list() == pytest.approx([found["cv"][0]] * 4, rel=1e-12, abs=1e-12)
    assert found["outcome"].n_unique() == 1


@given(listed=schools, pupils=st.lists(st.integers(1, 3000), min_size=1, max_size=12), each=st.integers(1, 5000))
def test_it_is_zero_exactly_where_all_schools_are_alike(listed, pupils, each):
    assume(any(amount for _, amount in listed))
    alike = [(p, p * each) for p in pupils]
    found = difference(listed, alike)
    assert found["cv"][1] == pytest.approx(0, abs=1e-14)
    assert (found["cv"][0] < 1e-9) == (len({Fraction(a, p) for p, a in listed}) == 1)


@given(listed=schools)
def test_it_is_the_square_root_of_an_exact_fraction(listed):
    assume(any(amount for _, amount in listed))
    assert difference(listed)["cv"].item() == pytest.approx(float(exact_square(listed)) ** 0.5, rel=1e-12, abs=1e-12)


def test_without_any_amount_there_is_no_coefficient_and_no_pass():
    found = difference([(100, 0), (50, 0)])
    assert found.select("mean", "cv", "outcome").row(0) == (0, None, "unknown")


@given(
    pupils=st.integers(1, 2000),
    mean=st.integers(1, 500),
    cv=st.integers(1, 99),
    off=st.sampled_from([-1, 0, 1]),
    places=st.integers(0, 8),
)
def test_at_the_limit_it_is_decided_exactly(pupils, mean, cv, off, places):
    """Two equal schools with (1 ∓ c) times the mean have a coefficient of exactly c; one unit more has not."""
    limit = BalanceLimit.model_validate(
        QUALITY.resources[EQUIPMENT].balance[0].model_dump(by_alias=True) | {"primary": {"cv_at_most": f"0.{cv:02d}"}}
    )
    indicator = QUALITY.resources[EQUIPMENT].model_copy(update={"balance": (limit,)})
    standard = QUALITY.model_copy(update={"resources": QUALITY.resources | {EQUIPMENT: indicator}})
    pair = [(pupils, mean * pupils * (100 - cv)), (pupils, mean * pupils * (100 + cv) + off)]
    found = difference(pair, standard=standard, places=places)
    assert found["outcome"].item() == ("unmet" if off > 0 else "met")


@given(listed=st.lists(schools, min_size=1, max_size=4), limits=st.lists(st.integers(1, 99), min_size=2, max_size=2))
def test_a_tighter_limit_never_turns_unmet_to_met(listed, limits):
    strict, lenient = sorted(limits)
    outcomes = []
    for cv in (strict, lenient):
        limit = BalanceLimit.model_validate(
            QUALITY.resources[EQUIPMENT].balance[0].model_dump(by_alias=True)
            | {"primary": {"cv_at_most": f"0.{cv:02d}"}}
        )
        indicator = QUALITY.resources[EQUIPMENT].model_copy(update={"balance": (limit,)})
        standard = QUALITY.model_copy(update={"resources": QUALITY.resources | {EQUIPMENT: indicator}})
        outcomes.append(difference(*listed, standard=standard)["outcome"].to_list())
    assert all(wide == "met" or tight != "met" for tight, wide in zip(*outcomes, strict=True))


@given(roots=st.lists(st.fractions(0, 2, max_denominator=1000), min_size=1, max_size=8), nudge=st.integers(-1, 1))
def test_the_mean_of_several_is_decided_exactly(roots, nudge):
    """Rational roots add up to a rational number: at it the mean is met, a hair above it is not."""
    squares = [root**2 for root in roots]
    limit = sum(roots) + Fraction(nudge, 10**40)
    assert sum_of_roots_at_most(squares, limit) == (nudge >= 0)


@given(squares=st.lists(st.fractions(0, 4, max_denominator=50), min_size=1, max_size=8))
def test_irrational_roots_are_squeezed_between_their_decimals(squares):
    low = [Fraction(int((square * 10**60).__floor__() ** 0.5) - 10**16, 10**30) for square in squares]
    high = [value + Fraction(2 * 10**16, 10**30) for value in low]
    assert sum_of_roots_at_most(squares, sum(high))
    assert any(square for square in squares) is False or not sum_of_roots_at_most(
        squares, sum(low) - Fraction(1, 10**9)
    )
