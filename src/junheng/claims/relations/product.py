"""So many of so much each: 6所小学各2个,共12个; 每间45台 of 21间; 生均650元 for 726 pupils."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from junheng.claims.agree import Agreement, Estimate, agreement, exactly
from junheng.claims.claim import Claim
from junheng.claims.judging import Reading, judged
from junheng.claims.lookup import quantities, value_of
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import Form, chinese_number, find_numerals
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.units import unit_at

_EACH_OF = re.compile(r"每(?:[个名位](?=[一-鿿]))?(?P<counter>平方米|亩|[一-鿿])|(?P<person>生均|人均)|单价")
_SPREAD = re.compile(r"各(?:有|设|建|配备?|新建|安排|选派|投入|购置)?")
_NUMBERING = re.compile(r"[一二三四五六七八九十]、")
_ITEMS = re.compile(r"[、和与及]|以及")
_TOTAL = re.compile(
    r"^(?:[两三四五六七八九十]校|全[年县区市校镇]|总|应)?(?:共计|合计|总计|一共|总共|累计|共有|共|总投入|总投资|总价|总面积|折合|全年)|到账|到位|应拨|拨付|下达|发放|落实|投入|投资|支出|补助"
)
_DRAWN = re.compile(r"^(?:共计|合计|总计|一共|总共|累计|共有|共|总投入|总投资|总价|总面积)")
_YEARS = re.compile(r"(?P<count>[两二三四五六七八九十])年(?:来|间|内)?(?:累计|合计|共计|总计|共|总)")
_WHOLE_YEAR = re.compile(r"全年|一年|年(?:共|合计|发放|补助|支出)")
_FEWEST_FUNDED = 100  # schools of fewer pupils get public funds as if they had so many
_GROUPS = re.compile(  # 七、八、九三个年级,各8个班
    r"(?P<count>[两二三四五六七八九十])个?(?:年级|学段|校区|学部|乡镇|镇|乡|学校|校|园|教学点|班级|班)[,:]?$"
)
_CONCEPTS = {"校": "schools", "所": "schools", "班": "classes", "生": "pupils", "人": "pupils", "师": "teachers"}


def product_claims(report: Report) -> list[Claim]:
    """Judge every total that stands after a figure for each of several."""
    found: list[Claim] = []
    for index, total in enumerate(report.mentions):
        if (
            total.role is not Role.STATED
            or not total.value_known
            or not total.figure.unit.base
            or not _TOTAL.search(total.label)
        ):
            continue
        readings = list(_readings(report, total, report.mentions[max(0, index - 8) : index]))
        numeral = total.figure.numeral
        kept = [
            reading
            for reading in readings
            if reading.firm or agreement(numeral, reading.actual) is not Agreement.DISAGREES
        ]
        if kept:
            found.append(judged(report, total, "product", kept))
    return found


def _readings(report: Report, total: Mention, before: Sequence[Mention]) -> Iterator[Reading]:
    line = [
        other
        for other in before
        if report.line(other) == report.line(total) and report.chapter(other) == report.chapter(total)
    ]
    one_by_one: list[Reading] = []
    for each in reversed(line):
        if not _each_of_total(report, each, total):
            continue
        for count, used, firm in _funded(each, [*_counts(report, each), *_times(report, each, total)]):
            value = value_of(each)
            if value is not None:
                near = firm and each is line[-1] and bool(_DRAWN.match(total.label)) and each.mood is Mood.RESULT
                actual = (value * count).times(Fraction(1, total.figure.unit.factor))
                reading = Reading(actual, (*used, each), near, "×")
                yield reading
                one_by_one.append(replace(reading, firm=False))
    distinct = [reading for reading in one_by_one if len(reading.inputs) == 2]
    for index, first in enumerate(distinct):  # 小学 and 初中 each at its own rate
        for other in distinct[index + 1 :]:
            if not set(first.inputs) & set(other.inputs):
                yield Reading(first.actual + other.actual, (*first.inputs, *other.inputs), False, "×")


_Count = tuple[Estimate, tuple[Mention, ...], bool]


def _funded(each: Mention, counts: Sequence[_Count]) -> Iterator[_Count]:
    """The counts, and for money for each pupil of a small school those that the funds are reckoned for."""
    for count, used, firm in counts:
        small = (
            each.figure.unit.base == "money"
            and bool(used)
            and used[0].figure.unit.base == "person"
            and count.value < _FEWEST_FUNDED
        )
        yield count, used, firm and not small
        if small:
            yield exactly(_FEWEST_FUNDED), used, False


def _times(report: Report, each: Mention, total: Mention) -> Iterator[_Count]:
    """How often: 每年500万元,三年共1500万元; 45人每月300元,全年发放16.2万元."""
    words, of_total = report.own_clause(each), report.own_clause(total)
    if "每年" in words and (said := _YEARS.search(of_total)):
        yield exactly(chinese_number(said["count"]) or 0), (), False
    if "月" in words and _WHOLE_YEAR.search(of_total):
        for count, used, _ in list(_counts(report, each)):
            yield count.times(12), used, False


def _each_of_total(report: Report, each: Mention, total: Mention) -> bool:
    unit, whole = each.figure.unit, total.figure.unit
    if (
        each.figure.numeral.form is not Form.PLAIN
        or unit.base != whole.base
        or (unit.base in ("item", "room") and unit.word != whole.word)
    ):
        return False
    words = report.text(each.start, each.figure.start)
    return each.role is Role.EACH or each.distributive or bool(_EACH_OF.search(words)) or bool(_SPREAD.search(words))


def _counts(report: Report, each: Mention) -> Iterator[_Count]:
    """How many there are, with the figure that says so: best first."""
    words = report.text(each.start, each.figure.start)
    if each.each is not None and each.each.of:
        yield from _persons_before(report, each)
        for concept in each.each.of:
            for facets in dict.fromkeys((each.facets or each.carried, each.facets)):
                yield from _of_concept(report, each, concept, facets)
        return
    if found := _EACH_OF.search(words):
        counter = found["counter"] or ""
        same = [
            other
            for other in report.in_sentence(each)
            if other.end <= each.start
            and (other.figure.counted or other.figure.unit.word == counter)
            and (
                (other.figure.unit.word.endswith(counter) or (counter in "人生" and other.figure.unit.base == "person"))
                if counter
                else other.figure.unit.base != each.figure.unit.base
            )
        ]
        if same and (value := value_of(same[-1])) is not None:
            yield value, (same[-1],), same[-1].role is Role.STATED
        if counter in _CONCEPTS:
            yield from _of_concept(report, each, _CONCEPTS[counter], each.facets)
        return
    items, numbered = _listed(report, each)
    if len(items) >= 2:
        yield exactly(len(items)), (), not numbered
        if numbered:
            yield exactly(len(items) - 1), (), False
        return
    yield from _said(report, each)


def _persons_before(report: Report, each: Mention) -> Iterator[_Count]:
    """寄宿生120人,每生补助1000元: those who were just counted."""
    before = [
        other
        for other in report.in_sentence(each)
        if other.end <= each.start and other.role is Role.STATED and other.figure.unit.base == "person"
    ]
    if before and (value := value_of(before[-1])) is not None:
        yield value, (before[-1],), report.text(before[-1].end, each.start) == ","


def _listed(report: Report, each: Mention) -> tuple[list[str], bool]:
    """The things before 各, and whether the first may be the number of a heading (一、二、三年级各4个班)."""
    before = report.clause_before(each)
    start = report.built.sentences[each.sentence].start
    ends = [other.end - start for other in report.in_sentence(each) if other.end <= each.start]
    clause = re.split(r"[,;:(]", before[max(ends, default=0) :])[-1].strip(" 、和与及")
    items = [item for item in _ITEMS.split(clause.partition("各")[0]) if item]
    numbered = before.strip().startswith(clause[:2]) and bool(_NUMBERING.match(clause))
    return items, numbered


def _of_concept(report: Report, each: Mention, concept: str, facets: frozenset[str]) -> Iterator[_Count]:
    """How many schools, classes or pupils the chapter states, of the same part, year and school."""
    found = quantities(report, each, [concept], facets)
    for one in found:
        yield one.value, one.mentions, False
    known = {mention for one in found for mention in one.mentions}
    for other in report.of_concept(each, concept):
        if (
            other not in known
            and other.role is Role.STATED
            and (other.facets or other.carried) == facets
            and other.entity == each.entity
            and (other.year == each.year or None in (other.year, each.year))
            and (value := value_of(other)) is not None
        ):
            yield value, (other,), False


def _said(report: Report, each: Mention) -> Iterator[_Count]:
    """A number just before 各: 6所小学各2个; 计算机教室两个,各有46台."""
    for other in reversed(report.in_sentence(each)):
        if other.end <= each.start and "。" not in report.text(other.end, each.start) and other.figure.counted:
            if len(report.text(other.end, each.start)) <= 6 and (value := value_of(other)) is not None:
                yield value, (other,), True
                return
            break
    start = max(report.built.sentences[each.sentence].start, each.start - 12)
    before = report.text(start, each.figure.start)
    for numeral in reversed(find_numerals(before)):
        if numeral.value is not None and numeral.form is Form.PLAIN and unit_at(before, numeral.end).counted:
            yield exactly(numeral.value), (), True
            return
    if groups := _GROUPS.search(report.text(start, each.start)):
        yield exactly(chinese_number(groups["count"]) or 0), (), True
