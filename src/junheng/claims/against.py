"""Figures of a report against what was filed.

A figure is compared only where it is sure whose it is, of which year, and that its words mean a filed quantity. It
agrees when any way of drawing the quantity gives it; it is wrong only when every way fails and nothing is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.claims.cause import slip
from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.comparing import Recorded, compared, not_filed
from junheng.claims.filed import Amount, Filed, Scope
from junheng.claims.filed_terms import Meant, filed_terms
from junheng.claims.judged_facts import judged_facts
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import Form
from junheng.claims.periods import Period, Periods
from junheng.claims.report import Report, read_report
from junheng.claims.roles import Role
from junheng.claims.stock import TIME, done, paragraph_before, settled
from junheng.claims.subjects import Subjects, county_of
from junheng.claims.terms import Named, terms
from junheng.documents.document import Document
from junheng.tables.dataset import Dataset
from junheng.verdict.judgement import Judgement

_OTHER_LEVELS = re.compile(r"学前|幼儿|高中|中职|职业|各级各类|大学|特殊教育")
_STAGES_FILED = ("primary", "junior", "nine_year", "complete", "special", "teaching_point")
_COMPULSORY = re.compile(r"义务教育")
_EACH_OF = {
    "pupils": "stage_year.pupils",
    "boarders": "stage_year.boarders",
    "classes": "stage_year.classes",
    "full_time_teachers": "stage_year.teachers",
    "teachers": "stage_year.teachers",
    "staff": "school_year.staff",
}
_RATIOS = (
    (re.compile("机"), ("stage_year.pupils",), ("school_year.computers",)),
    (re.compile("师|职工|教师"), ("stage_year.pupils",), ("stage_year.teachers", "school_year.staff")),
)
_BASE = re.compile(r"(?:比|较)(?P<base>(?:19|20)\d\d年|[^,。;]{0,6})")
_LAST_YEAR = re.compile(r"^(?:上年|去年|上一年|上学年|上一学年|上年同期|去年同期|同期|上)")
_MU = Fraction(2000, 3)  # ㎡


@dataclass(frozen=True)
class Records:
    """What reports are held against.

    Attributes:
        year: the school year that is meant where a report names none.
        judgement: of the same dataset; None where it was not judged.
    """

    dataset: Dataset
    year: int
    judgement: Judgement | None = None


def against_data(document: Document, records: Records) -> tuple[Claim, ...]:
    """Every figure of a report that names a filed or judged quantity, in text order, with what was filed.

    Raises:
        CountyNotNamedError: the data are of several counties, and the report names none of them.
    """
    report = read_report(document)
    subjects = Subjects(report, records.dataset, county_of(report, records.dataset))
    judge = _Judge(report, Filed(records.dataset), subjects, Periods(report, records.year))
    found = {mention.figure.start: claim for mention in report.mentions if (claim := judge.claim(mention)) is not None}
    if records.judgement is not None:
        for mention, claim in judged_facts(report, records.judgement, subjects, judge.periods):
            own = found.get(mention.figure.start)
            if own is None or own.verdict is Verdict.NOT_CHECKABLE or claim.verdict is Verdict.CONSISTENT:
                found[mention.figure.start] = claim
    return tuple(found[start] for start in sorted(found))


def with_data(claims: Sequence[Claim], found: Sequence[Claim]) -> tuple[Claim, ...]:
    """What the report itself says of its figures and what the data say, in text order.

    A figure that nothing in the report recomputes has the finding of the data alone; one that both speak of has two.
    """
    known = {(claim.start, claim.quote) for claim in found}
    kept = [
        claim
        for claim in claims
        if claim.relation or claim.threshold is not None or (claim.start, claim.quote) not in known
    ]
    return tuple(sorted([*kept, *found], key=lambda claim: (claim.start, claim.end)))


@dataclass(frozen=True)
class _Judge:
    report: Report
    filed: Filed
    subjects: Subjects
    periods: Periods

    def claim(self, mention: Mention) -> Claim | None:
        """What the data say of a figure; None where it names nothing that is filed, or not surely."""
        if mention.mood is not Mood.RESULT or mention.denied or mention.distributive or not mention.value_known:
            return None
        scope = None if mention.past else self.subjects.of(mention)
        if scope is None or (not scope.school and self._of_other_level(mention)):
            return None
        match mention.role:
            case Role.STATED:
                return self._stated(mention, scope)
            case Role.EACH:
                return self._each(mention, scope)
            case Role.RATIO:
                return self._ratio(mention, scope)
            case Role.SHARE:
                return self._share(mention, scope)
            case Role.GROWTH | Role.CHANGE:
                return self._changed(mention, scope)
        return None

    def _of_other_level(self, mention: Mention) -> bool:
        """Whether the figures before it are of kindergartens and the like, and its own words do not say what it is of."""
        known = (*mention.facets, *mention.carried, *mention.under)
        if any(facet.startswith("stage:") and facet.partition(":")[2] in _STAGES_FILED for facet in known):
            return False
        return bool(_OTHER_LEVELS.search(self.report.clause_before(mention)))

    def _stated(self, mention: Mention, scope: Scope) -> Claim | None:
        named = self._named(mention)
        if not self._settled(mention, named):
            return None
        facet_sets = self._facets(mention, named, scope)
        if named.concept == "schools":
            return self._schools(mention, scope, named.facets)
        meant = filed_terms().of(named.concept, self._words(mention))
        factor = _factor(mention, named)
        if not meant or factor is None:
            return None
        period = self.periods.of(mention, fiscal=meant[0].table == "finance_year")
        if period is None:
            return None
        readings: list[Recorded] = []
        for one in meant:
            for facets in facet_sets:
                for year in period.years:
                    for amount in self.filed.amounts(one.quantity, scope, year, facets):
                        readings.append(Recorded.of(amount, year, factor))
        if not readings:
            return not_filed(self.report, mention, self._words(mention)) if _facet_filed(facet_sets, meant) else None
        doubt = self._doubt(mention, scope, meant, period, facet_sets)
        between = meant[0].table == "school_year"
        claim = compared(self.report, mention, "filed", readings, doubt=doubt, between=between)
        return self._with_cause(claim, mention, meant[0], scope, period, facet_sets[0], factor)

    def _schools(self, mention: Mention, scope: Scope, facets: frozenset[str]) -> Claim | None:
        """Of schools only their own words say which: 小学80所、一贯制学校9所 are not primary schools all."""
        period = self.periods.of(mention, fiscal=False)
        if period is None or mention.figure.unit.base != "school" or (mention.part and not facets):
            return None
        readings = [
            Recorded.of(amount, year, Fraction(1))
            for year in period.years
            for amount in self.filed.schools(scope, year, facets)
        ]
        if not readings:
            return None
        doubt = self._unsaid_stage(mention, scope, [facets]) or self._unsure_year(period, "school_year")
        return compared(self.report, mention, "filed", readings, doubt=doubt)

    def _each(self, mention: Mention, scope: Scope) -> Claim | None:
        assert mention.each is not None
        named = self._named(mention)
        concept = named.concept
        if concept in mention.each.of:
            concept = next((one for one in reversed(named.others) if one not in mention.each.of), "")
        if mention.each.of == ("classes",) and mention.figure.unit.base == "person":
            concept = "pupils"
        facet_sets = self._facets(mention, named, scope)
        period = self.periods.of(mention, fiscal=concept in filed_terms().averages)
        if period is None or not concept or _AVERAGE_REST.sub("", named.rest):
            return None
        if concept in filed_terms().averages:
            return self._filed_average(mention, scope, concept, period, facet_sets)
        meant = filed_terms().of(concept, self._words(mention))
        bottoms = [_EACH_OF[one] for one in mention.each.of if one in _EACH_OF]
        if not meant or not bottoms or terms().concepts[concept].base != mention.figure.unit.base:
            return None
        if concept == "dormitory_area":
            bottoms.append(_EACH_OF["boarders"])
        factor = Fraction(mention.each.per, mention.figure.unit.factor)
        return self._quotient(mention, scope, "filed_each", meant, bottoms, facet_sets, period, factor)

    def _ratio(self, mention: Mention, scope: Scope) -> Claim | None:
        sides = next((sides for words, *sides in _RATIOS if words.search(mention.ratio)), None)
        period = self.periods.of(mention, fiscal=False)
        if sides is None or period is None or "班" in mention.ratio or ("机" in mention.ratio and "师" in mention.ratio):
            return None
        tops, bottoms = sides
        named = self._named(mention)
        if _RATIO_REST.sub("", named.rest):
            return None
        facet_sets = self._facets(mention, named, scope)
        meant = [Meant(top, exact=True) for top in tops]
        return self._quotient(mention, scope, "filed_ratio", meant, list(bottoms), facet_sets, period, Fraction(1))

    def _quotient(
        self,
        mention: Mention,
        scope: Scope,
        relation: str,
        meant: Sequence[Meant],
        bottoms: Sequence[str],
        facet_sets: Sequence[frozenset[str]],
        period: Period,
        factor: Fraction,
    ) -> Claim | None:
        readings = [
            Recorded.quotient(top, bottom, year, factor)
            for one in meant
            for facets in facet_sets
            for year in period.years
            for base in bottoms
            for top, bottom in self.filed.ratios(one.quantity, base, scope, year, facets)
        ]
        if not readings:
            return None
        doubt = self._doubt(mention, scope, meant, period, facet_sets)
        staged = any(facet.startswith("stage:") for facet in facet_sets[0])
        if meant[0].table == "school_year" and staged and not scope.school and not doubt:
            doubt = "filed_not_by_stage"  # the standard's own way to share premises out: see judged_facts
        return compared(self.report, mention, relation, readings, doubt=doubt, between=meant[0].table == "school_year")

    def _filed_average(
        self, mention: Mention, scope: Scope, concept: str, period: Period, facet_sets: Sequence[frozenset[str]]
    ) -> Claim | None:
        known = filed_terms().averages[concept]
        quantities = next((known[facet] for facet in facet_sets[0] if facet in known), ())
        readings = [
            Recorded.of(amount, year, Fraction(1))
            for quantity in quantities
            for year in period.years
            for amount in self.filed.amounts(quantity, scope, year, frozenset())
        ]
        known_readings = [one for one in readings if one.value is not None]
        if not known_readings or mention.figure.unit.base != "money":
            return None
        return compared(self.report, mention, "filed", known_readings, doubt="filed_loose_word")

    def _share(self, mention: Mention, scope: Scope) -> Claim | None:
        """A占B的…%, where both are named."""
        words = self._words(mention)
        part, _, whole = words.partition("占")
        tops, bottoms = terms().named(part), terms().named(whole)
        if TIME.sub("", tops.rest) or bottoms.rest or not tops.concept or not bottoms.concept:
            return None
        meant = filed_terms().of(tops.concept, part)
        wholes = filed_terms().of(bottoms.concept, whole)
        if (
            not meant
            or not wholes
            or self._done(mention, tops)
            or (len(bottoms.facets - tops.facets) > 0
            and tops.facets)
        ):
            return None
        period = self.periods.of(mention, fiscal=meant[0].table == "finance_year")
        if period is None:
            return None
        facet_sets = self._facets(mention, replace(tops, facets=tops.facets or bottoms.facets), scope)
        exact = [Meant(one.quantity, one.exact and all(other.exact for other in wholes)) for one in meant]
        bases = [one.quantity for one in wholes]
        return self._quotient(mention, scope, "filed_share", exact, bases, facet_sets, period, Fraction(100))

    def _changed(self, mention: Mention, scope: Scope) -> Claim | None:
        """比上年增加…: two filed years of one quantity, which its own words name or the figure just before."""
        subject = self._subject_of_change(mention)
        if subject is None or mention.figure.numeral.form in (Form.POINTS, Form.TIMES):
            return None
        named = self._named(subject)
        meant = filed_terms().of(named.concept, self._words(subject))
        growth = mention.role is Role.GROWTH
        factor = Fraction(100) if growth else _factor(mention, named)
        if not meant or factor is None:
            return None
        period = self.periods.of(mention, fiscal=meant[0].table == "finance_year", before_comparison=True)
        if period is None:
            return None
        facet_sets = self._facets(subject, named, scope)
        sign = mention.direction or 1
        readings = []
        for one in meant:
            for facets in facet_sets:
                for year in period.years:
                    now = self.filed.amounts(one.quantity, scope, year, facets)
                    before = self.filed.amounts(one.quantity, scope, year - 1, facets)
                    pairs = zip(now, before, strict=True) if len(now) == len(before) else ()
                    readings += [Recorded.change(a, b, year, factor * sign, growth=growth) for a, b in pairs]
        if not readings:
            return None
        doubt = self._doubt(mention, scope, meant, period, facet_sets)
        return compared(self.report, mention, "filed_change", readings, doubt=doubt)

    def _subject_of_change(self, mention: Mention) -> Mention | None:
        """The figure whose words say what changed since the year before; None where that is not sure."""
        earlier = [one for one in self.report.in_sentence(mention) if one.figure.start < mention.figure.start]
        chain = [mention, *reversed(earlier)]
        for index, one in enumerate(chain):
            named = self._named(one)
            words = self.report.text(one.start, mention.figure.start)
            if named.concept:
                last_year = any(_LAST_YEAR.search(found["base"]) for found in _BASE.finditer(words)) or "同比" in words
                plain = (not _CHANGED_REST.sub("", named.rest) and not self._done(one, named)) or one.role is Role.CHANGE
                return one if last_year and plain and not _CHANGED_REST.sub("", named.rest) else None
            before = chain[index + 1] if index + 1 < len(chain) else None
            gap = "" if before is None else self.report.text(before.end, one.start)
            if before is None or gap.strip(",(、") or _CHANGED_REST.sub("", named.rest):
                return None
        return None

    def _named(self, mention: Mention) -> Named:
        """What the words name, without the names of whom they are about."""
        label = self.subjects.without_names(mention.label)
        named = terms().named(label)
        known = (named.concept, *named.others)
        concept = mention.concept if mention.concept in known or not named.concept else named.concept
        rest = TIME.sub("", named.rest)
        return replace(named, concept=concept, others=tuple(one for one in known if one and one != concept), rest=rest)

    def _words(self, mention: Mention) -> str:
        return self.subjects.without_names(mention.label)

    def _settled(self, mention: Mention, named: Named) -> bool:
        """Whether a figure says how many there are of what its words name; of a part, so must what it is part of."""
        before = self.subjects.without_names(paragraph_before(self.report, mention))
        if not settled(self.report, mention, named, before):
            return False
        return not mention.part or self._part_of_stock(mention)

    def _done(self, mention: Mention, named: Named) -> bool:
        return done(named, self.subjects.without_names(paragraph_before(self.report, mention)))

    def _part_of_stock(self, mention: Mention) -> bool:
        """交流教师214人,其中骨干教师52人: a part of something narrower than what is filed."""
        earlier = [
            one for one in self.report.in_sentence(mention) if one.figure.start < mention.figure.start and not one.part
        ]
        return bool(earlier) and self._settled(earlier[-1], self._named(earlier[-1]))

    def _facets(self, mention: Mention, named: Named, scope: Scope) -> list[frozenset[str]]:
        """The parts that may be meant: its own words say so, else the words before it may."""
        if named.facets:
            return [named.facets]
        if mention.carried and not scope.school:
            return [mention.carried, frozenset()]
        under: frozenset[str] = mention.under
        return [under, frozenset()] if len(under) == 1 and not scope.school else [frozenset()]

    def _doubt(
        self,
        mention: Mention,
        scope: Scope,
        meant: Sequence[Meant],
        period: Period,
        facet_sets: Sequence[frozenset[str]],
    ) -> str:
        """Why a figure that differs need not be wrong: the name of a reason; empty where it must be."""
        if not all(one.exact for one in meant):
            return "filed_loose_word"
        return self._unsaid_stage(mention, scope, facet_sets) or self._unsure_year(period, meant[0].table)

    def _unsaid_stage(self, mention: Mention, scope: Scope, facet_sets: Sequence[frozenset[str]]) -> str:
        if scope.school or any(facet.startswith("stage:") for facet in facet_sets[0]):
            return ""
        sentence = self.report.built.sentences[mention.sentence]
        text = self.report.cleaned.text
        here = text[sentence.start : sentence.end]
        line = text[text.rfind("\n", 0, sentence.start) + 1 : sentence.end]
        if _OTHER_LEVELS.search(line):
            return "filed_unsaid_stage"
        title = text[: text.find("\n")] if "\n" in text else ""
        said = _COMPULSORY.search(here) or _COMPULSORY.search(line) or _COMPULSORY.search(title)
        return "" if said or any(map(_COMPULSORY.search, sentence.headings)) else "filed_unsaid_stage"

    def _unsure_year(self, period: Period, table: str) -> str:
        """A year that may mean two school years is sure only when both were filed, or it is the year judged."""
        filed = self.filed.years(table)
        if period.years[0] == self.periods.judged or (set(period.years) <= set(filed)):
            return "" if period.stated or table != "finance_year" else "filed_unsure_year"
        return "filed_unsure_year"

    def _with_cause(
        self,
        claim: Claim | None,
        mention: Mention,
        meant: Meant,
        scope: Scope,
        period: Period,
        facets: frozenset[str],
        factor: Fraction,
    ) -> Claim | None:
        """What else was filed that is exactly what the report says: an earlier year, another stage, the whole."""
        if claim is None or claim.verdict is not Verdict.INCONSISTENT:
            return claim
        for year in self.filed.years(meant.table):
            for amount in self.filed.amounts(meant.quantity, scope, year, facets) if year not in period.years else ():
                if _is(mention, amount, factor):
                    return replace(claim, cause=Reason("cause_stale", {"year": str(year), "name": amount.name}))
        stages = {frozenset({"stage:primary"}), frozenset({"stage:junior"}), frozenset()} - {facets}
        for other in sorted(stages, key=sorted):
            for amount in self.filed.amounts(meant.quantity, scope, period.years[0], other):
                if _is(mention, amount, factor):
                    return replace(claim, cause=Reason("cause_other_filed", {"name": amount.name}))
        if scope != self.subjects.whole:
            for amount in self.filed.amounts(meant.quantity, self.subjects.whole, period.years[0], facets):
                if _is(mention, amount, factor):
                    name = f"{self.subjects.whole.name}{amount.name}"
                    return replace(claim, cause=Reason("cause_other_filed", {"name": name}))
        right = claim.recomputed
        if isinstance(right, Fraction) and (cause := slip(mention, right * mention.figure.numeral.scale)) is not None:
            return replace(claim, cause=cause)
        return claim


_AVERAGE_REST = re.compile(r"[平每名均百生位个人班额师校所]|拥有|配备|达到|为")
_RATIO_REST = re.compile(r"[师生机比之与例配为到]|达到|平均|计算机")
_CHANGED_REST = re.compile(
    r"(?:比|较)(?:上一?(?:学)?年度?|去年|同期|上年同期|去年同期)|同比|增长|增加|减少|下降|提高|净|了|率|幅度?"
)


def _factor(mention: Mention, named: Named) -> Fraction | None:
    """From the column's unit to the printed one; None where the units measure different things."""
    unit = mention.figure.unit
    concept = terms().concepts.get(named.concept)
    if concept is None or mention.figure.per or mention.figure.numeral.form is not Form.PLAIN:
        return None
    if unit.base == "land" and concept.base == "area":
        return 1 / _MU
    loose = unit.base == "item" and concept.base in ("class", "room", "set")
    return Fraction(1, unit.factor) if unit.base == concept.base or loose else None


def _is(mention: Mention, amount: Amount, factor: Fraction) -> bool:
    return amount.value is not None and amount.value * factor == mention.figure.numeral.value


def _facet_filed(facet_sets: Sequence[frozenset[str]], meant: Sequence[Meant]) -> bool:
    """Whether to say that it is not filed: for sex and the like, of which the tables know nothing."""
    return any(facet.startswith("sex:") for facet in facet_sets[0]) and bool(meant)
