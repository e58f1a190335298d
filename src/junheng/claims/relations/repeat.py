"""The same quantity stated twice, and parts beside the whole they belong to."""

from __future__ import annotations

import re
from itertools import pairwise

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.lookup import quantities, same_scope, value_of
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import terms
from junheng.claims.units import same_kind

# A sentence that says how many there are; a bare 教师20人 may be those of any group just spoken of.
_TOTAL_SAID = re.compile(
    r"现有|共有|(?:^|[,;])学校|全[校县区市镇乡园旗州]|我[校县区市镇园]|本[校县区市]|学校有|拥有|设有|在校|在编|在岗|总|[:。]$"
)
_REPORTED = re.compile(r"上报|自报|填报|申报|核查|核定|实有")
_TIMES = re.compile(
    r"(?P<earlier>上一?学?[年期]|去年|前年|[两三四五六七八九十]年前|年初|[建并造治改迁]前|原来|原有|春季?学期)"
    r"|今年|本学?[年期]|目前|现[有在]|如今|年[末底]|[建并造治改迁]后|秋季?学期"
)
_DONE = re.compile(
    r"新|招|聘|增|培训|选派|派|投入|购|建成|改|扩|修|补充|引进|交流|转|参加|获|受|助|奖|退|调|减|撤|资助|发放|组织|开展|举办|每|近|平均|最|较|比|超过|不足|达标"
)


def repeated_claim(report: Report, mention: Mention) -> Claim | None:
    """Judge a figure by its other mentions; None when there are none to compare with."""
    others = [other for other in report.of_concept(mention, mention.concept) if _same_quantity(mention, other)]
    others += [
        other for other in report.same_digits(mention)[:40] if _same_words(mention, other) and other not in others
    ]
    mine = value_of(mention)
    if not others or mine is None:
        return None
    equal: list[Mention] = []
    different: list[Mention] = []
    for other in others:
        value = value_of(other)
        if value is not None:
            (equal if value.low <= mine.high and mine.low <= value.high else different).append(other)
    surely = [
        other
        for other in different
        if _settled(report, mention)
        and _settled(report, other)
        and _same_time(report, mention, other)
        and _headed(report, mention) == _headed(report, other)
        and not _of_another(report, mention, other)
    ]
    if surely:
        values = {"other": report.input(surely[0]).quote}
        return report.claim(
            mention,
            "repeat",
            Verdict.INCONSISTENT,
            Reason("repeat_differs", values),
            inputs=[report.input(surely[0])],
            recomputed=surely[0].figure.numeral.value,
        )
    if equal:
        values = {"other": report.input(equal[0]).quote}
        return report.claim(
            mention,
            "repeat",
            Verdict.CONSISTENT,
            Reason("repeat_same", values),
            inputs=[report.input(equal[0])],
            recomputed=equal[0].figure.numeral.value,
        )
    return None


def member_claim(report: Report, mention: Mention) -> Claim | None:
    """Judge a group that belongs to a larger one: 专任教师 are among the 教职工."""
    if mention.role is not Role.STATED or mention.concept not in terms().broader or mention.mood is not Mood.RESULT:
        return None
    mine = value_of(mention)
    found = quantities(report, mention, terms().broader[mention.concept], mention.facets or mention.carried)
    found = [one for one in found if one.mentions[0].figure.unit.base == mention.figure.unit.base]
    if mine is None or not found:
        return None
    whole = next((one for one in found if mine.low <= one.value.high), None)
    if whole is not None:
        values = {"whole": report.input(whole.mentions[0]).quote}
        return report.claim(
            mention,
            "part",
            Verdict.CONSISTENT,
            Reason("part_fits", values),
            inputs=[report.input(one) for one in whole.mentions],
        )
    first = found[0]
    if first.firm and first.near and _plain_count(report, mention) and mention.concept != "teachers":
        values = {"whole": report.input(first.mentions[0]).quote}
        return report.claim(
            mention,
            "part",
            Verdict.INCONSISTENT,
            Reason("part_exceeds", values),
            inputs=[report.input(one) for one in first.mentions],
        )
    return None


def _same_quantity(one: Mention, other: Mention) -> bool:
    return (
        other is not one
        and one.role is other.role is Role.STATED
        and one.mood is other.mood is Mood.RESULT
        and same_kind(one.figure.unit, other.figure.unit)
        and bool(one.figure.unit.base)
        and all(each.label or each.figure.unit.base == "class" for each in (one, other))
        and one.under == other.under
        and one.entity == other.entity
        and same_scope(one, other)
        and one.figure.start != other.figure.start
        and (one.year == other.year or one.year is None or other.year is None)
        and one.concept == other.concept
        and (one.facets or one.carried) == (other.facets or other.carried)
        and one.named.rest == other.named.rest
        and one.named.others == other.named.others
        and (bool(one.concept) or len(one.named.rest) >= 4)
        and bool(_REPORTED.search(one.label)) == bool(_REPORTED.search(other.label))
        and not one.bare
        and not other.bare
        and not one.distributive
        and not other.distributive
    )


def _same_words(one: Mention, other: Mention) -> bool:
    """The same digits beside some of the same words: said twice, which may confirm but never refutes."""
    value = one.figure.numeral.value
    return (
        other is not one
        and one.role is other.role is Role.STATED
        and value is not None
        and (value >= 100 or value.denominator > 1)
        and one.sentence != other.sentence
        and bool(_pairs(_telling(one, other)) & _pairs(_telling(other, one)))
    )


def _telling(mention: Mention, other: Mention) -> str:
    """The words that may show two figures to be one: of different concepts those besides them (招录, not 面积)."""
    apart = mention.concept and other.concept and mention.concept != other.concept
    return mention.named.rest if apart else mention.label


def _pairs(label: str) -> frozenset[str]:
    return frozenset(pair for pair in map("".join, pairwise(label)) if pair not in _COMMON)


_COMMON = frozenset(
    {"全县", "全校", "全区", "全市", "共有", "现有", "我县", "我校", "资金", "投入", "学校", "建设", "万元", "总投"}
)


def _same_time(report: Report, one: Mention, other: Mention) -> bool:
    return one.year == other.year and _earlier(report, one) == _earlier(report, other)


def _earlier(report: Report, mention: Mention) -> str:
    """The words that put a figure before today: 去年, 上学年; empty when the last that say when say today."""
    found = list(_TIMES.finditer(report.clause_before(mention)))
    return found[-1]["earlier"] or "" if found else ""


def _of_another(report: Report, one: Mention, other: Mention) -> bool:
    """Whether two passages speak of two schools: they state several of the same things, and not one alike."""
    passage = report.in_line if report.line(one) != report.line(other) else report.in_sentence
    pairs = [
        (mine, theirs)
        for mine in passage(one)
        for theirs in passage(other)
        if mine.role is theirs.role is Role.STATED
        and mine.concept
        and mine.concept == theirs.concept
        and (mine.facets or mine.carried) == (theirs.facets or theirs.carried)
        and mine.figure.unit == theirs.figure.unit
    ]
    alike = any(mine.figure.numeral.value == theirs.figure.numeral.value for mine, theirs in pairs)
    return not alike and len({mine.concept for mine, _ in pairs}) >= 2


def _headed(report: Report, mention: Mention) -> frozenset[str]:
    """What the headings above a figure narrow it to: 城区学校."""
    headings = report.built.sentences[mention.sentence].headings
    return frozenset(facet for heading in headings for facet in terms().named(heading).facets)


def _settled(report: Report, mention: Mention) -> bool:
    """Whether a figure surely states how many there are of all."""
    said = report.clause_before(mention)
    if mention.part and not mention.facets:  # of a whole that an earlier sentence of the paragraph may have opened
        first = report.in_line(mention)[0]
        said = report.text(min(first.start, mention.start), mention.start)
    return _plain_count(report, mention) and bool(_TOTAL_SAID.search(said))


def _all_of_a_group(report: Report, mention: Mention) -> bool:
    """教职工54人,其中专任教师48人: all 专任教师 there are, as the whole is all 教职工."""
    wholes = terms().broader.get(mention.concept, ())
    whole = next((other for other in report.stated_before(mention) if other.concept in wholes), None)
    return whole is not None and not whole.named.rest and not _DONE.search(whole.label) and not whole.part


def _plain_count(report: Report, mention: Mention) -> bool:
    """Whether a figure states how many there are, and not how many did or got something."""
    after = report.text(mention.end, mention.end + 1)
    return (
        bool(mention.concept)
        and not mention.named.rest
        and (not after or after in ",。;、)(\n:均都全")
        and not _DONE.search(mention.label)
        and not mention.loose
        and not mention.past
        and (not mention.part or bool(mention.facets) or _all_of_a_group(report, mention))
        and not mention.depth
        and not mention.implied
    )
