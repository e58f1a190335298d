"""Laws of scores: what is forgotten of a tree widens its bounds, and never puts the true score outside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference
from junheng.base.outcome import Outcome
from junheng.standards.item import Branch, Deduction, Item, ItemPart, PassScore
from junheng.standards.library import load_standard
from junheng.standards.source import Source
from junheng.verdict.judge import judge
from junheng.verdict.scores import Bounds, score_of
from strategies import DAY, YEAR, dataset_of, school_row, tables_of

SOURCE = Source(document="moe-jd-2017-6", confidence="general", read_in="无")
LABEL = {"zh": "甲", "en": "a"}
MARK = Decimal("8.5")
GROUPS = {"a": "", "b": "a", "c": ""}


@dataclass(frozen=True)
class Leaf:
    """One item as it truly is; what of it is forgotten; None earned: it does not concern the county."""

    group: str
    points: Decimal
    earned: Decimal | None
    forgotten: str


@st.composite
def leaves(draw):
    points = draw(st.sampled_from([Decimal(n) for n in ("0.5", "1", "2.5", "3")]))
    earned = draw(st.sampled_from([None, Decimal(0), points / 2, points, points]))
    group = draw(st.sampled_from(["", *GROUPS]))
    return Leaf(group, points, earned, draw(st.sampled_from(["", "", "", "score", "points", "item"])))


def tree(listed: list[Leaf], hidden: set[str]) -> tuple[ItemPart, dict[str, Bounds | None]]:
    """The part as its standard knows it, and what is known of what the county earned."""
    known = {f"i{n}": leaf for n, leaf in enumerate(listed) if leaf.forgotten != "item"}
    gone = [leaf.group for leaf in listed if leaf.forgotten == "item"]

    def points_of(group: str) -> Decimal:
        below = [name for name, above in GROUPS.items() if above == group]
        return sum((leaf.points for leaf in listed if leaf.group == group), Decimal(0)) + sum(map(points_of, below))

    part = ItemPart(
        label=LABEL,
        rule="score",
        total=None if "total" in hidden else points_of(""),
        rescale=True,
        not_seen=gone.count(""),
        pass_score=(PassScore(**{"from": date(2010, 1, 1)}, at_least=MARK, source=SOURCE),),
        groups={
            name: Branch(
                label=LABEL, group=above, not_seen=name in gone, points=None if name in hidden else points_of(name)
            )
            for name, above in GROUPS.items()
        },
        items={
            name: Item(
                label=LABEL,
                group=leaf.group,
                points=None if leaf.forgotten == "points" else leaf.points,
                may_not_apply=True,
                source=SOURCE,
            )
            for name, leaf in known.items()
        },
        source=SOURCE,
    )
    return part, {name: _earned(leaf) for name, leaf in known.items()}


def _earned(leaf: Leaf) -> Bounds | None:
    if leaf.forgotten == "points":
        return Bounds(Fraction(0), None)
    if leaf.forgotten == "score":
        return Bounds(Fraction(0), Fraction(leaf.points))
    return None if leaf.earned is None else Bounds(Fraction(leaf.earned), Fraction(leaf.earned))


def true_score(listed: list[Leaf], *, rescaled: bool) -> Fraction | None:
    total = sum((Fraction(leaf.points) for leaf in listed), Fraction(0))
    asked = sum((Fraction(leaf.points) for leaf in listed if leaf.earned is not None), Fraction(0))
    earned = sum((Fraction(leaf.earned) for leaf in listed if leaf.earned is not None), Fraction(0))
    if not rescaled:
        return earned
    return earned / asked * total if asked else None


forgetting = st.sets(st.sampled_from([*GROUPS, "total"]))


@given(listed=st.lists(leaves(), min_size=1, max_size=6), hidden=forgetting)
def test_the_true_score_lies_within_the_bounds_of_what_is_known(listed, hidden):
    part, earned = tree(listed, hidden)
    found = score_of(part, earned)
    truth = true_score(listed, rescaled=part.total is not None)
    if truth is None:
        return
    assert found.bounds.low <= truth
    assert found.bounds.high is None or truth <= found.bounds.high
    if part.total is None:
        assert found.outcome is Outcome.UNKNOWN
    elif found.outcome is not Outcome.UNKNOWN:
        assert found.outcome == (Outcome.MET if truth >= Fraction(MARK) else Outcome.UNMET)


@given(listed=st.lists(leaves(), min_size=1, max_size=6))
def test_a_score_of_which_nothing_is_forgotten_is_exact(listed):
    whole = [Leaf(leaf.group, leaf.points, leaf.earned, "") for leaf in listed]
    # A branch without items leaves its points open; here it has none.
    found = score_of(*tree(whole, set()))
    truth = true_score(whole, rescaled=True)
    assert found.bounds.exact == truth or truth is None


@given(listed=st.lists(leaves(), min_size=1, max_size=6), hidden=forgetting, data=st.data())
def test_earning_more_never_lowers_a_bound(listed, hidden, data):
    part, earned = tree(listed, hidden)
    known = [name for name, own in earned.items() if own is not None and own.high is not None]
    if not known:
        return
    name = data.draw(st.sampled_from(known))
    full = Fraction(part.items[name].points)
    before, after = score_of(part, earned), score_of(part, earned | {name: Bounds(full, full)})
    assert before.bounds.low <= after.bounds.low
    assert before.bounds.high is None or before.bounds.high <= after.bounds.high
    assert (before.outcome, after.outcome) not in {(Outcome.MET, Outcome.UNMET), (Outcome.MET, Outcome.UNKNOWN)}


@given(listed=st.lists(leaves(), min_size=1, max_size=6), hidden=forgetting)
def test_the_second_opinion_adds_up_trees_alike(listed, hidden):
    part, earned = tree(listed, hidden)
    spans = {name: (None, None) if own is None else (own.low, own.high) for name, own in earned.items()}
    bounds = score_of(part, earned).bounds
    assert (bounds.low, bounds.high) == reference.part_span(part, spans)


@given(listed=st.lists(leaves(), min_size=1, max_size=6), hidden=forgetting)
def test_the_highest_branches_add_up_to_the_part(listed, hidden):
    part, earned = tree([leaf for leaf in listed if leaf.group] or [Leaf("a", Decimal(1), Decimal(1), "")], hidden)
    found = score_of(part, earned)
    top = [found.branches[name] for name in ("a", "c")]
    out = sum(own.left_out for own in top)
    if not out or part.total is None:
        assert found.bounds.low == sum(own.low for own in top)


@pytest.mark.parametrize("total", ["10", "12.5"])
def test_every_way_in_which_the_unmet_and_unknown_may_earn_lies_within_a_schools_score(total):
    """All outcomes of four indicators, one of them without points: every partial credit tried out."""
    points = [Decimal("2.5"), Decimal("3"), None, Decimal("2")]
    rest = Fraction(total) - Fraction("7.5")
    for outcomes in product(["met", "unmet", "unknown", None], repeat=4):
        span = reference.school_score(outcomes, points, Fraction(total))
        assert span is not None
        sizes = [Fraction(own) if own is not None else rest for own in points]
        asked = [(size, outcome) for size, outcome in zip(sizes, outcomes, strict=True) if outcome]
        whole = sum((size for size, _ in asked), Fraction(0))
        if not whole:
            continue
        ways = [[size] if outcome == "met" else [Fraction(0), size / 3, size] for size, outcome in asked]
        for earned in product(*ways):
            assert span[0] <= sum(earned) / whole * Fraction(total) <= span[1]


EVERY_SCORE = load_standard(Path(__file__).parents[1] / "engines/every_score")


def by_steps(deduction: Deduction):
    """The standard for tests with this deduction for the largest class, and nothing else for its item."""
    part = EVERY_SCORE.government
    rooms = part.items["rooms"]
    rooms = rooms.model_copy(update={"checks": {"class_size": rooms.checks["class_size"]}, "deductions": (deduction,)})
    return EVERY_SCORE.model_copy(
        update={"government": part.model_copy(update={"items": {**part.items, "rooms": rooms}})}
    )


@settings(max_examples=max(settings.default.max_examples // 3, 1))
@given(
    classes=st.lists(st.sampled_from([40, 45, 46, 48, 52, 70]), min_size=2, max_size=4),
    data=st.data(),
    steps=st.sampled_from(["started", "full", "part"]),
    points=st.sampled_from(["1", "0.5", "3"]),
    per=st.sampled_from(["1", "2.5"]),
)
def test_a_deduction_of_what_some_did_not_file_holds_what_it_is_once_they_do(classes, data, steps, points, per):
    """One county with every largest class, one that left some of them blank; the second opinion says the same."""
    blank = data.draw(st.sets(st.integers(0, len(classes) - 1)))
    standard = by_steps(Deduction(check="class_size", points=points, per=per, steps=steps, source=SOURCE))
    rows = {"school": [], "stage_year": []}
    for county, hidden in (("320000", set()), ("330000", blank)):
        for place, largest in enumerate(classes):
            code = f"{county}{place:06d}"
            rows["school"].append(school_row(code, county))
            filed = None if place in hidden else largest
            key = {"school_code": code, "school_year": YEAR, "stage": "primary"}
            rows["stage_year"].append({**key, "pupils": 100, "largest_class": filed})
    dataset = dataset_of(tables_of(standard), rows)
    judgement, opinion = judge(dataset, standard, DAY), reference.second_opinion(dataset, standard, DAY)
    full, open_one = (judgement.scores[county, "government"].items["rooms"] for county in ("320000", "330000"))
    assert open_one.low <= full.low
    assert full.high <= open_one.high
    for county, found in (("320000", full), ("330000", open_one)):
        assert opinion.item_scores[county, "government", "rooms"] == (found.low, found.high)
