"""Limits that a report states: 不低于40册, 省定6平方米的标准, 控制在45人以内.

Their words stand in ``junheng_standards/claims/limits.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import groupby

import yaml

from junheng.claims.mention import Mention
from junheng.claims.numerals import Form, Numeral, find_numerals
from junheng.claims.report import Report
from junheng.claims.roles import CLASSES, Role
from junheng.claims.terms import Named, terms
from junheng.claims.units import Unit, unit_at

_CLAUSE = re.compile(r"[,。;:、(]")
_UP_TO = re.compile(r"^(?:\)|及)?以(?P<side>[上下内])|^之(?P<within>内)")
# 分别达到30册和40册的标准: several limits under one verb, named once
_LISTED = r"(?:\d[\d.]*(?:%|[万亿]?[一-鿿]{0,3}?)(?:以[上下内])?[、和与及])"
_NEXT = re.compile(r"^(?:[、和与及]\d[\d.]*(?:%|[万亿]?[一-鿿]{0,3}?)(?:以[上下内])?)+(?=的|标准|要求|规定)")
_BEFORE = re.compile(rf"(?:分别)?{_LISTED}+$")
_AVERAGE = re.compile(r"生均|师均|人均|班均|校均|每百|每生|每班|平均")


@dataclass(frozen=True)
class Words:
    """The declared words, ready to match."""

    groups: Mapping[str, tuple[str, ...]]
    verb: re.Pattern[str]
    name: re.Pattern[str]
    source: re.Pattern[str]
    about: re.Pattern[str]
    missed: re.Pattern[str]
    unnumbered: re.Pattern[str]
    less: re.Pattern[str]
    more_to_one: re.Pattern[str]

    def kind(self, word: str) -> str:
        """Which group a verb belongs to."""
        return next(group for group in _VERBS if word in self.groups[group])


_VERBS = ("misses", "short_of", "at_least", "at_most", "reaches", "above", "below")


@cache
def words() -> Words:
    """The installed words."""
    data = yaml.safe_load(files("junheng_standards").joinpath("claims/limits.yaml").read_text("utf-8"))
    groups = {group: tuple(data[group]) for group in _VERBS}
    return Words(
        groups=groups,
        verb=_any_of([word for group in _VERBS for word in groups[group]]),
        name=re.compile(r"^的?[^,。;、\d达]{0,8}?(?:" + _any_of(data["names"]).pattern + r")(?!化)"),
        source=_any_of(data["sources"]),
        about=re.compile(_any_of([*data["sources"], *terms().facets, *data["beside"]]).pattern),
        missed=re.compile(r"^[^,。;\d]{0,6}?(?:" + _any_of(data["missed_after"]).pattern + r")|^[^。;\d]{0,10}?差距"),
        unnumbered=re.compile(data["unnumbered"]),
        less=_any_of(data["less_is_better"]),
        more_to_one=_any_of(data["more_to_one_is_better"]),
    )


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in the text.

    Attributes:
        start: where its verb or its first word begins in the cleaned text; ``end`` after its last word.
        kind: group of its verb (``limits.yaml``); empty when nothing but its name says that it is one.
        side: ``以上`` or ``以内`` after the number, as the operator it stands for; empty without.
        bare: neither named as a standard nor put as a bound; a limit only right after a figure.
        missed: the words after it say that it is not met.
        named: what the words of its clause say it is a limit of.
        average: its words say that it is one (生均).
        lead: the words of its clause before its verb.
        mention: the figure at its number, where the number is one of the report's figures.
        sentence: index of its sentence.
        place: which of how many under one verb it is (分别达到30册和40册的标准).
    """

    start: int
    end: int
    numeral: Numeral
    unit: Unit
    kind: str
    side: str
    bare: bool
    missed: bool
    named: Named
    average: bool
    lead: str
    mention: Mention | None
    sentence: int
    place: tuple[int, int] = (0, 1)

    def value(self, about: Mention) -> Fraction:
        """In the base unit, which a limit without one takes from the figure; of a ratio how many stand against one."""
        value = self.numeral.value
        assert value is not None  # masked numbers are no limits
        if ratio := many_to_one(self.numeral):
            return ratio
        own = bool(self.unit.word) or self.numeral.form is not Form.PLAIN
        return value * (self.unit.factor if own else about.figure.unit.factor * about.figure.numeral.scale)

    def operator(self, about: Mention) -> str:
        """``>=`` or ``<=``: by its own words, else by whether less is better of the figure."""
        if self.side or self.kind in ("at_least", "at_most"):
            return self.side or (">=" if self.kind == "at_least" else "<=")
        return usual_operator(about)

    def says_missed(self, operator: str) -> bool:
        """Whether the text itself says that the limit is not met."""
        wrong = {">=": "below", "<=": "above"}[operator]
        return self.missed or self.kind in ("misses", "short_of") or (self.kind == wrong and not self.side)


def usual_operator(mention: Mention) -> str:
    """Which way a limit of a figure goes where nothing says so: pupils to one teacher or class are better fewer."""
    if mention.role is Role.RATIO:
        return ">=" if words().more_to_one.search(mention.label + mention.ratio) else "<="
    to_a_class = mention.role is Role.EACH and mention.each == CLASSES and mention.figure.unit.base == "person"
    return "<=" if to_a_class or words().less.search(mention.label) else ">="


def many_to_one(numeral: Numeral) -> Fraction | None:
    """1:19 and 19:1 are 19; None of what is no ratio."""
    if numeral.form is not Form.RATIO or not numeral.left or not numeral.right:
        return None
    value = numeral.right / numeral.left
    return value if numeral.left == 1 or (value >= 1 and numeral.right != 1) else 1 / value


def find_limits(report: Report) -> list[Limit]:
    """All limits with a number, in text order."""
    text = report.cleaned.text
    mentions = {mention.figure.start: mention for mention in report.mentions}
    found = []
    for numeral in find_numerals(text):
        if numeral.value is not None and numeral.form is not Form.TIMES:
            limit = _limit(report, text, numeral, mentions.get(numeral.start))
            if limit is not None:
                found.append(limit)
    return _in_lists(found)


def _clause(before: str) -> str:
    """The words of a number's clause up to it; those of the list that it stands in belong to it."""
    listed = _BEFORE.search(before)
    end = listed.start() if listed else len(before)
    return _CLAUSE.split(before[:end])[-1] + before[end:]


def _in_lists(limits: Sequence[Limit]) -> list[Limit]:
    found: list[Limit] = []
    for _, group in groupby(limits, key=lambda limit: limit.start):
        together = list(group)
        found += [replace(limit, place=(place, len(together))) for place, limit in enumerate(together)]
    return found


def _limit(report: Report, text: str, numeral: Numeral, mention: Mention | None) -> Limit | None:
    index = report.built.at(numeral.start)
    sentence = report.built.sentences[index]
    unit = unit_at(text, numeral.end)
    end = mention.end if mention is not None else numeral.end + len(unit.word)
    before = _clause(text[sentence.start : numeral.start])
    after = text[end : sentence.end]
    verbs = list(words().verb.finditer(before))
    kind = words().kind(verbs[-1].group()) if verbs else ""
    side = _UP_TO.match(after)
    rest = after[side.end() :] if side else after
    further = _NEXT.match(rest)
    name = words().name.match(rest[further.end() :] if further else rest)
    between = _BEFORE.sub("", before[verbs[-1].end() :]) if verbs else ""
    called = bool(name) or bool(words().source.search(between))
    missed = bool(words().missed.match(text[end : sentence.end])) or _taken_back(verbs)
    if called and between and words().about.sub("", between) and kind not in ("at_least", "at_most"):
        return None  # 达到省定标准的有49所: the number is of something else
    strong = kind in ("at_least", "at_most", "misses") or (kind == "short_of" and missed) or bool(kind and called)
    # 生均31册,超过30册: a limit only right after the figure that it is compared with
    bare = not strong and not between and (kind == "above" or (kind == "reaches" and bool(side)))
    if not (strong or bare):
        return None
    start = numeral.start - len(before) + (verbs[0].start() if verbs else 0)
    stop = end + (side.end() if side else 0) + (name.end() if name and not further else 0)
    operator = "" if side is None else ">=" if side["side"] == "上" else "<="
    words_of_it = (mention.label if mention is not None else "") or before
    return Limit(
        start=start,
        end=stop,
        numeral=numeral,
        unit=unit,
        kind=kind,
        side=operator,
        bare=bare,
        missed=missed or bool(words().missed.match(text[stop : sentence.end])),
        named=terms().named(words_of_it),
        average=bool(_AVERAGE.search(before)),
        lead=before[: verbs[0].start()] if verbs else before,
        mention=mention,
        sentence=index,
    )


def _taken_back(verbs: Sequence[re.Match[str]]) -> bool:
    """没有达到不低于95%的要求, 低于不少于40册的标准: what stands before a bound says that it is not kept."""
    kinds = [words().kind(verb.group()) for verb in verbs]
    against = {"at_least": ("misses", "below"), "at_most": ("misses", "above")}.get(kinds[-1] if kinds else "", ())
    return any(kind in against for kind in kinds[:-1])


def _any_of(listed: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, listed), key=len, reverse=True)))
