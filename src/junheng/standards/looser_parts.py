"""Whether a part made of items asks less than the parent's: its items, its points, and what passes besides."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.terms import Label
from junheng.standards.item import Item, ItemPart
from junheng.standards.loosening import ABSENT, NOT_SEEN, PRESENT, Loosening, Place, as_it_is
from junheng.standards.looser_limits import entries_held_together
from junheng.standards.model import Standard
from junheng.standards.softening import PASS_MARK, POINTS, TOTAL, lower_mark, softer_deductions


def looser_parts(standard: Standard, parent: Standard) -> Iterator[Loosening]:
    own_parts = dict(standard.parts())
    for name, base in parent.parts():
        place = Place(name, base.label, standard.in_force.since)
        part = own_parts.get(name)
        if part is None:
            yield place.looser(None, PRESENT, ABSENT)
            continue
        if base.rule == "score":
            yield from _scored_more_kindly(place, part, base)
        yield from _looser_part(place, part, base)
        for item_name, theirs in base.items.items():
            at = Place(item_name, theirs.label, place.since)
            yield from _looser_item(at, part.items.get(item_name), theirs, scored=base.rule == "score")


def _scored_more_kindly(place: Place, own: ItemPart, base: ItemPart) -> Iterator[Loosening]:
    if base.total is not None and own.total != base.total:
        # With the total everything grows at once, and points that are a gift weigh as much as all the others.
        yield place.looser(TOTAL, as_it_is(base.total), as_it_is(own.total, NOT_SEEN))
    for day, score, mark in entries_held_together(own.pass_score, base.pass_score):
        if score is not None and score.looser_because:
            continue
        if score is None or lower_mark((score.at_least, own.total), (mark.at_least, base.total)):
            at_least = ABSENT if score is None else as_it_is(score.at_least)
            yield place._replace(since=day).looser(PASS_MARK, as_it_is(mark.at_least), at_least)
    for key, branch in base.groups.items():
        ours = own.groups.get(key)
        points = ours.points if ours else None
        if branch.points is not None and points != branch.points:
            at = Place(place.name, branch.label, place.since)
            yield at.looser(POINTS, as_it_is(branch.points), as_it_is(points))


def _looser_part(place: Place, own: ItemPart, base: ItemPart) -> Iterator[Loosening]:
    """What a part accepts besides: fewer items unseen than were added, findings that pass, items taken out."""
    if (base.rule, own.rule) == ("all", "score"):
        what = Label("判定方式", "how it is decided")
        yield place.looser(what, Label("全部达到", "all met"), Label("计分", "by score"))
    if own.not_seen + len(own.items.keys() - base.items.keys()) < base.not_seen:
        yield place.looser(Label("内容未见的项数", "items not seen"), as_it_is(base.not_seen), as_it_is(own.not_seen))
    # Findings that do not pass (试行、部分达到) only say more exactly what is missing.
    if "basically" in own.findings and "basically" not in base.findings:
        strict, lax = Label("达到才算达到", "met only"), Label("基本达到也算达到", "basically met passes too")
        yield place.looser(Label("认定结论", "findings"), strict, lax)
    if own.rescale and not base.rescale:
        kept, taken_out = Label("不折算", "not rescaled"), Label("不计分，其余折算", "taken out, the rest rescaled")
        yield place.looser(Label("不适用的事项", "items that do not apply"), kept, taken_out)
    if base.plans and not own.plans:
        needed, not_needed = Label("须写整改措施", "need a plan"), Label("不须写", "need none")
        yield place.looser(Label("未达到的事项", "items not met"), needed, not_needed)
    for key, branch in base.groups.items():
        ours = own.groups.get(key)
        added = any(item.group == key for name, item in own.items.items() if name not in base.items)
        if branch.not_seen and not (ours and ours.not_seen) and not added:
            at = Place(place.name, branch.label, place.since)
            yield at.looser(Label("未见的内容", "content not seen"), PRESENT, ABSENT)


def _looser_item(place: Place, own: Item | None, base: Item, *, scored: bool) -> Iterator[Loosening]:
    if own is None:
        yield place.looser(None, PRESENT, ABSENT)
        return
    if own.ends is not None and (base.ends is None or own.ends < base.ends):
        ends = as_it_is(base.ends) if base.ends else Label("（不终止）", "open")
        yield place.looser(Label("终止日", "last day"), ends, as_it_is(own.ends))
    if own.since is not None and own.since > max(place.since, base.since or place.since):
        since = as_it_is(base.since) if base.since else Label("（自始）", "the beginning")
        yield place.looser(Label("起始日", "first day"), since, as_it_is(own.since))
    if base.gate and not own.gate:
        yield place.looser(Label("各校达到办学基本标准", "every school meets the basic standard"), PRESENT, ABSENT)
    if base.judged and not own.judged and own.checks.keys() <= base.checks.keys():
        needed, dropped = Label("须认定", "needed"), Label("不认定，也没有增加 checks", "dropped, and no checks added")
        yield place.looser(Label("人工认定", "finding by people"), needed, dropped)
    if own.may_not_apply and not base.may_not_apply:
        always, sometimes = Label("不可认定为不适用", "never"), Label("可认定为不适用", "where people find so")
        yield place.looser(Label("不适用", "does not apply"), always, sometimes)
    if scored and base.points is not None and own.points != base.points:
        yield place.looser(POINTS, as_it_is(base.points), as_it_is(own.points))
    if scored and (softer := softer_deductions(own, base)) is not None:
        yield place.looser(Label("扣分规则", "deductions"), *softer)
