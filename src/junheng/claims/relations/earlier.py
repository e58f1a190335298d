"""Totals of what a report stated before them: 四年累计 after four years, 三校共有 after three schools, 男生…、女生…."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import chinese_number
from junheng.claims.relations.addable import addable
from junheng.claims.relations.whole_and_parts import Link, Whole
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import terms

_YEARS = re.compile(r"(?P<count>[两二三四五六七八九十]|\d{1,2})年(?:来|间|内)?(?:累计|合计|共计|总计|共|总)")
_PLACES = re.compile(
    r"(?P<count>[两二三四五六七八九十]|\d{1,2})(?:所|个)?(?:学?校|园|中心校|教学点|乡镇|镇|乡|部)(?:学校)?"
)
_Quantity = tuple[int, str, int | None, str, frozenset[str]]  # chapter, concept, year, school, part
_SHOWN = 2  # totals that sections make up, after which the others must be made up by them too
_BACK = 2  # sentences between a total and the partition that follows it


def earlier_parts(report: Report) -> list[Whole]:
    """Totals whose parts stand in other sentences or clauses."""
    found: list[Whole] = []
    for mention in report.mentions:
        if mention.role is Role.STATED:
            found += _of_years(report, mention)
            found += _of_places(report, mention)
    for run in _partitions(report):
        if (total := _total_before(report, run)) is not None:
            found.append(Whole(total, tuple(run), Link.FOLLOWING))
    return found + _of_groups(report) + _of_sections(report)


def _of_years(report: Report, total: Mention) -> list[Whole]:
    said = _YEARS.search(report.text(total.start, total.figure.start))
    if said is None:
        return []
    count = chinese_number(said["count"]) or int(said["count"])
    before = [
        other
        for other in report.in_line(total)
        if other.end <= total.start and other.role is Role.STATED and addable(total, other)
    ]
    series: list[Mention] = []
    for other in reversed(before):
        if len(series) == count or (series and report.text(other.end, series[0].start).count("。") > 1):
            break
        if series and other.year is not None and other.year == series[0].year and not _listed(report, other, series[0]):
            continue
        series.insert(0, other)
    if count < 2 or len(series) != count or len({part.figure.unit.base for part in series}) != 1:
        return []
    years = [part.year for part in series]
    dated = None not in years and [year - (years[0] or 0) for year in years if year] == list(range(count))
    listed = all(_listed(report, one, other) for one, other in itertools.pairwise(series))
    return [Whole(total, tuple(series), Link.EARLIER, sure=dated or listed)]


def _listed(report: Report, one: Mention, other: Mention) -> bool:
    return bool(re.fullmatch(r"[、,和与及]|以及", report.text(one.end, other.start)))


def _of_places(report: Report, total: Mention) -> list[Whole]:
    """三校共有: the same figure of each of the schools, or of each of the lines, that the text went through before."""
    sentence = report.built.sentences[total.sentence]
    said = list(_PLACES.finditer(report.text(sentence.start, total.figure.start)))
    if not said or not total.concept or total.facets or "共" not in report.text(said[-1].end(), total.figure.start):
        return []
    count = chinese_number(said[-1]["count"]) or int(said[-1]["count"])
    before = [
        other
        for other in report.in_chapter(total)
        if other.end < said[-1].start() + sentence.start
        and (other.concept == total.concept or total.concept in terms().broader.get(other.concept, ()))
        and other.year == total.year
        and addable(total, other)
    ]
    schools: dict[str, list[Mention]] = {}
    lines: dict[int, list[Mention]] = {}
    for other in before:
        if other.entity:
            schools.setdefault(other.entity, []).append(other)
        lines.setdefault(report.line(other), []).append(other)
    last = {line: lines[line] for line in range(report.line(total) - count, report.line(total)) if line in lines}
    for groups in (list(schools.values()), list(last.values())):
        if len(groups) == count >= 2:
            return [
                Whole(
                    total,
                    tuple(group[0] for group in groups),
                    Link.EARLIER,
                    sure=all(not group[0].facets for group in groups),
                )
            ]
    return []


def _partitions(report: Report) -> Iterator[list[Mention]]:
    """Runs of figures in one sentence that differ in one facet only and have all its values."""
    longest = max(map(len, terms().partitions))
    mentions = [mention for mention in report.mentions if mention.role is Role.STATED and len(mention.facets) >= 1]
    for index in range(len(mentions)):
        for size in range(longest, 1, -1):
            run = mentions[index : index + size]
            if len(run) == size and _complete(report, run):
                yield run
                break


def _complete(report: Report, run: Sequence[Mention]) -> bool:
    first = run[0]
    if any(
        part.sentence != first.sentence or part.concept != first.concept or part.depth != first.depth for part in run
    ):
        return False
    if not first.concept or any(part.figure.unit.base != first.figure.unit.base or part.named.rest for part in run):
        return False
    if any(";" in report.text(one.end, other.start) or "其中" in one.label for one, other in itertools.pairwise(run)):
        return False
    shared = frozenset.intersection(*(part.facets for part in run))
    own = [part.facets - shared for part in run]
    return all(len(one) == 1 for one in own) and frozenset(next(iter(one)) for one in own) in terms().partitions


def _total_before(report: Report, run: Sequence[Mention]) -> Mention | None:
    """The figure that such a run is of: the last one of the same thing shortly before it in the paragraph."""
    shared = frozenset.intersection(*(part.facets for part in run))
    first = run[0]
    for other in reversed([other for other in report.in_line(first) if other.end <= first.start]):
        if first.sentence - other.sentence > _BACK:
            return None
        if (
            other.role is Role.STATED
            and other.mood is Mood.RESULT
            and other.concept == first.concept
            and (other.facets or other.carried) == shared
            and not other.named.rest
            and other.entity == first.entity
            and other.year == first.year
            and not other.distributive
        ):
            return other
    return None


def _of_groups(report: Report) -> list[Whole]:
    """What accompanies each group of a list (幼儿园27个,在园幼儿6820人;…) may add up to a figure before the list."""
    found: list[Whole] = []
    for sentence, mentions in _by_sentence(report).items():
        groups: list[list[Mention]] = [[]]
        for one, other in zip([None, *mentions], mentions, strict=False):
            if one is not None and ";" in report.text(one.end, other.start):
                groups.append([])
            groups[-1].append(other)
        if len(groups) < 2:
            continue
        for first in groups[0]:
            if not first.concept or first.role is not Role.STATED:
                continue
            same = [[one for one in group if one.concept == first.concept and addable(first, one)] for group in groups]
            if not all(same):
                continue
            for total in report.in_line(first):
                if (
                    total.concept == first.concept
                    and total.value_known
                    and sentence - _BACK <= total.sentence < sentence
                    and addable(total, first)
                ):
                    found.append(Whole(total, tuple(one[0] for one in same), Link.EARLIER, adjacent=False))
    return found


def _of_sections(report: Report) -> list[Whole]:
    """Totals that sections on 小学 and 初中 make up: where two of a sentence agree, so must the others of it."""
    found: list[Whole] = []
    stated: dict[_Quantity, list[Mention]] = {}
    for mention in report.mentions:
        if mention.concept and mention.role is Role.STATED and not mention.named.rest:
            own = mention.facets | mention.under or mention.carried
            stated.setdefault(_quantity(report, mention, own), []).append(mention)
    for mentions in _by_sentence(report).values():
        for partition in terms().partitions:
            wholes = [
                whole for total in mentions if (whole := _sectioned(report, total, partition, stated)) is not None
            ]
            shown = sum(_adds_up(whole) for whole in wholes) >= _SHOWN
            found += [replace(whole, sure=shown) for whole in wholes]
    return found


def _quantity(report: Report, mention: Mention, facets: frozenset[str]) -> _Quantity:
    return report.chapter(mention), mention.concept, mention.year, mention.entity, facets


def _sectioned(
    report: Report, total: Mention, partition: frozenset[str], stated: Mapping[_Quantity, Sequence[Mention]]
) -> Whole | None:
    if not total.concept or not total.value_known or total.named.rest or total.figure.numeral.hedge:
        return None
    if total.under - terms().neutral_facets:
        return None
    parts: list[Mention] = []
    for value in sorted(partition):
        fitting = [
            other
            for other in stated.get(_quantity(report, total, total.facets | {value}), ())
            if other.sentence != total.sentence and addable(total, other)
        ]
        if len({other.figure.numeral.value for other in fitting}) != 1:
            return None
        parts.append(fitting[0])
    return Whole(total, tuple(parts), Link.EARLIER, adjacent=False)


def _adds_up(whole: Whole) -> bool:
    """Whether the figures as printed add up to the last digit."""
    values = [value.value for part in whole.parts if (value := value_of(part)) is not None]
    total = value_of(whole.total)
    return total is not None and len(values) == len(whole.parts) and sum(values) == total.value


def _by_sentence(report: Report) -> dict[int, list[Mention]]:
    by_sentence: dict[int, list[Mention]] = {}
    for mention in report.mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    return by_sentence
