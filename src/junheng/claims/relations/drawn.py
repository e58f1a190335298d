"""Runs of figures that a total closes: 男生a名、女生b名,共c名; 骨干教师分别为2人、5人,骨干教师共7人; 两项共计."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from junheng.claims.mention import Mention
from junheng.claims.numerals import chinese_number
from junheng.claims.relations.addable import addable
from junheng.claims.relations.whole_and_parts import Link, Whole
from junheng.claims.report import Report
from junheng.claims.roles import Role

_DRAWN = re.compile(
    r"^(?:以上|上述|各项|(?P<count>[两三四五六七八九])[项科类者处地校年期批部次]?)?(?:共计|合计|总计|一共|总共|累计|共有|共)"
)
_SUMMING = re.compile(r"(?:共计|合计|总计|一共|总共|累计|共有|共|总面积|总投入|总投资)(?:为|达到?|是)?$")
_COUNT_WORDS = (
    "两三四五六七八九项科类者处地校年期批部次以上述各"  # 三科共, 以上合计: they count the parts and name nothing
)
_GRAND = re.compile(r"总数|总量|总计|合计")


def own_rest(mention: Mention) -> str:
    """What its own words narrow a figure by, not those of the figure before it that it goes on with."""
    return "" if mention.implied else mention.named.rest


def drawn(report: Report, mentions: Sequence[Mention]) -> Iterator[Whole]:
    """Figures that a total closes: 男生a名、女生b名,共c名."""
    for index, total in enumerate(mentions):
        if total.role is not Role.STATED:
            continue
        said = _DRAWN.match(total.label)
        grand = bool(_GRAND.search(total.label)) and bool(total.concept)
        summing = not said and bool(_SUMMING.search(report.text(total.start, total.figure.start)))
        if not (said or grand or summing) or (total.label.startswith("共有") and total.named.rest):
            continue
        run = _run_before(report, mentions[:index], total, grand=grand)
        if said and said["count"] is not None:
            count = chinese_number(said["count"]) or 0
            run = run if len(run) == count else _counted(mentions[:index], total, count) or run
        if len(run) < 2:
            continue
        if summing and not grand:
            yield Whole(total, tuple(run), Link.DRAWN, sure=_same_things(report, total, run))
            continue
        opened = "其中" in report.text(report.built.sentences[total.sentence].start, run[-1].figure.start)
        counted = said["count"] is not None and chinese_number(said["count"]) == len(run) if said else False
        sure = said is not None and (counted or not opened) and not own_rest(total).strip(_COUNT_WORDS) and _alike(run)
        yield Whole(total, tuple(run), Link.DRAWN, sure=sure)
        for count in range(2, len(run)):
            yield Whole(total, tuple(run[-count:]), Link.DRAWN, complete=False)


def _run_before(report: Report, before: Sequence[Mention], total: Mention, *, grand: bool) -> list[Mention]:
    """The figures that a total closes: those of its clause group, or, where that has one only, of its sentence."""
    groups: list[list[Mention]] = [[]]
    end = total.start
    for other in reversed(before):
        gap = report.text(other.end, end)
        if "。" in gap or (";" in gap and (not grand or len(groups[0]) > 1)) or other.depth < total.depth:
            break
        if other.depth > total.depth:
            continue
        if ";" in gap:
            groups.insert(0, [])
        end = other.start
        if not addable(total, other) or other.distributive or (grand and other.concept != total.concept):
            if grand and not other.distributive:
                continue
            return [] if other.distributive and not grand else [one for group in groups for one in group]
        groups[0].insert(0, other)
        if _DRAWN.match(other.label) or _GRAND.search(other.label):
            if not grand:
                groups[0].pop(0)
            break
    return [one for group in groups for one in group]


def _counted(before: Sequence[Mention], total: Mention, count: int) -> list[Mention]:
    """两项共计 of figures with rates, sums for each and other things between them: as many as it says, no more."""
    fitting = [
        other
        for other in before
        if other.depth == total.depth and addable(total, other) and not other.distributive and not other.part
    ]
    alike = [other for other in fitting if other.figure.numeral.scale == total.figure.numeral.scale]
    return next((one for one in (fitting, alike) if len(one) == count >= 2), [])


def _same_things(report: Report, total: Mention, run: Sequence[Mention]) -> bool:
    """Whether a total names what the list just before it names: 省、市骨干教师分别为2人、5人,骨干教师共7人."""
    shared = frozenset.intersection(*(part.facets for part in run))
    return (
        bool(total.concept)
        and not own_rest(total)
        and total.scope in ("", run[0].scope)
        and report.text(run[-1].end, total.start) == ","
        and "分别" in report.text(run[0].start, run[0].figure.start)
        and all(part.concept == total.concept and part.year == total.year for part in run)
        and total.facets == shared
    )


def _alike(run: Sequence[Mention]) -> bool:
    """Whether all of a run count one thing, so that a total drawn after it is of all of it."""
    return len({part.concept for part in run} - {""}) <= 1 and len({part.figure.unit.base for part in run}) == 1
