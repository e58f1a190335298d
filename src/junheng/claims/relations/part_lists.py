"""Where a report says that figures are parts of another: 其中 lists, brackets, runs that a total closes.

Only the structure is read here; whether the parts make up the whole is judged in ``total.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from junheng.claims.mention import Mention
from junheng.claims.relations.addable import addable, compared
from junheng.claims.relations.drawn import drawn, own_rest
from junheng.claims.relations.whole_and_parts import Link, Whole
from junheng.claims.report import Report
from junheng.claims.roles import Role

_OPENS = re.compile(
    r"\((?:其中|含|包括|内含)?|其中(?:包括|含|有|:)?|(?<=[,;、])(?:内?含|包括|涉及|分布在)|(?:这些|上述|以上|其)[一-鿿]{0,4}包括|分别(?=为|是|有|达|占)|(?<=[\d所人个名元间]):(?!\d)"
)
_GOES_ON = re.compile(r"[ ,(]*(?:其中|(?:这些|上述|以上)[一-鿿]{0,4}包括)")
_NESTED = re.compile(r"其中|[,、](?:内?含|包括)")
_CLOSES = re.compile(
    r"^(?:[两三四五六七八九\d][一-鿿]{0,3}?(?:共|合计)|全[县区市镇乡校省国]|我[县区市校]|现有|共有|总共|共计|合计|总计|共|另[有外]?|此外|同时|累计)|总数|总量"
)
_DATED = re.compile(r"(?:19|20)[\dxX]{2}年")
_SHARE_OF = re.compile(r"的?\d[\d.]*%")
_STOP = re.compile(r"[;。]")


def part_lists(report: Report) -> list[Whole]:
    """All lists of parts of a report, in the order of their openers; a total may have several readings."""
    found: list[Whole] = []
    for mentions in _passages(report):
        found += _opened(report, mentions)
        found += _following(report, mentions)
        found += drawn(report, mentions)
    return found


def _passages(report: Report) -> Iterator[list[Mention]]:
    """The figures of each sentence; one that opens with 其中 or 这些学校包括 goes on with the sentence before it."""
    passage: list[Mention] = []
    for mention in report.mentions:
        if passage and mention.sentence != passage[-1].sentence:
            sentence = report.built.sentences[mention.sentence]
            goes_on = _GOES_ON.match(report.text(sentence.start, sentence.end)) is not None
            if not (goes_on and mention.sentence == passage[-1].sentence + 1):
                yield passage
                passage = []
        passage.append(mention)
    if passage:
        yield passage


def _opened(report: Report, mentions: Sequence[Mention]) -> Iterator[Whole]:
    start = report.built.sentences[mentions[0].sentence].start
    text = report.text(start, report.built.sentences[mentions[-1].sentence].end)
    for opener in _OPENS.finditer(text):
        at, begin = start + opener.start(), start + opener.end()
        bracket = opener.group().startswith("(")
        parts_from = [other for other in mentions if other.figure.start >= begin]
        before = [other for other in mentions if other.end <= at]
        if not parts_from or not before:
            continue
        if bracket and before[-1].end == at:
            before = before[-1:]
            depth = before[0].depth + 1
        elif bracket:
            goes_on = "其中" in opener.group() and report.built.at(at) != before[-1].sentence  # a line of its own
            before = [other for other in before if goes_on and other.depth == 0]
            depth = 1
        else:
            depth = parts_from[0].depth
            before = [other for other in before if other.depth == depth and not _apart(report, other, at)]
        first = next((other for other in parts_from if other.role is Role.STATED), None)
        if first is None or first.depth != depth or "。" in report.text(begin, first.figure.start):
            continue
        before = [other for other in before if not _divides(report, other)]
        total = next((other for other in reversed(before) if addable(other, first)), None)
        if total is None:
            continue
        if "分别" in report.text(begin, first.figure.start) and "分别" in report.clause_before(total):
            continue  # two lists that answer to each other: 分别为40人、50人,其中…分别为36人、30人
        adjacent = not any(
            other.role is Role.STATED and other.start > total.start and not compared(other) for other in before
        )
        groups = _groups(
            report, total, [other for other in parts_from if other.figure.start >= first.figure.start], depth
        )
        if opener.group() == "分别":  # it says that figures answer to a list, not that they are parts
            yield from _readings(total, groups, Link.FOLLOWING, adjacent=False)
        else:
            yield from _readings(total, groups, Link.OPENED, adjacent=adjacent)


def _divides(report: Report, mention: Mention) -> bool:
    """Whether a figure only says of what a share is (占在校生1640人的51%): what goes on is about the part."""
    of_share = _SHARE_OF.match(report.text(mention.end, mention.end + 8))
    return of_share is not None and report.own_clause(mention).startswith("占")


def _apart(report: Report, total: Mention, at: int) -> bool:
    """Whether a total is too far from its opener: another clause group or sentence begins between them."""
    between = report.text(total.end, at).rstrip("。:,; \n")
    return bool(_STOP.search(between))


def _beside(total: Mention, other: Mention) -> bool:
    """Whether a figure is of another stage or place than a total, and opens a list of its own: 小学…;初中…."""
    kinds, own = ({facet.partition(":")[0] for facet in one.facets} for one in (total, other))
    return bool(kinds) and kinds <= own and not total.facets & other.facets


def _groups(report: Report, total: Mention, mentions: Sequence[Mention], depth: int) -> list[list[Mention]]:
    """Parts at one depth, in the groups that semicolons make; lists inside a part are left out."""
    groups: list[list[Mention]] = [[]]
    nested = False
    between_units: list[str] = []
    first_gap: list[str] | None = None
    end = mentions[0].start
    for other in mentions:
        if other.depth < depth:
            break
        gap = report.text(end, other.start)
        end = other.end
        if "。" in gap or (")" in gap and depth and "(" not in gap):
            break
        if ";" in gap:
            if _beside(total, other):
                break
            nested = False
            groups.append([])
            between_units = []
        if other.depth > depth or other.role is not Role.STATED or compared(other):
            continue
        if any(groups) and _CLOSES.search(other.label):
            break
        if groups[-1] and _NESTED.search(gap + report.text(other.start, other.figure.start)):
            nested = True
        if nested or other.distributive:
            continue
        if not addable(total, other):
            between_units.append(other.figure.unit.base)
            continue
        if groups[-1]:
            if first_gap is None:
                first_gap = between_units
            elif between_units and not first_gap:
                break
        if first_gap is None and between_units and groups[-1] and not any(groups[:-1]):
            first_gap = between_units
        groups[-1].append(other)
        between_units = []
    return [group for group in groups if group]


def _readings(total: Mention, groups: Sequence[Sequence[Mention]], link: Link, *, adjacent: bool) -> Iterator[Whole]:
    if not groups:
        return
    parts = [part for group in groups for part in group]
    if len(groups[0]) > 1 and len(groups) > 1:  # the list ends with its first group; what follows may go on with it
        yield Whole(total, tuple(groups[0]), link, adjacent=adjacent)
        for group in groups[1:]:
            yield Whole(total, tuple(group), link, complete=False, adjacent=adjacent)
        yield Whole(total, tuple(parts), link, complete=False, adjacent=adjacent)
    else:
        yield Whole(total, tuple(parts), link, adjacent=adjacent)
        if len(groups) > 1:
            yield Whole(total, tuple(group[0] for group in groups), link, complete=False, adjacent=adjacent)
    for count in range(2, len(parts)):
        yield Whole(total, tuple(parts[:count]), link, complete=False, adjacent=adjacent)
    same = [part for part in parts if part.concept == total.concept]
    if 2 <= len(same) < len(parts):
        yield Whole(total, tuple(same), link, complete=False, adjacent=adjacent)


def _following(report: Report, mentions: Sequence[Mention]) -> Iterator[Whole]:
    """A total and, with nothing but a comma between, figures that only say which part or year they are of."""
    for index, total in enumerate(mentions[:-2]):
        run: list[Mention] = []
        end = total.end
        for other in mentions[index + 1 :]:
            gap = report.text(end, other.start)
            if not re.fullmatch(r"[,:、;和]|中,?", gap) or (
                not run and (gap in "、;和" or (total.part and "中" not in gap))
            ):
                break
            if other.depth != total.depth or not addable(total, other) or not _names_part(report, total, other):
                break
            run.append(other)
            end = other.end
        if len(run) >= 2:
            yield from _readings(total, [run], Link.FOLLOWING, adjacent=True)


def _names_part(report: Report, total: Mention, part: Mention) -> bool:
    if (total.concept and part.concept not in ("", total.concept)) or part.distributive or _CLOSES.search(part.label):
        return False
    if _DATED.match(report.text(part.start, part.figure.start)):
        return not _DATED.search(report.text(total.start, total.figure.start)) and not own_rest(part)
    own = part.facets - total.facets
    kinds = {facet.partition(":")[0] for facet in total.facets}
    return bool(own) and not own_rest(part) and not any(facet.partition(":")[0] in kinds for facet in own)
