"""Differences between two things at one time: 两校相差34人, 男生比女生多20人, 增长率高出4.5个百分点, 尚有5所未达标."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from junheng.claims.agree import Estimate
from junheng.claims.claim import Claim
from junheng.claims.judging import Reading, judged
from junheng.claims.lookup import Candidate, candidate, quantities, value_of
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import Form
from junheng.claims.relations.compared import pairs, span
from junheng.claims.relations.open_pairs import open_pairs
from junheng.claims.relations.over_time import STATING, undated
from junheng.claims.relations.pair import own_clause
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import Named

_OTHER_TIME = re.compile(
    r"上一?学?年|去年|前年|同比|环比|同期|(?:19|20)\d\d年|[两二三四五六七八九十]年前|以前|原来|此前"
)
_APART = re.compile(r"(?P<words>[^,。;]*?)(?:之间)?(?:相差|差距(?:达到?|为|是)?)(?:了|近|约|仅)?$")
_MORE = re.compile(
    r"^(?P<one>[^比较]{0,16}?)(?:比|较)(?P<other>[^比较,]{2,18}?)(?:分别)?(?:要|还)?(?P<way>高出?|多出?|低|少|超出?|大|小)(?:了|近|约)?$"
)
_HIGHER = re.compile(r"(?:高出|超出|多出|领先|低)(?:了|近|约)?$")
_SAVED = re.compile(r"(?:节约|节省|压缩|少支出|少花)了?$")
_LEFT = re.compile(r"(?:尚|还|仍)(?:有)?$")
_NET = re.compile(r"净(?:增加?|减少?|流[入出])了?$")
_JOINED = re.compile(r"招聘|新进|引进|补充|转入|新增|调入|录用|招录")
_LEFT_OFF = re.compile(r"减员|退休|调出|转出|离职|辞职|流失|离退")
_SHORT = re.compile(r"(?:缺|(?<!相)差|缺口)(?:少|口|额)?(?:为|达)?$")
_SPARE = re.compile(r"(?:富余|超编|超配|多余|余)(?:为|达|了)?$")
_REMOVED = re.compile(r"(?:消除|化解|消化|销号|压减|撤并|裁撤|清退)(?:了|掉)?$")
_REPORTED = re.compile(r"上报|填报|报送|申报|自报")
_FALSELY = re.compile(r"(?P<way>[多虚少漏瞒])报(?:了)?$|与(?:核查|核实|实际|实有|复核)[^,。;]{0,4}相差(?:了)?$")
_NEEDED = re.compile(r"应|需|须")
_PRESENT = re.compile(r"现有|实有|已有|现配|实际")
_NOT_YET = re.compile(r"^(?:学校)?(?:未|没有?|尚未|不)(?P<done>[一-鿿]{1,4})")
_DOWN = ("低", "少", "小")
_VAGUE = re.compile(r"[两二三]?(?:校|者|所|县|地|个|级|类)|二者|的|之间|最[大小高低]|与|和")


def gap_claim(report: Report, mention: Mention) -> Claim | None:
    """Judge a difference between two things; None when a figure states none, or not between what."""
    clause = own_clause(report, mention)
    fallen_short = mention.mood is Mood.RULE and _SHORT.search(clause)  # 应配162台,现有141台,缺21台
    if not (mention.mood is Mood.RESULT or fallen_short) or not mention.value_known:
        return None
    if _LEFT.search(clause):
        readings = _remainder(report, mention)
    elif _SAVED.search(clause):
        readings = [
            reading
            for pair in pairs(report, mention)
            for reading in _apart(mention, pair.before, pair.now, firm=pair.firm)
            if pair.before.figure.unit.base == mention.figure.unit.base
        ]
    elif _NET.search(clause):
        readings = _of_two(report, mention, _JOINED, _LEFT_OFF)
    elif _SHORT.search(clause) or _SPARE.search(clause):
        readings = _of_two(report, mention, _NEEDED, _PRESENT)
    elif found := _FALSELY.search(clause):
        readings = _misreported(report, mention, found["way"] or "")
    elif _REMOVED.search(clause):
        readings = [
            Reading(_in_unit(mention, before - now), (pair.now, pair.before), False, "−")
            for pair in [*span(report, mention), *open_pairs(report, mention)]
            if pair.now.figure.unit.base == mention.figure.unit.base
            and (now := value_of(pair.now)) is not None
            and (before := value_of(pair.before)) is not None
        ]
    elif _OTHER_TIME.search(clause):
        return None
    elif found := _APART.search(clause):
        readings = _two_before(report, mention, _VAGUE.sub("", found["words"]))
    elif found := _MORE.search(clause):
        sign = -1 if found["way"].startswith(_DOWN) else 1
        readings = _named_sides(report, mention, undated(found["one"]), undated(found["other"]), sign)
    elif mention.role is Role.GROWTH and _HIGHER.search(clause):
        readings = _rates_before(report, mention)
    else:
        return None
    return judged(report, mention, "gap", readings) if readings else None


def _apart(mention: Mention, one: Mention, other: Mention, *, firm: bool) -> list[Reading]:
    """The distance between two figures, whichever is larger."""
    left, right = value_of(one), value_of(other)
    if left is None or right is None:
        return []
    larger, smaller = (left, right) if left.value >= right.value else (right, left)
    return [Reading(_in_unit(mention, larger - smaller), (one, other), firm, "−")]


def _in_unit(mention: Mention, difference: Estimate) -> Estimate:
    return difference.times(Fraction(1, mention.figure.unit.factor))


def _two_before(report: Report, mention: Mention, words: str) -> list[Reading]:
    """两校班额相差…: the last two figures whose words name it."""
    alike = [
        other
        for other in report.in_line(mention)
        if 0 <= mention.sentence - other.sentence <= 2
        and other.figure.start < mention.figure.start
        and (other.role in STATING or other.role is Role.GROWTH)
        and other.value_known
        and other.figure.unit.base == mention.figure.unit.base
        and _one_form(mention, other)
        and words in report.text(other.start, other.figure.start)
    ]
    if len(alike) < 2 or alike[-1].role is not alike[-2].role:
        return []
    return _apart(mention, alike[-2], alike[-1], firm=len(alike) == 2 and bool(words))


def _rates_before(report: Report, mention: Mention) -> list[Reading]:
    """A率为…%,同期B率为…%,A率高出…个百分点: the two rates of the sentence."""
    rates = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start
        and other.figure.numeral.form is Form.PERCENT
        and (other.role in STATING or other.role is Role.GROWTH)
        and other.value_known
        and ";" not in report.text(other.end, mention.figure.start)
    ]
    if len(rates) < 2:
        return []
    return _apart(mention, rates[-2], rates[-1], firm=len(rates) == 2)


def _named_sides(report: Report, mention: Mention, one: Named, other: Named, sign: int) -> list[Reading]:
    """男生比女生多20人: each side by its own words; what 比 leaves out on one side is as on the other."""
    if not (other.concept or other.facets or len(other.rest) >= 2):
        return []
    concept = one.concept or other.concept or _just_named(report, mention)
    left = _side(report, mention, one, concept)
    right = _side(report, mention, other, other.concept or concept)
    readings = []
    for top in left:
        for bottom in right:
            if set(top.mentions) & set(bottom.mentions):
                continue
            difference = top.value - bottom.value if sign > 0 else bottom.value - top.value
            firm = top.firm and bottom.firm
            readings.append(Reading(_in_unit(mention, difference), (*top.mentions, *bottom.mentions), firm, "−"))
    return readings


def _just_named(report: Report, mention: Mention) -> str:
    """What the figures before it in the sentence count: 小学在校生…人,初中在校生…人,小学比初中多…人."""
    before = [
        other.concept
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start
        and other.role is Role.STATED
        and other.figure.unit.base == mention.figure.unit.base
    ]
    return before[-1] if before else ""


def _side(report: Report, mention: Mention, named: Named, concept: str) -> Sequence[Candidate]:
    if mention.figure.numeral.form is Form.PLAIN:
        if not concept:
            return []
        found = quantities(report, mention, [concept], named.facets)
        return [one for one in found if one.mentions[0].figure.unit.base == mention.figure.unit.base]
    rates = [
        other
        for other in report.in_line(mention)
        if other.figure.start < mention.figure.start
        and other.figure.numeral.form is Form.PERCENT
        and other.value_known
        and (words := undated(other.label)).concept == named.concept
        and words.facets == named.facets
        and (not named.rest or named.rest in words.rest)
        and (named.concept or named.facets or named.rest)
    ]
    return [one for rate in rates[-2:] if (one := candidate(rate, firm=len(rates) == 1)) is not None]


def _remainder(report: Report, mention: Mention) -> list[Reading]:
    """54所学校…达标的有49所,尚有5所未达标: what is left of all when those that did are taken off."""
    done = _NOT_YET.match(report.text(mention.end, mention.end + 10))
    if done is None:
        return []
    before = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start
        and other.role is Role.STATED
        and other.value_known
        and other.figure.unit.base == mention.figure.unit.base
    ]
    if len(before) != 2:
        return []
    whole, part = before
    words = report.text(part.start, part.figure.start) + report.text(part.end, part.end + 8)
    firm = done["done"][:1] in words
    all_of, those = value_of(whole), value_of(part)
    if all_of is None or those is None or those.value > all_of.value:
        return []
    return [Reading(all_of - those, (whole, part), firm, "−")]


def _misreported(report: Report, mention: Mention, way: str) -> list[Reading]:
    """上报教师101人,多报6人: less the figure that the report states for the same school elsewhere."""
    before = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start and ";" not in report.text(other.end, mention.figure.start)
    ]
    if not before or not _REPORTED.search(report.text(before[-1].start, before[-1].figure.start)):
        return []
    reported = before[-1]
    said = value_of(reported)
    if said is None or reported.figure.unit.base != mention.figure.unit.base or not reported.concept:
        return []
    readings = []
    for one in quantities(report, reported, [reported.concept], reported.facets):
        less, more = (one.value, said) if way in "多虚" else (said, one.value)
        if not way and less.value > more.value:
            less, more = more, less
        firm = one.firm and bool(reported.entity)
        readings.append(Reading(_in_unit(mention, more - less), (reported, *one.mentions), firm, "−"))
    return readings


def _of_two(report: Report, mention: Mention, one: re.Pattern[str], other: re.Pattern[str]) -> list[Reading]:
    """新进131人,调出116人,净增15人; 应配162台,现有141台,缺21台: the two figures before it, told by their words."""
    before = [
        figure
        for figure in report.in_sentence(mention)
        if figure.figure.start < mention.figure.start
        and figure.role in (Role.STATED, Role.EACH)  # 每班应配1974人
        and figure.value_known
        and figure.figure.unit.base == mention.figure.unit.base
        and ";" not in report.text(figure.end, mention.figure.start)
    ][-2:]
    if len(before) < 2:
        return []
    words = [report.text(figure.start, figure.figure.start) for figure in before]
    firm = any(one.search(first) and other.search(second) for first, second in (words, reversed(words)))
    return _apart(mention, before[0], before[1], firm=firm) if firm else []


def _one_form(mention: Mention, other: Mention) -> bool:
    percent = mention.figure.numeral.form in (Form.PERCENT, Form.POINTS)
    return (other.figure.numeral.form is Form.PERCENT) is percent
