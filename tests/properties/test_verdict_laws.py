"""Laws of verdicts on random counties: what may change an outcome, and which way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference
from junheng.base.outcome import Outcome
from junheng.standards.library import load_standard, standard_ids
from junheng.standards.limit import Limit
from junheng.standards.model import Standard
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement
from strategies import DAY, YEAR, Row, counties, dataset_of, school_row

QUALITY, BASIC = load_standard("CN/youzhi_2017"), load_standard("CN/jiben_2012")
STANDARDS = [name for name in standard_ids() if load_standard(name).stages]
# These three show every way of deciding; all the others take turns in one test.
TRIED = ["CN/youzhi_2017", "CN/jiben_2012", "CN-61/banxue", "another"]
HALF = settings(max_examples=max(settings.default.max_examples // 2, 1))
RANK = {None: 3, "met": 3, "tolerated": 2, "unknown": 1, "unmet": 0}


def tried(name: str, data: st.DataObject) -> Standard:
    """The standard of this name, or for ``another`` any of those that are not named."""
    others = st.sampled_from([other for other in STANDARDS if other not in TRIED])
    return load_standard(data.draw(others) if name == "another" else name)


def outcomes(judgement: Judgement) -> dict[tuple[str, ...], str | None]:
    """Every outcome of a judgement, by where it stands."""
    return dict(_outcomes(judgement))


def _outcomes(judgement: Judgement) -> Iterator[tuple[tuple[str, ...], str | None]]:
    for row in judgement.rows.iter_rows(named=True):
        place = row["county_code"], row["school_code"], row["stage"]
        yield (*place, "row"), row["outcome"]
        for name in judgement.standard.resources:
            yield (*place, name), row[f"{name}__outcome"]
    for row in judgement.checks.iter_rows(named=True):
        yield (row["county_code"], "check", row["check"]), row["outcome"]
    for row in judgement.items.iter_rows(named=True):
        yield (row["county_code"], "item", row["part"], row["item"]), row["outcome"]
    yield from county_outcomes(judgement).items()


def county_outcomes(judgement: Judgement) -> dict[tuple[str, ...], str]:
    """Outcomes of each county: differences, parts, the verdict."""
    found = {}
    for row in judgement.balance.iter_rows(named=True):
        found[row["county_code"], "cv", row["stage"], row["indicator"]] = row["outcome"]
    for row in judgement.parts.iter_rows(named=True):
        found[row["county_code"], "part", row["part"]] = row["outcome"]
    for row in judgement.counties.iter_rows(named=True):
        found[row["county_code"], "verdict"] = row["outcome"]
    return found


def with_frame(dataset: Dataset, table: str, frame: pl.DataFrame) -> Dataset:
    return replace(dataset, frames={**dataset.frames, table: frame})


def tightened(standard: Standard, factor: Decimal) -> Standard:
    """Every limit harder by a factor above 1."""

    def harder(limit: Limit) -> Limit:
        if limit.operator is None or not isinstance(limit.value, Decimal):
            return limit
        lower = limit.operator in ("at_least", "above")
        return limit.model_copy(update={limit.operator: limit.value * factor if lower else limit.value / factor})

    changed = {}
    for name, indicator in standard.resources.items():
        thresholds = [
            entry.model_copy(update={g: tuple(map(harder, getattr(entry, g))) for g in ("primary", "junior", "all")})
            for entry in indicator.thresholds
        ]
        changed[name] = indicator.model_copy(update={"thresholds": tuple(thresholds)})
    return standard.model_copy(update={"resources": changed})


@pytest.mark.parametrize("name", TRIED)
@HALF
@given(data=st.data(), factor=st.sampled_from(["1.0001", "1.05", "2"]))
def test_a_tighter_limit_never_makes_an_outcome_better(name, data, factor):
    standard = tried(name, data)
    dataset = data.draw(counties(standard, max_counties=10))
    before = outcomes(judge(dataset, standard, DAY))
    after = outcomes(judge(dataset, tightened(standard, Decimal(factor)), DAY))
    better = {place for place in before if RANK[after[place]] > RANK[before[place]]}
    assert better == set()


@pytest.mark.parametrize("name", TRIED)
@HALF
@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_a_blank_hides_an_outcome_but_never_turns_it(name, data, seed):
    """Erase filed cells: a failure may become unknown and so may a pass, but neither becomes the other.

    Read backwards: filling in a blank settles what was unknown and overturns nothing.
    """
    standard = tried(name, data)
    whole = data.draw(counties(standard, max_counties=10, blanks=(0.0,)))
    random, frames = Random(seed), dict(whole.frames)
    for table in ("stage_year", "school_year", "county_year", "finance_year", "monitoring", "judged_item"):
        frame, key = frames[table], whole.tables[table].key
        share = random.choice([0.0, 0.02, 0.2])
        erased = {
            c: pl.Series(c, [None if random.random() < share else v for v in frame[c].to_list()], frame[c].dtype)
            for c in frame.columns
            if c not in key
        }
        frames[table] = frame.with_columns(**erased)
    full, partial = judge(whole, standard, DAY), judge(replace(whole, frames=frames), standard, DAY)
    # A small campus whose pupils are blank stands for itself until they are known, as does a small teaching point.
    same_rows = _scope(full) == _scope(partial)
    known = outcomes(full) if same_rows else {}
    for place, outcome in outcomes(partial).items():
        if place in known and outcome in ("met", "tolerated"):
            assert known[place] in ("met", "tolerated"), f"{place}: {outcome} with blanks, {known[place]} without"
        if place in known and outcome == "unmet":
            assert known[place] == "unmet", f"{place}: unmet with blanks, {known[place]} without"


def _scope(judgement: Judgement) -> list[tuple[object, ...]]:
    return judgement.rows.select("school_code", "stage", "left_out").rows()


@pytest.mark.parametrize("name", TRIED)
@HALF
@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_a_row_that_is_not_filed_never_makes_an_outcome_better(name, data, seed):
    standard = tried(name, data)
    whole = data.draw(counties(standard, max_counties=10, blanks=(0.0,)))
    random = Random(seed)
    frame = whole["school_year"]
    chosen = pl.Series([random.random() < 0.7 for _ in range(frame.height)], dtype=pl.Boolean)
    kept = with_frame(whole, "school_year", frame.filter(chosen))
    before, after = outcomes(judge(whole, standard, DAY)), outcomes(judge(kept, standard, DAY))
    turned = {p for p, o in after.items() if o in ("met", "tolerated") and before[p] not in ("met", "tolerated", None)}
    assert turned == set()


@pytest.mark.parametrize("name", TRIED)
@HALF
@given(data=st.data())
def test_a_school_out_of_scope_changes_nothing_in_the_resources(name, data):
    standard = tried(name, data)
    dataset = data.draw(counties(standard, max_counties=10))
    before = judge(dataset, standard, DAY)
    codes = dataset["school"]["county_code"].unique().to_list()
    rows: dict[str, list[Row]] = {"school": [], "school_year": [], "stage_year": []}
    for county in codes:
        code = f"{county}888888"
        rows["school"].append(school_row(code, county, school_kind="514"))
        rows["school_year"].append({"school_code": code, "school_year": YEAR, "teaching_area": Decimal(9)})
        rows["stage_year"].append({"school_code": code, "school_year": YEAR, "stage": "primary", "pupils": 500})
    extra = dataset_of(dataset.tables, rows)
    frames = {name: pl.concat([frame, extra[name]]) for name, frame in dataset.frames.items()}
    after = judge(replace(dataset, frames=frames), standard, DAY)
    assert before.balance.equals(after.balance)
    # A county whose schools are all closed is nobody's to judge until one is open.
    known = pl.col("county_code").is_in(before.counties["county_code"].to_list())
    parts = pl.col("part").is_in(["resources", "balance"])
    assert before.parts.filter(parts).equals(after.parts.filter(parts & known))


@given(data=st.data())
def test_what_is_shared_out_between_stages_adds_up_to_what_was_filed(data):
    """The 高中 part drops out; the shares of the others and its own are the whole."""
    dataset = data.draw(counties(QUALITY, max_counties=10))
    rows = judge(dataset, QUALITY, DAY).rows.filter(pl.col("share").is_not_null())
    weighted = pl.col("pupils_primary") + 1.1 * pl.col("pupils_junior") + 1.32 * pl.col("pupils_senior")
    senior = pl.col("pupils_senior").first() * 1.32 / weighted.first()
    stages = rows.group_by("school_code").agg(
        total=pl.col("share").sum() + senior, rows=pl.len(), filed=weighted.first()
    )
    both = rows.group_by("school_code").agg(
        all_here=((pl.col("pupils_primary") == 0) | (pl.col("stage") == "primary").any()).first()
        & ((pl.col("pupils_junior") == 0) | (pl.col("stage") == "junior").any()).first()
    )
    whole = stages.join(both, on="school_code").filter(pl.col("all_here"))
    assert whole["total"].to_list() == pytest.approx([1.0] * whole.height, abs=1e-12)


@pytest.mark.parametrize("name", TRIED)
@HALF
@given(data=st.data())
def test_an_unknown_never_appears_as_a_pass(name, data):
    standard = tried(name, data)
    judgement = judge(data.draw(counties(standard, max_counties=10)), standard, DAY)
    for name in standard.resources:
        if f"{name}__value" in judgement.rows.columns:
            absent = judgement.rows.filter(pl.col(f"{name}__value").is_null())
            assert set(absent[f"{name}__outcome"].drop_nulls()) <= {"unknown"}
    open_balance = judgement.balance.filter((pl.col("absent") > 0) | pl.col("cv").is_null())
    assert set(open_balance["outcome"].drop_nulls()) <= {"unknown"}
    unjudged = {n for _, part in standard.parts() for n, item in part.items.items() if item.judged}
    open_items = judgement.items.filter(pl.col("item").is_in(list(unjudged)) & pl.col("finding").is_null())
    assert set(open_items["outcome"]) <= {"unknown", "unmet"}


@pytest.mark.parametrize("name", TRIED)
@HALF
@given(data=st.data())
def test_a_county_passes_exactly_when_each_of_its_parts_does(name, data):
    standard = tried(name, data)
    judgement = judge(data.draw(counties(standard, max_counties=10)), standard, DAY)
    assert set(judgement.counties["outcome"]) <= {"met", "unmet", "unknown"}
    for county, outcome in judgement.counties.select("county_code", "outcome").iter_rows():
        parts = judgement.parts.filter(pl.col("county_code") == county)["outcome"].to_list()
        assert len(parts) == len(list(standard.parts())) + bool(standard.school_rule) + bool(standard.balance_rule)
        assert (outcome == "met") == (set(parts) == {"met"})
        assert (outcome == "unmet") == ("unmet" in parts)


@HALF
@given(data=st.data())
def test_a_relaxation_never_makes_the_outcome_of_a_school_or_an_item_worse(data):
    """More may be counted, less is asked. (What some schools may count in addition can part them further: the
    differences between schools are no law of relaxations.)"""
    dataset = data.draw(counties(QUALITY, max_counties=10))
    relax = data.draw(st.lists(st.sampled_from(sorted(QUALITY.relaxations)), unique=True, min_size=1))
    before, after = outcomes(judge(dataset, QUALITY, DAY)), outcomes(judge(dataset, QUALITY, DAY, relax=relax))
    compared = [place for place in before if "cv" not in place and place[-1] not in ("balance", "verdict")]
    assert {p for p in compared if RANK[after[p]] < RANK[before[p]]} == set()


@HALF
@given(data=st.data())
def test_one_county_is_judged_the_same_alone_and_among_others(data):
    dataset = data.draw(counties(QUALITY, max_counties=6))
    together = county_outcomes(judge(dataset, QUALITY, DAY))
    county = data.draw(st.sampled_from(sorted(set(dataset["school"]["county_code"]))))
    schools = dataset["school"].filter(pl.col("county_code") == county)["school_code"].to_list()
    frames = {
        name: frame.filter(pl.col("county_code") == county)
        if "county_code" in frame.columns
        else frame.filter(pl.col("school_code").is_in(schools))
        for name, frame in dataset.frames.items()
    }
    if frames["stage_year"].filter(pl.col("school_year") == YEAR).height:
        alone = judge(replace(dataset, frames=frames), QUALITY, DAY, year=YEAR)
        assert county_outcomes(alone) == {place: o for place, o in together.items() if place[0] == county}


@pytest.mark.parametrize(("count", "at_least", "rest"), [(7, 6, "0.85"), (10, 8, "0.60"), (9, 7, None)])
def test_the_school_rule_says_only_what_holds_whatever_the_unknown_turn_out_to_be(count, at_least, rest):
    """Every combination of how many are met, tolerated, unmet and unknown, each unknown tried out both ways."""
    floor = Fraction(rest) if rest else None
    kinds = ["met", "tolerated", "unmet"]
    for numbers in product(range(count + 1), repeat=3):
        unknown = count - sum(numbers)
        if unknown < 0 or (floor is None and numbers[1]):
            continue
        known = [kind for kind, n in zip(kinds, numbers, strict=True) for _ in range(n)]
        ends = {
            reference.school_rule([*known, *tried], at_least, floor)
            for tried in ([kind] * unknown for kind in kinds)
            if floor is not None or "tolerated" not in tried
        }
        said = reference.school_rule([*known, *["unknown"] * unknown], at_least, floor)
        if said == "unmet":
            assert ends == {"unmet"}
        elif said in ("met", "tolerated"):
            assert ends <= {"met", "tolerated"}
        else:
            assert "unmet" in ends
            assert len(ends) > 1


def test_outcomes_have_the_four_names_of_the_field():
    assert [outcome.zh for outcome in Outcome] == ["达标", "余项容许", "未达标", "无法判定"]
