"""What schools lack, in what can be appointed, built or bought: by sort of thing, by indicator, by town, by school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.indicators.amounts import exact_amount
from junheng.indicators.exact import exact_share
from junheng.reporting.facts.digits import digits_beside
from junheng.reporting.facts.each_school import EachSchool
from junheng.reporting.facts.money import in_wan
from junheng.reporting.facts.one_school import OneSchool
from junheng.reporting.facts.schools import Schools
from junheng.reporting.facts.thing_kinds import Kind, kind_of
from junheng.reporting.report.runs import Figure
from junheng.standards.indicator import Indicator
from junheng.verdict.lacks import amount_unit, needed_amount
from junheng.verdict.limits import RowLimit, limit_for
from junheng.verdict.wholes import is_whole

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Need:
    """What one stage of one school (or a school as a whole) lacks of one thing; a negative lack is what is too much.

    Attributes:
        name: the indicator, or the check of an item.
        stage: None for what is asked of the school as a whole.
        has, wanted: the amount there is and the one that the limit asks for, of the stage's own share.
        whole: what the school must add altogether, where the amount is filed for the whole of a school of several
            stages: it is then one need, and a stage may get only its share of what is added. None elsewhere.
    """

    name: str
    indicator: Indicator
    school: OneSchool
    stage: Stage | None
    has: Figure
    wanted: Figure
    lack: Figure
    whole: Figure | None


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that schools lack: all needs of one indicator or check."""

    name: str
    indicator: Indicator
    kind: Kind
    needs: tuple[Need, ...]

    @property
    def unit(self) -> str:
        return self.needs[0].lack.unit

    @property
    def shared(self) -> bool:
        """Whether some school has one amount for several stages."""
        return any(need.whole for need in self.needs)


@dataclass(frozen=True, slots=True)
class Open:
    """What cannot be said: an indicator of a school that could not be judged, and why there is no value."""

    school: OneSchool
    stage: Stage | None
    label: str
    value: Figure


@dataclass(frozen=True)
class Shortages:
    """What the schools of one county lack in one year."""

    schools: Schools
    each: EachSchool

    @cached_property
    def things(self) -> list[Thing]:
        """What is to be added, in the order of the standard."""
        return self._things(1)

    @cached_property
    def excesses(self) -> list[Thing]:
        """What is above an upper limit: classes that are too large, schools with too many pupils."""
        return self._things(-1)

    def of_kind(self, kind: Kind) -> list[Thing]:
        return [thing for thing in self.things if thing.kind == kind]

    @cached_property
    def asks(self) -> bool:
        """Whether the standard asks anything of schools that some school could be judged by."""
        limited = [
            name for name, indicator in self.schools.judgement.standard.resources.items() if indicator.thresholds
        ]
        return any(
            any(asked.outcome is not Outcome.UNKNOWN for asked in school.asked)
            or any(row[f"{name}__outcome"] not in (None, Outcome.UNKNOWN) for row in school.rows for name in limited)
            for school in self._all
        )

    def count(self, thing: Thing, stage: Stage | None) -> Figure:
        """How many schools lack a thing."""
        at = f"lack_schools/{self.schools.county}/{stage or 'all'}/{thing.name}"
        own = [need for need in thing.needs if need.stage == stage]
        about = f"缺{thing.indicator.label.zh}的学校数"
        return Figure(f"{self.schools.before}{at}", len(own), "所", about=about, origin="差距清单")

    def lacking(self) -> Figure:
        """How many schools lack anything at all."""
        codes = {need.school.code for thing in self.things for need in thing.needs}
        at = f"{self.schools.before}lack_schools/{self.schools.county}/any"
        return Figure(at, len(codes), "所", about="有差额的学校数", origin="差距清单")

    def total(self, thing: Thing, stage: Stage | None, town: str | None = None) -> Figure:
        """What all schools, or those of one town, lack of a thing together; nothing is set off against a lack."""
        own = [need for need in thing.needs if need.stage == stage and self._in(need, town)]
        at = f"lack_sum/{self.schools.county}/{town or 'all'}/{stage or 'all'}/{thing.name}"
        return self._sum(at, [need.lack for need in own], thing)

    def whole_count(self, thing: Thing) -> Figure:
        """How many schools lack a thing, those of several stages once."""
        at = f"{self.schools.before}lack_schools/{self.schools.county}/whole/{thing.name}"
        about = f"缺{thing.indicator.label.zh}的学校数"
        return Figure(at, len(self.per_school(thing)), "所", about=about, origin="差距清单")

    def whole_total(self, thing: Thing, town: str | None = None) -> Figure:
        """What all schools, or those of one town, must add of a thing altogether, every mixed school once."""
        at = f"whole_sum/{self.schools.county}/{town or 'all'}/{thing.name}"
        return self._sum(at, list(self.per_school(thing, town).values()), thing)

    def per_school(self, thing: Thing, town: str | None = None) -> dict[str, Figure]:
        """What each school must add altogether: a mixed school once, and so that every stage gets enough."""
        found: dict[str, Figure] = {}
        for need in thing.needs:
            if self._in(need, town):
                found.setdefault(need.school.code, need.whole or need.lack)
        return found

    @cached_property
    def towns(self) -> list[str]:
        """The towns where schools lack something."""
        lacking = {need.school.entry["town"] or "" for thing in self.things for need in thing.needs}
        listed = dict.fromkeys(school.entry["town"] or "" for school in self._all)
        return [town for town in listed if town in lacking]

    @cached_property
    def open(self) -> list[Open]:
        """What could not be judged, so that nobody knows what is lacking."""
        return [
            *(
                Open(school, Stage(row["stage"]), indicator.label.zh, school.schools.value(row, name))
                for school in self._all
                for row in school.rows
                for name, indicator in school.standard.resources.items()
                if row[f"{name}__outcome"] == Outcome.UNKNOWN and indicator.thresholds
            ),
            *(
                Open(school, asked.stage, asked.check.label.zh, school.asked_value(asked))
                for school in self._all
                for asked in school.asked
                if asked.outcome is Outcome.UNKNOWN
            ),
        ]

    def open_schools(self) -> Figure:
        """How many schools have an indicator that could not be judged."""
        codes = {found.school.code for found in self.open}
        at = f"{self.schools.before}open_schools/{self.schools.county}"
        return Figure(at, len(codes), "所", about="有指标无法判定的学校数", origin="学校判定")

    @cached_property
    def _all(self) -> list[OneSchool]:
        return [self.each.of(code) for code in self.each.codes]

    def _things(self, sign: int) -> list[Thing]:
        found: dict[str, list[Need]] = defaultdict(list)
        for school in self._all:
            for need in (*_of_indicators(school), *_of_items(school)):
                if need.lack.value is not None and need.lack.value * sign > 0:
                    found[need.name].append(need)
        tables = self.schools.judgement.dataset.tables
        return [
            Thing(name, needs[0].indicator, kind_of(needs[0].indicator, tables), tuple(needs))
            for name, needs in sorted(found.items(), key=lambda entry: self._order.index(entry[0]))
        ]

    @cached_property
    def _order(self) -> list[str]:
        return [name for name, _ in self.schools.judgement.standard.indicators()]

    def _sum(self, at: str, lacks: Sequence[Figure], thing: Thing) -> Figure:
        together = sum((_exact(figure) for figure in lacks), Fraction(0))
        return Figure(
            f"{self.schools.before}{at}", together, thing.unit, digits_beside(together, 0, 2),
            about=f"{thing.indicator.label.zh}差额合计", origin="差距清单",
        )  # fmt: skip

    @staticmethod
    def _in(need: Need, town: str | None) -> bool:
        return town is None or (need.school.entry["town"] or "") == town


def _of_indicators(school: OneSchool) -> list[Need]:
    found = []
    for row in school.rows:
        for name in school.schools.missed(row):
            indicator = school.standard.resources[name]
            limit = limit_for(indicator, row)
            if not indicator.formula.of and limit is not None:
                lack = school.schools.lack(row, name)
                found.append(_need(school, row, name, indicator, limit, lack))
    return found


def _of_items(school: OneSchool) -> list[Need]:
    return [
        _need(school, asked.row, asked.name, asked.check, asked.limit, school.asked_lack(asked))
        for asked in school.asked
        if asked.outcome is Outcome.UNMET and asked.limit is not None
    ]


def _need(school: OneSchool, row: Row, name: str, indicator: Indicator, limit: RowLimit, lack: Figure) -> Need:
    stage = Stage(row["stage"]) if "stage" in row else None
    share = _share(school, row, name)
    amount = exact_amount(indicator.formula.amount, row)
    own = None if amount is None or share is None else amount * share
    wanted = needed_amount(indicator, row, limit, Fraction(1))
    whole = is_whole(indicator, school.judgement.dataset.tables)
    if own is not None and share == 1 and lack.value is not None and whole:
        wanted = own + _exact(lack)  # people and rooms are wanted whole
    at = f"{school.schools.before}need/{school.code}/{stage or 'all'}/{name}"
    label, unit = indicator.label.zh, amount_unit(indicator, school.judgement.dataset.tables)
    return Need(
        name, indicator, school, stage,
        Figure(f"{at}/has", *in_wan(own, unit), absent="不能计算", about=f"{label}现有", origin="填报数"),
        Figure(f"{at}/wanted", *in_wan(wanted, unit), absent="不能计算", about=f"{label}应有", origin="差距清单"),
        lack, _whole(school, name, indicator, unit) if _is_shared(school, stage, indicator) else None,
    )  # fmt: skip


def _is_shared(school: OneSchool, stage: Stage | None, indicator: Indicator) -> bool:
    """Whether a school of several stages files the amount once, for all of them."""
    if stage is None or len(school.filed_stages) == 1:
        return False
    return bool(indicator.formula.amount.columns() & set(school.judgement.dataset.tables["school_year"].columns))


def _share(school: OneSchool, row: Row, name: str) -> Fraction | None:
    split = school.standard.split
    return exact_share(row, split) if split is not None and name in split.indicators else Fraction(1)


def _whole(school: OneSchool, name: str, indicator: Indicator, unit: str) -> Figure:
    """What a mixed school must add so that every stage's share of it is enough: the largest of what each asks for."""
    asked = []
    for row in school.rows:
        limit, share = limit_for(indicator, row), _share(school, row, name)
        amount = exact_amount(indicator.formula.amount, row)
        wanted = None if limit is None else needed_amount(indicator, row, limit, Fraction(1))
        if amount is not None and share and wanted is not None:
            asked.append(wanted / share - amount)
    most: Fraction | int = max((*asked, Fraction(0)))
    if is_whole(indicator, school.judgement.dataset.tables):
        most = ceil(most)
    at = f"{school.schools.before}need/{school.code}/whole/{name}"
    return Figure(at, *in_wan(most, unit), about=f"{indicator.label.zh}全校应增", origin="差距清单")


def _exact(figure: Figure) -> Fraction:
    value = figure.value
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value or 0)
