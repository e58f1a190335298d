"""存在的问题: what is not met, the gap to it, who is responsible, and the measure filed or suggested for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.items import Row
from junheng.reporting.report.runs import Figure, Name, Quote, Text, listed, say, words_of
from junheng.reporting.wording.items import finding
from junheng.reporting.wording.phrases import joined, several
from junheng.verdict.judge import BALANCE, RESOURCES

NO_OFFICE = "未填报"
NO_PLAN = "尚未填报整改措施"
# How what is counted in a unit is usually made up for; a suggestion, and marked as one.
_SUPPLY = {
    "名": "通过招聘、培养、交流轮岗等方式补充{lack}",
    "㎡": "新建、改扩建{lack}",
    "间": "新增或改造{lack}",
    "万元": "增加投入{lack}",
    "册": "补充图书{lack}",
    "台": "添置{lack}",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way.

    Attributes:
        part: of the standard.
        subject: what it is about, without a full stop.
        gap: how far it is from what is asked for.
        stage: in words, where the subject begins with one.
        office: who answers for it; ``NO_OFFICE`` where nobody was named.
        measure: what was filed to be done; empty where nothing was.
        suggestion: what usually closes such a gap; empty where nothing can be said.
        open: it is not known whether it is met.
    """

    part: str
    subject: Text
    gap: Text
    office: Text = (NO_OFFICE,)
    measure: Text = ()
    suggestion: Text = ()
    open: bool = False
    stage: str = ""

    @property
    def told(self) -> Text:
        """Subject and gap in one; the subject once where the gap begins with it (初中三年巩固率为…)."""
        again = bool(self.gap) and self.subject[-1] == self.gap[0]
        return self.gap if again else (*self.subject, "：", *self.gap)

    @property
    def planned(self) -> Text:
        """What a table of measures says: what was filed, else the suggestion marked as one, else that nothing was."""
        if self.measure:
            return self.measure
        return ("建议", *self.suggestion) if self.suggestion else (NO_PLAN,)


def problems(year: CountyYear) -> list[Problem]:
    """What is not met, in the order of the standard, the indicator that most schools miss first."""
    passes = RESOURCES in year.parts and year.parts[RESOURCES].passes
    return [*([] if passes else resource_gaps(year)), *_balance(year), *_items(year, Outcome.UNMET)]


def allowed_gaps(year: CountyYear) -> Text:
    """What schools miss though all of them pass: it stands in nobody's way, and can still be made up for."""
    found = list(resource_gaps(year)) if RESOURCES in year.parts and year.parts[RESOURCES].passes else []
    if not found:
        return ()
    told = joined((*problem.subject[:2], "（", *problem.gap, "）") for problem in found)
    return ("下列指标有学校未达到要求，按学校达标规则不影响达标，宜继续补强：", *told, "。")


def open_questions(year: CountyYear) -> list[Problem]:
    """What cannot be judged yet, and what would have to be filed or found."""
    return [*_blank_schools(year), *_blank_balance(year), *_items(year, Outcome.UNKNOWN)]


def problem_paragraphs(found: list[Problem]) -> Iterator[Text]:
    """Problems of one part in words: those of the indicators of a stage in one paragraph, every other in its own."""
    for stage in dict.fromkeys(problem.stage for problem in found):
        own = [problem for problem in found if problem.stage == stage]
        if stage:
            told = joined((problem.subject[1], "（", *problem.gap, "）") for problem in own)
            yield (stage, "未全部达标的指标有：", *told, "。")
        else:
            for alike in alike_problems(own):
                first = alike[0]
                subjects = subject_words(alike)
                yield (*(first.told if len(alike) == 1 else (*subjects, "：", *first.gap)), "。")


def subject_words(alike: list[Problem]) -> Text:
    """The subjects of problems; several of them in quotation marks, for they hold commas themselves."""
    if len(alike) == 1:
        return alike[0].subject
    return tuple(run for problem in alike for run in ("“", *problem.subject, "”"))


def alike_problems(found: list[Problem]) -> list[list[Problem]]:
    """Problems of which the same is to be said, together (尚未认定); the others each alone."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in found:
        said = tuple(words_of(text) for text in (problem.gap, problem.office, problem.planned))
        groups.setdefault(said, []).append(problem)
    return list(groups.values())


def missed_indicators(year: CountyYear, stage: Stage) -> list[str]:
    """The indicators that schools of a stage miss, the one that most miss first; parts of an either/or rule apart."""
    standard = year.standard
    if standard.school_rule is None:
        return []
    found = {name: _missed(year, stage, name).value or 0 for name in standard.counted()}
    return sorted((name for name, count in found.items() if count), key=lambda name: -int(found[name]))


def lacking(year: CountyYear, stage: Stage, indicator: str) -> Text:
    """``缺58123.5㎡`` in all; what is above an upper limit; empty where nothing adds up."""
    lack, excess = year.schools.total_lack(stage, indicator), year.schools.total_excess(stage, indicator)
    if lack.value:
        return say("缺{lack}", lack=lack)
    return say("超出{excess}", excess=excess) if excess.value else ()


def _missed(year: CountyYear, stage: Stage, indicator: str) -> Figure:
    return year.schools.missing_indicator(stage, indicator, Outcome.UNMET, Outcome.TOLERATED)


def resource_gaps(year: CountyYear) -> Iterator[Problem]:
    """The indicators that schools miss, tolerated or not."""
    rule = year.standard.school_rule
    for stage in year.schools.stages:
        for name in missed_indicators(year, stage):
            label = Quote(year.standard.resources[name].label.zh)
            missed = _missed(year, stage, name)
            unmet = year.schools.missing_indicator(stage, name, Outcome.UNMET)
            gap = say("{missed}未达到要求", missed=missed)
            if rule is not None and rule.rest is not None:
                below = _below_floor(missed, unmet)
                gap = (*gap, *below)
            lack = lacking(year, stage, name)
            yield Problem(
                RESOURCES,
                (stage.zh, label, "未全部达标"),
                (*gap, *(("，合计", *lack) if lack else ())),
                suggestion=_supply(year, stage, name),
                stage=stage.zh,
            )


def _below_floor(missed: Figure, unmet: Figure) -> Text:
    """Of the schools that miss an indicator, how many are below the floor that the rest must keep."""
    every = "，" if missed.value == 1 else "，均"
    if not unmet.value:
        return (every, "在余项容许范围内")
    if unmet.value == missed.value:
        return (every, "低于余项底线")
    return say("，其中{unmet}低于余项底线", unmet=unmet)


def _supply(year: CountyYear, stage: Stage, indicator: str) -> Text:
    lack = year.schools.total_lack(stage, indicator)
    if lack.value and lack.unit in _SUPPLY:
        return say(_SUPPLY[lack.unit], lack=lack)
    if year.schools.total_excess(stage, indicator).value:
        return ("通过分流、调整招生范围等方式降到限值以内",)
    return ()


def _balance(year: CountyYear) -> Iterator[Problem]:
    for row in year.balance.rows:
        if row["outcome"] != Outcome.UNMET:
            continue
        cv, limit = year.balance.cv(row), year.balance.limit(row)
        gap = say("差异系数为{cv}，超过{limit}的限值", cv=cv, limit=limit)
        driving = [(name, share) for name, _, share in year.balance.driving(row, 3)]
        if driving:
            told = listed(say("{name}（占{share}）", name=name, share=share) for name, share in driving)
            gap = (*gap, "；对差异影响较大的学校有", *told)
        subject: Text = (Stage(row["stage"]).zh, Quote(year.balance.label(row)), "校际差异偏大")
        low = lowest(year, row)
        suggestion = say("优先补足{names}等数值偏低的学校", names=listed(low)) if low else ()
        yield Problem(BALANCE, subject, gap, suggestion=suggestion)


def lowest(year: CountyYear, row: Row, most: int = 3) -> list[Name]:
    """The schools that drive a coefficient from below: their value is under the county's mean."""
    mean = year.balance.mean(row).value
    own = year.balance.driving(row, 10)
    return [name for name, value, _ in own if mean is not None and (value.value or 0) < mean][:most]


def _items(year: CountyYear, outcome: Outcome) -> Iterator[Problem]:
    for part, _ in year.standard.parts():
        for row in year.items.rows(part):
            if row["outcome"] != outcome:
                continue
            label = Quote(year.items.item(row).label.zh)
            yield Problem(
                part,
                (label,),
                finding(year, row),
                office=(Name(row["responsible"], "office"),) if row["responsible"] else (NO_OFFICE,),
                measure=(Quote(row["plan"].rstrip("。")),) if row["plan"] else (),
                suggestion=("尽快认定或补报数据",) if outcome is Outcome.UNKNOWN else (),
                open=outcome is Outcome.UNKNOWN,
            )


def _blank_schools(year: CountyYear) -> Iterator[Problem]:
    if year.standard.school_rule is None:
        return
    for stage in year.schools.stages:
        rows = year.schools.of_stage(stage, Outcome.UNKNOWN)
        if rows:
            names = [year.schools.name(row) for row in rows]
            subject = say(
                "{stage}{count}学校不能判定", stage=stage.zh, count=year.schools.count(stage, Outcome.UNKNOWN)
            )
            gap: Text = ("因数据未填报或要求未见（", *several(names), "）")
            yield Problem(RESOURCES, subject, gap, suggestion=_supply_data(year), open=True)


def _supply_data(year: CountyYear) -> Text:
    """What makes schools judgeable: data alone, or also a text of the standard that was not seen."""
    rule = year.standard.school_rule
    unseen = rule is not None and bool(rule.not_found or rule.not_seen)
    return ("核对并补报数据，标准中未见的要求查明后再作结论",) if unseen else ("核对并补报数据",)


def _blank_balance(year: CountyYear) -> Iterator[Problem]:
    for stage in year.schools.stages:
        unknown = year.balance.count(stage, Outcome.UNKNOWN)
        if unknown.value and unknown.value == year.balance.count(stage).value and unknown.value > 1:
            gap = say("{unknown}均缺数据", unknown=unknown)
            subject: Text = (stage.zh, "各项差异系数不能判定")
            yield Problem(BALANCE, subject, gap, suggestion=("核对并补报数据",), open=True)
            continue
        for row in year.balance.of_stage(stage):
            if row["outcome"] != Outcome.UNKNOWN:
                continue
            subject = (stage.zh, Quote(year.balance.label(row)), "差异系数不能判定")
            yield Problem(BALANCE, subject, ("因", year.balance.cv(row)), suggestion=("核对并补报数据",), open=True)
