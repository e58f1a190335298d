"""Totals of what a report stated before them: 四年累计 after four years, 三校共有 after three schools, 男生…、女生…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from junheng.claims.mentions import Mention, Role
from junheng.claims.mood import Mood
from junheng.claims.numerals import chinese_number
from junheng.claims.relations.part_lists import Link, Whole, addable
from junheng.claims.report import Report
from junheng.claims.terms import terms

_YEARS = re.compile(r"(?P<count>[两二三四五六七八九十]|\d{1,2})年(?:来|间|内)?(?:累计|合计|共计|总计|共|总)")
_PLACES = re.compile(r"(?P<count>[两二三四五六七八九十]|\d{1,2})(?:所|个)?(?:学?校|园|中心校|教学点|乡镇|镇|乡|部)(?:学校)?(?:共计|合计|共有|总计|共)")
_BACK = 2  # sentences between a total and the partition that follows it


def earlier_parts(report: Report) -> list[Whole]:
    """Totals whose parts stand in other sentences or clauses."""
    found: list[Whole] = []
    for mention in report.mentions:
        if mention.role is Role.STATED:
            found += _of_years(report, mention)
            found += _of_places(report, mention)
            found += _of_sections(report, mention)
    for run in _partitions(report):
        if (total := _total_before(report, run)) is not None:
            found.append(Whole(total, tuple(run), Link.FOLLOWING))
    found += _of_groups(report)
    return found


def _of_years(report: Report, total: Mention) -> list[Whole]:
    said = _YEARS.search(report.text(total.start, total.figure.start))
    if said is None:
        return []
    count = chinese_number(said["count"]) or int(said["count"])
    line = report.line(total)
    before = [
        other
        for other in report.mentions
        if report.line(other) == line and other.end <= total.start and other.role is Role.STATED and addable(total, other)
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
    listed = all(_listed(report, one, other) for one, other in zip(series, series[1:], strict=False))
    return [Whole(total, tuple(series), Link.EARLIER, sure=dated or listed)]


def _listed(report: Report, one: Mention, other: Mention) -> bool:
    return bool(re.fullmatch(r"[、,和与及]|以及", report.text(one.end, other.start)))


def _of_places(report: Report, total: Mention) -> list[Whole]:
    """三校共有: the same figure in each of the three lines before, or in three groups of the line before."""
    sentence = report.built.sentences[total.sentence]
    said = _PLACES.search(report.text(sentence.start, total.figure.start))
    if said is None or not total.concept:
        return []
    count = chinese_number(said["count"]) or int(said["count"])
    lines: dict[int, list[Mention]] = {}
    for other in report.mentions:
        if (
            report.line(other) < report.line(total)
            and report.chapter(other) == report.chapter(total)
            and other.role is Role.STATED
            and other.concept == total.concept
            and other.facets <= total.facets | {facet for facet in other.facets if facet.startswith("stage:")}
            and addable(total, other)
        ):
            lines.setdefault(report.line(other), []).append(other)
    last = [line for line in range(report.line(total) - count, report.line(total)) if line in lines]
    if count < 2 or len(last) != count:
        return []
    return [Whole(total, tuple(lines[line][0] for line in last), Link.EARLIER, sure=all(len(lines[line]) == 1 for line in last))]


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
    if any(part.sentence != first.sentence or part.concept != first.concept or part.depth != first.depth for part in run):
        return False
    if not first.concept or any(part.figure.unit.base != first.figure.unit.base or part.named.rest for part in run):
        return False
    if any(";" in report.text(one.end, other.start) or "其中" in one.label for one, other in zip(run, run[1:], strict=False)):
        return False
    shared = frozenset.intersection(*(part.facets for part in run))
    own = [part.facets - shared for part in run]
    return all(len(one) == 1 for one in own) and frozenset(next(iter(one)) for one in own) in terms().partitions


def _total_before(report: Report, run: Sequence[Mention]) -> Mention | None:
    """The figure that such a run is of: the last one of the same thing shortly before it in the paragraph."""
    shared = frozenset.intersection(*(part.facets for part in run))
    first = run[0]
    for other in reversed([other for other in report.mentions if other.end <= first.start]):
        if report.line(other) != report.line(first) or first.sentence - other.sentence > _BACK:
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
            for total in report.mentions:
                if (
                    total.concept == first.concept
                    and total.value_known
                    and sentence - _BACK <= total.sentence < sentence
                    and report.line(total) == report.line(first)
                    and addable(total, first)
                ):
                    found.append(Whole(total, tuple(one[0] for one in same), Link.EARLIER, adjacent=False))
    return found


def _of_sections(report: Report, total: Mention) -> Iterator[Whole]:
    """The stages that sections before it count one by one may add up to it: 义务教育阶段 is 小学 and 初中."""
    if not total.concept or not total.value_known or total.named.rest:
        return
    for partition in terms().partitions:
        parts: list[Mention] = []
        for value in sorted(partition):
            fitting = [
                other
                for other in report.mentions
                if other.end < total.start
                and other.concept == total.concept
                and (other.facets or other.carried) == total.facets | {value}
                and report.chapter(other) == report.chapter(total)
                and other.year == total.year
                and addable(total, other)
            ]
            if not fitting or len({other.figure.numeral.value for other in fitting}) != 1:
                break
            parts.append(fitting[-1])
        if len(parts) == len(partition):
            yield Whole(total, tuple(parts), Link.EARLIER, adjacent=False)


def _by_sentence(report: Report) -> dict[int, list[Mention]]:
    by_sentence: dict[int, list[Mention]] = {}
    for mention in report.mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    return by_sentence
