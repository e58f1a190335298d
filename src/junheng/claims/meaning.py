"""What a figure asks of the data: whose, of which part, by which words, and what leaves that in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.claims.filed import Filed, Scope
from junheng.claims.filed_terms import Meant
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import Form
from junheng.claims.periods import Period, Periods
from junheng.claims.report import Report
from junheng.claims.stock import TIME, done, paragraph_before, settled
from junheng.claims.subjects import Subjects
from junheng.claims.terms import Named, terms

_OTHER_LEVELS = re.compile(r"学前|幼儿|高中|中职|职业|各级各类|大学|特殊教育")
_COMPULSORY = re.compile(r"义务教育")
_STAGES_FILED = ("primary", "junior", "nine_year", "complete", "special", "teaching_point")
_MU = Fraction(2000, 3)  # ㎡


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure as a question to the data.

    Attributes:
        named: what its words name, without the names of whom they are about; ``words`` are those words.
        parts: the facets that may be meant, the likeliest first; an empty set is all of compulsory education.
    """

    mention: Mention
    scope: Scope
    named: Named
    words: str
    parts: tuple[frozenset[str], ...]

    @property
    def staged(self) -> bool:
        """Whether it is of one stage, or of one kind of school."""
        return any(facet.startswith("stage:") for facet in self.parts[0])


@dataclass(frozen=True)
class Meaning:
    """One report beside one dataset."""

    report: Report
    filed: Filed
    subjects: Subjects
    periods: Periods

    def asked(self, mention: Mention) -> Asked | None:
        """None of plans and rules, of what is past, and of a figure that is nobody's for sure."""
        if mention.mood is not Mood.RESULT or mention.distributive or mention.past:
            return None
        scope = self.subjects.of(mention) if mention.value_known else None
        if scope is None or (not scope.school and self._of_other_level(mention)):
            return None
        named = self._named(mention)
        words = self.subjects.without_names(mention.label)
        return Asked(mention, scope, named, words, _parts(mention, named, scope))

    def settled(self, asked: Asked) -> bool:
        """Whether a figure says how many there are of what its words name; of a part, so must what it is part of."""
        if not settled(self.report, asked.mention, asked.named, self._before(asked.mention)):
            return False
        if not asked.mention.part:
            return True
        # 交流教师214人,其中骨干教师52人: a part of something narrower than what is filed
        start = asked.mention.figure.start
        earlier = [one for one in self.report.in_sentence(asked.mention) if one.figure.start < start and not one.part]
        whole = earlier[-1] if earlier else None
        return whole is not None and settled(self.report, whole, self._named(whole), self._before(whole))

    def done(self, asked: Asked, named: Named | None = None) -> bool:
        """Whether the words before a figure tell of something done."""
        return done(named or asked.named, self._before(asked.mention))

    def doubt(self, asked: Asked, meant: Sequence[Meant], period: Period) -> str:
        """Why a figure that differs need not be wrong: the name of a reason; empty where it must be."""
        if not all(one.exact for one in meant):
            return "filed_loose_word"
        return self.unsaid_stage(asked) or self.unsure_year(period, meant[0].table)

    def unsaid_stage(self, asked: Asked) -> str:
        """A county's figure may take in kindergartens and senior schools unless something says that it does not."""
        if asked.scope.school or asked.staged:
            return ""
        sentence = self.report.built.sentences[asked.mention.sentence]
        text = self.report.cleaned.text
        line = text[text.rfind("\n", 0, sentence.start) + 1 : sentence.end]
        if _OTHER_LEVELS.search(line):
            return "filed_unsaid_stage"
        title = text[: text.find("\n")] if "\n" in text else ""
        return "" if any(map(_COMPULSORY.search, (line, title, *sentence.headings))) else "filed_unsaid_stage"

    def unsure_year(self, period: Period, table: str) -> str:
        """A year that may mean two school years is sure only when both were filed, or it is the year judged."""
        judged = period.years[0] == self.periods.judged
        if not judged and not set(period.years) <= set(self.filed.years(table)):
            return "filed_unsure_year"
        return "" if period.stated or table != "finance_year" else "filed_unsure_year"

    def _before(self, mention: Mention) -> str:
        return self.subjects.without_names(paragraph_before(self.report, mention))

    def _named(self, mention: Mention) -> Named:
        named = terms().named(self.subjects.without_names(mention.label))
        known = (named.concept, *named.others)
        concept = mention.concept if mention.concept in known or not named.concept else named.concept
        others = tuple(one for one in known if one and one != concept)
        return replace(named, concept=concept, others=others, rest=TIME.sub("", named.rest))

    def _of_other_level(self, mention: Mention) -> bool:
        """Whether the figures before it are of kindergartens and the like, and nothing says that it is not."""
        known = (*mention.facets, *mention.carried, *mention.under)
        if any(facet.startswith("stage:") and facet.partition(":")[2] in _STAGES_FILED for facet in known):
            return False
        return bool(_OTHER_LEVELS.search(self.report.clause_before(mention)))


def _parts(mention: Mention, named: Named, scope: Scope) -> tuple[frozenset[str], ...]:
    """Its own words say which part; else the words before it, or the heading, may."""
    if named.facets:
        return (named.facets,)
    if scope.school:  # whose name may hold 小学
        return (frozenset(),)
    if mention.carried:
        return mention.carried, frozenset()
    return (mention.under, frozenset()) if len(mention.under) == 1 else (frozenset(),)


def unit_factor(asked: Asked) -> Fraction | None:
    """From the column's unit to the printed one; None where the two measure different things."""
    figure = asked.mention.figure
    concept = terms().concepts.get(asked.named.concept)
    if concept is None or figure.per or figure.numeral.form is not Form.PLAIN:
        return None
    if figure.unit.base == "land" and concept.base == "area":
        return 1 / _MU
    loose = figure.unit.base == "item" and concept.base in ("class", "room", "set")
    return Fraction(1, figure.unit.factor) if figure.unit.base == concept.base or loose else None
