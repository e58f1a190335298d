"""Whether the rules by which indicators decide (学校达标规则, 差异系数规则) ask less than the parent's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from junheng.base.terms import Label
from junheng.standards.loosening import ABSENT, NOT_SEEN, Loosening, Place, as_it_is, joined, with_english
from junheng.standards.looser_limits import looser_balance
from junheng.standards.model import SchoolRule, SchoolScore, Standard
from junheng.standards.softening import PASS_MARK, POINTS, TOTAL, lower_mark
from junheng.standards.words import school_rule_in_words

_RULES = {
    "each": Label("each（逐项判定）", "each (one by one)"),
    "mean": Label("mean（按平均值判定）", "mean (by their mean)"),
}
_WEIGHTS = {"pupils": Label("按学生数加权", "by pupils"), "none": Label("不加权", "none")}


def looser_rules(standard: Standard, parent: Standard) -> Iterator[Loosening]:
    yield from _looser_school_rule(standard, parent)
    yield from _looser_balance_rule(standard, parent)


def _looser_school_rule(standard: Standard, parent: Standard) -> Iterator[Loosening]:
    """A rule that was not found may be filled in; one that was found may not be forgotten, nor turned into another."""
    theirs, ours = parent.school_rule, standard.school_rule
    if theirs is None:
        return
    place = Place("school_rule", Label("学校达标规则", "the rule for schools"), standard.in_force.since)
    if ours is None:
        yield place.looser(None, _said(theirs, parent), ABSENT)
        return
    counted, before = standard.counted(), parent.counted()
    if any(name not in counted for name in before if name in standard.resources):
        what = Label("计入学校达标判定的指标", "indicators that count for the rule for schools")
        yield place._replace(name="required", label=what).looser(None, joined(before), joined(counted))
    if ours.not_seen + len(set(counted) - set(before)) < theirs.not_seen:
        what = Label("内容未见的项数", "requirements not seen")
        yield place.looser(what, as_it_is(theirs.not_seen), as_it_is(ours.not_seen))
    if _kind(ours) != _kind(theirs):
        if not theirs.not_found:
            yield place.looser(None, _said(theirs, parent), _said(ours, standard))
        return
    if ours.at_least is not None and theirs.at_least is not None:
        missed = len(counted) + ours.not_seen - ours.at_least
        tolerated = len(before) + theirs.not_seen - theirs.at_least
        yield from _fewer_met(place, (ours.at_least, missed), (theirs.at_least, tolerated))
        if theirs.rest is not None and (ours.rest is None or ours.rest < theirs.rest):
            what = Label("余项不低于要求的", "share of its limit that every other reaches")
            yield place.looser(what, as_it_is(theirs.rest), as_it_is(ours.rest))
    if ours.score is not None and theirs.score is not None:
        yield from _scored_more_kindly(place, ours.score, theirs.score)
        yield from _other_points(place, standard, parent, ours.score.total)


def _fewer_met(place: Place, ours: tuple[int, int], theirs: tuple[int, int]) -> Iterator[Loosening]:
    """Each is how many indicators must be met, and how many may be missed beside them."""
    (met, missed), (asked, tolerated) = ours, theirs
    if met < asked:
        what = Label("至少达标项数", "least indicators met")
        yield place.looser(what, as_it_is(asked), as_it_is(met))
    elif missed > tolerated:
        # An indicator that is easily met, added beside the same number, would make up for one that is not.
        what = Label("可以不达标的项数", "indicators that may be missed")
        yield place.looser(what, as_it_is(tolerated), as_it_is(missed))


def _scored_more_kindly(place: Place, ours: SchoolScore, theirs: SchoolScore) -> Iterator[Loosening]:
    if ours.total != theirs.total:
        yield place.looser(TOTAL, as_it_is(theirs.total), as_it_is(ours.total))
    if lower_mark((ours.at_least, ours.total), (theirs.at_least, theirs.total)):
        yield place.looser(PASS_MARK, as_it_is(theirs.at_least), as_it_is(ours.at_least, NOT_SEEN))


def _other_points(place: Place, standard: Standard, parent: Standard, total: Decimal) -> Iterator[Loosening]:
    """Points moved between indicators, or given to new ones beyond the total, so that all others weigh less."""
    points, before = _points(standard), _points(parent)
    if points > max(total, before):
        yield place.looser(Label("各项分值之和", "points of all indicators"), as_it_is(before), as_it_is(points))
    for name, indicator in parent.resources.items():
        own = standard.resources.get(name)
        if own is not None and indicator.points is not None and own.points != indicator.points:
            at = Place(name, own.label, place.since)
            yield at.looser(POINTS, as_it_is(indicator.points), as_it_is(own.points))


def _points(standard: Standard) -> Decimal:
    given = (standard.resources[name].points for name in standard.counted() if name in standard.resources)
    return sum((points for points in given if points is not None), Decimal(0))


def _kind(rule: SchoolRule) -> str:
    return "score" if rule.score else "not_found" if rule.not_found else "at_least"


def _said(rule: SchoolRule, standard: Standard) -> Label:
    return with_english(school_rule_in_words(rule, len(standard.counted())), rule)


def _looser_balance_rule(standard: Standard, parent: Standard) -> Iterator[Loosening]:
    theirs, ours = parent.balance_rule, standard.balance_rule
    if theirs is None:
        return
    place = Place(
        "balance_rule", Label("差异系数规则", "the rule for coefficients of variation"), standard.in_force.since
    )
    if ours is None:
        yield place.looser(None, _RULES[theirs.rule], ABSENT)
        return
    if ours.weights != theirs.weights:
        yield place.looser(Label("加权", "weights"), _WEIGHTS[theirs.weights], _WEIGHTS[ours.weights])
    if ours.rule != theirs.rule:
        yield place.looser(None, _RULES[theirs.rule], _RULES[ours.rule])
        return
    before, after = parent.balanced(), standard.balanced()
    # One more may lower a mean; where each decides it only adds.
    if set(before) - set(after) or (ours.rule == "mean" and set(before) != set(after)):
        yield place.looser(Label("指标", "indicators"), joined(before), joined(after))
    if ours.rule == "mean":
        mean = place._replace(label=Label("综合差异系数", "mean coefficient of variation"))
        yield from looser_balance(mean, ours.limits, theirs.limits, standard.stages)
