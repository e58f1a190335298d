"""What an overlay may not loosen, or compute in another way, without saying why."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.terms import Label
from junheng.standards.errors import LooserThanParentError
from junheng.standards.formula import Amount
from junheng.standards.indicator import Indicator
from junheng.standards.loosening import ABSENT, PRESENT, Loosening, Place, as_it_is, joined, with_english
from junheng.standards.looser_limits import looser_balance, looser_thresholds
from junheng.standards.looser_parts import looser_parts
from junheng.standards.looser_rules import looser_rules
from junheng.standards.model import Campuses, Compare, Split, Standard
from junheng.standards.words import STAGES, amount_in_words, condition_in_words


def check_not_looser(standard: Standard, parent: Standard) -> None:
    """Refuse what is looser than in the parent, or computed in another way, unless the overlay says why.

    A dated entry says why in its own ``looser_because``; everything else, and an entry too, in that of the standard.

    Raises:
        LooserThanParentError: naming the place, the day and what both ask.
    """
    for found in _loosenings(standard, parent):
        if not standard.looser_because.get(found.name):
            raise LooserThanParentError(
                standard=standard.id,
                name=found.name,
                indicator=found.label,
                since=found.since,
                parent=found.parent,
                own=found.own,
            )


def _loosenings(standard: Standard, parent: Standard) -> Iterator[Loosening]:
    yield from _looser_indicators(standard, parent)
    yield from looser_rules(standard, parent)
    yield from looser_parts(standard, parent)
    yield from _narrower_scope(standard, parent)
    yield from _other_ways_to_count(standard, parent)


def _looser_indicators(standard: Standard, parent: Standard) -> Iterator[Loosening]:
    own = dict(_placed(standard))
    for key, theirs in _placed(parent):
        ours = own.get(key)
        place = Place(key[-1], theirs.label, standard.in_force.since)
        if ours is None:
            yield place.looser(None, PRESENT, ABSENT)
            continue
        yield from looser_thresholds(place, ours, theirs, standard.stages)
        yield from looser_balance(place, ours.balance, theirs.balance, standard.stages)
        yield from _other_formula(place, ours, theirs)


def _placed(standard: Standard) -> Iterator[tuple[tuple[str, ...], Indicator]]:
    """Every indicator by where it stands: one of the same name elsewhere is no substitute for it."""
    for name, indicator in standard.resources.items():
        yield ("resources", name), indicator
    for part_name, part in standard.parts():
        for item_name, item in part.items.items():
            for name, check in item.checks.items():
                yield (part_name, item_name, name), check


def _other_formula(place: Place, own: Indicator, base: Indicator) -> Iterator[Loosening]:
    """Any change of what is computed: whether it is looser cannot be told, so that it needs a reason."""
    if own.level != base.level:
        yield place.looser(Label("计算到", "computed for"), as_it_is(base.level), as_it_is(own.level))
    for field in type(own.formula).model_fields:
        ours, theirs = getattr(own.formula, field), getattr(base.formula, field)
        if ours != theirs:
            yield place.looser(Label(f"算法 {field}", f"formula {field}"), _said(theirs), _said(ours))


def _said(value: object) -> Label:
    if isinstance(value, Amount):
        return with_english(amount_in_words(value), value)
    if isinstance(value, dict):
        return with_english(condition_in_words(value), value)
    return joined(value) if isinstance(value, tuple) else as_it_is(value)


def _narrower_scope(standard: Standard, parent: Standard) -> Iterator[Loosening]:
    """Schools and stages that the parent judges and the overlay does not."""
    since = standard.in_force.since
    if set(parent.stages) - set(standard.stages):
        yield Place("stages", Label("判定的学段", "stages judged"), since).looser(
            None, _stages(parent), _stages(standard)
        )
    listed_before = [entry.where for entry in parent.leave_out]
    for entry in standard.leave_out:
        if entry.where not in listed_before:
            left_out = with_english(condition_in_words(entry.where), entry.where)
            yield Place("leave_out", Label("不计入的学校", "schools left out"), since).looser(
                entry.label,
                Label("计入", "counted"),
                Label(f"不计入（{left_out.zh}）", f"left out {left_out.en}"),
            )


def _stages(standard: Standard) -> Label:
    return Label("、".join(STAGES[stage] for stage in standard.stages), ", ".join(standard.stages))


def _other_ways_to_count(standard: Standard, parent: Standard) -> Iterator[Loosening]:
    """Any change of how figures are shared out, joined or rounded: as with a formula, it needs a reason."""
    since = standard.in_force.since
    yield from _other_split(standard, parent)
    ways: tuple[tuple[Place, Campuses | Compare, Campuses | Compare], ...] = (
        (Place("campuses", Label("校区的计算", "campuses"), since), standard.campuses, parent.campuses),
        (Place("compare", Label("数值的比较", "comparison of values"), since), standard.compare, parent.compare),
    )
    for place, own, base in ways:
        for field in type(own).model_fields:
            ours, theirs = getattr(own, field), getattr(base, field)
            if field != "source" and ours != theirs:
                yield place.looser(Label(field, field), _said(theirs), _said(ours))


def _other_split(standard: Standard, parent: Standard) -> Iterator[Loosening]:
    theirs, ours = parent.split, standard.split
    if theirs is None:
        return
    place = Place("split", Label("拆分办法", "how figures of whole schools are shared out"), standard.in_force.since)
    if ours is None:
        yield place.looser(None, _weights(theirs), ABSENT)
        return
    if ours.weights != theirs.weights:
        yield place.looser(Label("折算比例", "weights"), _weights(theirs), _weights(ours))
    shared, whole = Label("拆分", "shared out"), Label("不拆分", "not shared out")
    # A name added for an indicator of the overlay's own changes nothing of the parent's.
    for name, indicator in parent.indicators():
        before, after = name in theirs.indicators, name in ours.indicators
        if before != after:
            at = Place(name, indicator.label, place.since)
            yield at.looser(place.label, shared if before else whole, shared if after else whole)


def _weights(split: Split) -> Label:
    zh = "，".join(f"{STAGES[stage]} {weight}" for stage, weight in split.weights.items())
    return with_english(zh, split.weights)
