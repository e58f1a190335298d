"""Figures of a report against what was judged: 差异系数, county means and how many schools meet the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.claims.claim import Claim, Verdict
from junheng.claims.comparing import Recorded, compared
from junheng.claims.filed import Amount
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import Form
from junheng.claims.periods import Periods
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.subjects import Subjects
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.judgement import Judgement

_COEFFICIENT = re.compile(r"差异系数")
_COMPOSITE = re.compile(r"综合差异系数|差异系数的?(?:平均值|均值)|平均差异系数")
_LIMIT = re.compile(r"限值|标准值?|要求|规定|上限|不超过|不高于|低于|小于|超过|高于|≤|<|以内|以下|控制在")
_COUNTY_MEAN = re.compile(r"平均|均值|全县|全区|全市|生均|每百名?学?生")
_UNMET = re.compile(r"(?:未|不|没有?)(?:能)?(?:达标|达到|符合)")
_MET = re.compile(r"达标|达到(?:要求|标准)|符合(?:要求|标准)")
_OF_STANDARD = re.compile(r"资源配置|优质均衡|基本均衡|综合达标|自评|标准|指标|校际均衡")
_OTHER_STANDARD = re.compile(r"标准化|示范|特色|文明|平安|绿色|一级|二级|星级|等级")
_SOME = re.compile(r"新|另|其余|其他|涉及|仍|还|余下|存在")
_STAGES = re.compile(r"小学|初中")
_BRACKETS = re.compile(r"\([^)]*\)|（[^）]*）")
_LOOSE = re.compile(r"[拥有的数、,\s“”]|及|人数|面积|名(?=学生)|值$|情况|指标")
_HIGHEST = 3  # a coefficient above is none


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What the sentence of a figure is about."""

    indicator: str
    stage: str
    segment: str
    before: str
    after: str
    headings: str


def judged_facts(
    report: Report, judgement: Judgement, subjects: Subjects, periods: Periods
) -> Iterator[tuple[Mention, Claim]]:
    """Every figure that states a fact of the judgement, with what was judged."""
    names = {_core(indicator.label.zh): name for name, indicator in judgement.standard.resources.items()}
    facts = _Facts(judgement, subjects.county)
    for mention in report.mentions:
        if not mention.value_known or subjects.of(mention) != subjects.whole:
            continue
        period = periods.of(mention, fiscal=False)
        if period is None or period.years[0] != judgement.year:
            continue
        spoken = _spoken(report, mention, names)
        found = facts.coefficient(mention, spoken) or facts.mean(mention, spoken) or facts.schools(mention, spoken)
        if found is not None:
            relation, readings, doubt = found
            claim = compared(report, mention, relation, readings, doubt=doubt or "")
            if doubt is not None or claim.verdict is Verdict.CONSISTENT:
                yield mention, claim


# Relation, what was judged, and why a figure that differs may be right; None: then nothing is said of it.
_Fact = tuple[str, list[Recorded], str | None]


@dataclass(frozen=True)
class _Facts:
    judgement: Judgement
    county: str

    def coefficient(self, mention: Mention, spoken: _Spoken) -> _Fact | None:
        """差异系数: with weights or without, and of the composite one where the standard has it."""
        value = mention.figure.numeral.value
        if (
            mention.mood not in (Mood.RESULT, Mood.LIMIT)
            or mention.role not in (Role.STATED, Role.EACH)
            or mention.figure.unit.base
            or not _COEFFICIENT.search(spoken.before)
            or _LIMIT.search(re.split("差异系数", spoken.segment)[-1])
            or not spoken.stage
            or value is None
            or value > _HIGHEST
        ):
            return None
        name = COMPOSITE if _COMPOSITE.search(spoken.before) else spoken.indicator
        row = self._balance(spoken.stage, name)
        if row is None or row["cv"] is None:
            return None
        label = f"{Stage(spoken.stage).zh}{self._label(name)}差异系数"
        readings = []
        for measure in ("cv", "plain_cv"):
            judged = row[measure]
            if judged is not None:
                amount = self._amount(label, judged, "", f"{name}.{measure}")
                readings.append(Recorded(_shown(judged), (amount,), f"判定的{label}"))
        return "judged_coefficient", readings, ""

    def mean(self, mention: Mention, spoken: _Spoken) -> _Fact | None:
        """The county's mean of an indicator, as the 差异系数 take it."""
        if (
            mention.mood is not Mood.RESULT
            or mention.role not in (Role.STATED, Role.EACH)
            or not spoken.indicator
            or not spoken.stage
            or mention.figure.numeral.form is not Form.PLAIN
            or not _COUNTY_MEAN.search(spoken.before)
            or _LIMIT.search(spoken.segment)
            or _COEFFICIENT.search(spoken.before)
        ):
            return None
        indicator = self.judgement.standard.resources[spoken.indicator]
        base = mention.figure.unit.base
        if base in ("school", "item", "class", "") or _UNIT_BASES.get(indicator.unit.partition("/")[0]) != base:
            return None
        row = self._balance(spoken.stage, spoken.indicator)
        if row is None or row["mean"] is None:
            return None
        label = f"{Stage(spoken.stage).zh}{indicator.label.zh}"
        factor = Fraction(1, mention.figure.unit.factor)
        amount = self._amount(label, row["mean"], indicator.unit, f"{spoken.indicator}.mean")
        reading = Recorded(_shown(row["mean"]) * factor, (amount,), f"判定的{label}全县平均")
        # A writer may have divided county totals, which is another mean where schools are left out or shared.
        return "judged_mean", [reading], "filed_other_mean"

    def schools(self, mention: Mention, spoken: _Spoken) -> _Fact | None:
        """How many schools of a stage are judged, meet the standard or one of its indicators, and do not."""
        if (
            mention.mood not in (Mood.RESULT, Mood.LIMIT)
            or mention.role is not Role.STATED
            or mention.figure.unit.base != "school"
            or not spoken.stage
            or _OTHER_STANDARD.search(spoken.before)
            or _SOME.search(mention.label)
            or mention.facets - {f"stage:{spoken.stage}"}
        ):
            return None
        column = f"{spoken.indicator}__outcome" if spoken.indicator else "outcome"
        own = re.split(r"[,、;。:]", spoken.segment)[-1] + mention.label + spoken.after
        # 余项容许: a school that may miss an indicator meets the standard, but not that indicator.
        if _UNMET.search(own):
            sure, words = str(Outcome.UNMET), "未达标学校数"
        elif _MET.search(own):
            sure, words = str(Outcome.MET), "达标学校数"
        elif mention.named.concept == "schools" and not spoken.indicator and not mention.part:
            rows = self._rows(spoken.stage)
            label = f"{Stage(spoken.stage).zh}参加判定的学校数"
            amount = self._amount(label, rows.height, "所", "rows")
            return "judged_schools", [Recorded(Fraction(rows.height), (amount,), f"判定的{label}")], None
        else:
            return None
        rows = self._rows(spoken.stage)
        if column not in rows.columns:
            return None
        sets = [{sure}, {sure, str(Outcome.TOLERATED)}]
        if (sure == Outcome.MET) != bool(spoken.indicator):
            sets.reverse()
        label = f"{Stage(spoken.stage).zh}{self._label(spoken.indicator)}{words}"
        readings = []
        for outcomes in sets:
            number = rows.filter(pl.col(column).is_in(list(outcomes))).height
            amount = self._amount(label, number, "所", column.removesuffix("__outcome"))
            readings.append(Recorded(Fraction(number), (amount,), f"判定的{label}"))
        said = _OF_STANDARD.search(spoken.before + spoken.headings) and "达标" in own
        return "judged_schools", readings, "" if spoken.indicator or said else None

    def _rows(self, stage: str) -> pl.DataFrame:
        """The schools of a stage that are judged."""
        return self.judgement.in_scope.filter((pl.col("county_code") == self.county) & (pl.col("stage") == stage))

    def _balance(self, stage: str, indicator: str) -> Mapping[str, float | None] | None:
        found = self.judgement.balance.filter(
            (pl.col("county_code") == self.county) & (pl.col("stage") == stage) & (pl.col("indicator") == indicator)
        )
        return found.row(0, named=True) if found.height == 1 else None

    def _label(self, indicator: str) -> str:
        if indicator == COMPOSITE:
            return "综合"
        return self.judgement.standard.resources[indicator].label.zh if indicator else ""

    def _amount(self, label: str, value: float | int | None, unit: str, key: str) -> Amount:
        judgement = self.judgement
        source = f"快照{judgement.snapshot[:12]}，{judgement.standard.id}，{judgement.day}，{key}"
        return Amount(label, None if value is None else _shown(value), unit, source)


_UNIT_BASES = {"人": "person", "㎡": "area", "元": "money", "间": "room", "台": "set", "册": "book"}


def _spoken(report: Report, mention: Mention, names: Mapping[str, str]) -> _Spoken:
    """The indicator and the stage that the words before a figure speak of: the last ones named in its sentence."""
    before = report.clause_before(mention)
    earlier = [other for other in report.in_sentence(mention) if other.figure.start < mention.figure.start]
    start = report.built.sentences[mention.sentence].start
    segment = before[earlier[-1].end - start :] if earlier else before
    indicator = ""
    at = -1
    plain, offsets = _core_with_offsets(before)
    for core, name in names.items():
        place = plain.rfind(core)
        if place >= 0 and (offsets[place], len(core)) > (at, 0):
            at, indicator = offsets[place], name
    stages = [match.group() for match in _STAGES.finditer(before)]
    stage = {"小学": "primary", "初中": "junior"}[stages[-1]] if stages else ""
    after = re.split(r"[,、;。:(]", report.text(mention.end, mention.end + 8))[0]
    title = report.cleaned.text.strip().partition("\n")[0]
    headings = "".join((title, *report.built.sentences[mention.sentence].headings))
    return _Spoken(indicator, stage, segment, before, after, headings)


def _core(words: str) -> str:
    """What is left of an indicator's name without the words that writers put in or leave out."""
    return _LOOSE.sub("", _BRACKETS.sub("", words))


def _core_with_offsets(text: str) -> tuple[str, list[int]]:
    kept: list[tuple[str, int]] = []
    dropped = {index for match in _BRACKETS.finditer(text) for index in range(*match.span())}
    dropped |= {index for match in _LOOSE.finditer(text) for index in range(*match.span())}
    kept = [(character, index) for index, character in enumerate(text) if index not in dropped]
    return "".join(character for character, _ in kept), [index for _, index in kept]


def _shown(value: float | int) -> Fraction:
    """The engine's value; its error is far below any digit that a report prints."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
