"""The same quantity in different years: what a change, a growth rate or a trend is about.

A list of years names its quantity once (2021年拨款…元,2022年…元): a figure without words of its own continues the one
before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import Form
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import Named, terms

STATING = (Role.STATED, Role.RATE, Role.SHARE, Role.EACH)
_ORDINAL = 10  # years up to this are places in a list whose years are not named (近三年)
_YEARS = r"(?:19|20)\d\d年?(?:[-至到、和与](?:19|20)\d\d年?)*"
_WHEN = re.compile(
    rf"{_YEARS}|[\dxX×*]{{2,4}}年|(?:近|过去|最近|前|这|连续)?[两二三四五六]年[来间]?|上一?学?年|去年|前年|今年|本学?年|当年|同期|年度|学年|年[底末初]|[春秋]季"
)
_MOVES = re.compile(
    r"(?:增加|增长|提高|上升|下降|减少|降低|提升|发展|扩大|攀升|回落|降|升|增|减)(?:到|至|为)|[由从比较]|其中|完成|实现|投入|安排|拨付|总额|金额"
)
_MASKED_YEAR = re.compile(r"(?:\d\d[xX×*]{2}|[xX×*]{2,4})年")
_OF_ALL_YEARS = re.compile(r"合计|累计|共计|总计|总共|^一?共(?:投入|支出)?$|[两二三四五六]年[来间]?(?:一?共|总)")
_YEAR_AFTER = re.compile(r"\(((?:19|20)\d\d)年\)")
_LAST_YEAR = re.compile(r"上一?学?年|去年")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is measured, without when: two figures of one quantity may be compared over years."""

    role: Role
    base: str
    concept: str
    facets: frozenset[str]
    rest: str
    entity: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A figure with its quantity and year.

    Attributes:
        year: None where the text names none; 1, 2, … where only the order is known; ``last`` when it says 上年.
    """

    mention: Mention
    quantity: Quantity
    year: int | None
    last: bool

    @property
    def ordinal(self) -> bool:
        return self.year is not None and self.year <= _ORDINAL


@lru_cache(maxsize=4096)
def undated(label: str) -> Named:
    """What a label names once its years and the verbs of change are taken off."""
    return terms().named(_MOVES.sub("", _WHEN.sub("", label)))


def dated(report: Report, chapter: int) -> list[Dated]:
    """The results of a chapter, each with its quantity, in text order."""
    return report.once(("dated", chapter), lambda: _dated(report, chapter))


def _dated(report: Report, chapter: int) -> list[Dated]:
    found: list[Dated] = []
    place = 0
    for mention in report.mentions:
        if mention.role not in STATING or report.chapter(mention) != chapter or not mention.value_known:
            continue
        if mention.mood is not Mood.RESULT or mention.denied or mention.distributive:
            continue
        words = report.text(mention.start, mention.figure.start)
        if _OF_ALL_YEARS.search(words):
            continue
        named = undated(mention.label)
        previous = found[-1] if found else None
        role = _kind(mention)
        continues = (
            previous is not None
            and report.line(previous.mention) == report.line(mention)
            and previous.quantity.base == mention.figure.unit.base
            and previous.quantity.role is role
            and previous.mention.entity == mention.entity
            and not (named.concept or named.rest or named.facets)
        )
        if continues and previous is not None:
            quantity = previous.quantity
        else:
            facets = named.facets or mention.facets or mention.carried
            concept = named.concept or ("" if named.rest else mention.concept)
            quantity = Quantity(role, mention.figure.unit.base, concept, facets, named.rest, mention.entity)
        masked = bool(_MASKED_YEAR.search(words))
        place = place + 1 if masked and continues and place else 1 if masked else 0
        after = _YEAR_AFTER.match(report.text(mention.end, mention.end + 8))  # 286万元(2020年)
        year = place if masked else int(after[1]) if after else mention.year
        found.append(Dated(mention, quantity, year, bool(_LAST_YEAR.search(words))))
    return found


def series(entries: Sequence[Dated]) -> list[list[Dated]]:
    """Quantities that are given for at least two years, each in the order of its years.

    Of a year that is given twice the figure that stands among most other years counts, else the first. Years that are
    named and years that are only counted do not mix.
    """
    of_a_year = [entry for entry in entries if entry.year is not None]
    together: dict[tuple[Quantity, int], set[int | None]] = {}
    for entry in of_a_year:
        together.setdefault((entry.quantity, entry.mention.sentence), set()).add(entry.year)
    groups: dict[tuple[Quantity, bool], list[Dated]] = {}
    for entry in sorted(of_a_year, key=lambda one: -len(together[one.quantity, one.mention.sentence])):
        group = groups.setdefault((entry.quantity, entry.ordinal), [])
        if all(entry.year != other.year for other in group):
            group.append(entry)
    return [sorted(group, key=lambda entry: entry.year or 0) for group in groups.values() if len(group) >= 2]


def near(report: Report, groups: Sequence[list[Dated]], line: int) -> list[list[Dated]]:
    """The series of a paragraph: what it gives for several years itself, else what it carries on."""
    found = []
    for group in groups:
        own = [entry for entry in group if report.line(entry.mention) == line]
        if len(own) >= 2:
            found.append(own)
        elif report.line(group[-1].mention) == line:
            found.append(group)
    return found


def _kind(mention: Mention) -> Role:
    """Rates and shares are told apart by their words, not by how they are introduced."""
    percent = mention.figure.numeral.form is Form.PERCENT
    return Role.RATE if percent else mention.role
