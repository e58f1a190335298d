"""The answer in one sentence, in the language of the page: of a county, a school, an indicator, a list.

Nothing here claims more than the judgement: what is not known is said, and never counts as passed or failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl
from django.utils.translation import gettext as _

from junheng.base.outcome import Outcome
from junheng.standards.item import ItemPart
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.verdict.judgement import Judgement
from junheng.web.dashboards.school_lines import Lack, SchoolLine, Total, by_indicator, lacks_in_all
from junheng.web.templatetags.words import label, number, stage
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.web.templatetags.words import unit as unit_word

_NAMED = 3
_TEN_THOUSAND = 10_000


def listed(words: Iterable[str]) -> str:
    return _("、").join(words)


def clauses(words: Iterable[str]) -> str:
    return _("；").join(word for word in words if word)


def amount_words(amount: float, unit: str) -> str:
    """``13 名``, ``3,416.87 ㎡``, ``1,234.5 万元``."""
    if unit == "元" and abs(amount) >= _TEN_THOUSAND:  # zh: data
        return _("%(amount)s 万元") % {"amount": number(amount / _TEN_THOUSAND)}
    return f"{number(amount)} {unit_word(unit)}"


def indicator_name(judgement: Judgement, name: str) -> str:
    return _("综合") if name == COMPOSITE else label(judgement.standard.resources[name])


def lacking_name(judgement: Judgement, name: str) -> str:
    """What is lacking where an indicator counts one thing (县级以上骨干教师); else the name of the indicator."""
    amount = judgement.standard.resources[name].formula.amount
    terms = (*amount.all, *amount.primary, *amount.junior)
    columns = {term.column for term in terms}
    if len(columns) != 1 or any(term.where for term in terms):
        return indicator_name(judgement, name)
    return label(judgement.dataset.tables.column(columns.pop()))


def part_name(judgement: Judgement, part: str) -> str:
    if part == RESOURCES:
        return _("资源配置")
    if part == BALANCE:
        return _("校际均衡")
    entry: ItemPart = getattr(judgement.standard, part)
    return label(entry)


def confidence_word(confidence: str) -> str:
    """How sure we are of a rule."""
    return {"seen": _("已见原文"), "inferred": _("推断"), "general": _("一般了解")}[confidence]


def county_answer(judgement: Judgement, county: str, name: str) -> str:
    """Whether a county meets the standard, and what stands in the way."""
    outcomes = part_outcomes(judgement, county)
    gate = judgement.gate
    if judgement.outcome(county) == Outcome.MET:
        return _("%(county)s达标：%(count)s 个部分全部达标") % {"county": name, "count": len(outcomes)}
    failed = [part for part, outcome in outcomes.items() if outcome == Outcome.UNMET]
    if failed:
        why = clauses(why_failed(judgement, county, part) for part in failed)
        if gate is not None and gate.outcome(county) == Outcome.UNMET:
            why = clauses([_("未达到办学基本标准"), why])
        return _("%(county)s未达标：%(why)s") % {"county": name, "why": why}
    open_parts = [part_name(judgement, part) for part, outcome in outcomes.items() if outcome == Outcome.UNKNOWN]
    if not open_parts:
        return _("%(county)s无法判定") % {"county": name}
    met = len(outcomes) - len(open_parts)
    return _("%(county)s还无法判定：%(parts)s缺认定或数据，其余 %(met)s 个部分达标") % {
        "county": name,
        "parts": listed(open_parts),
        "met": met,
    }


def part_outcomes(judgement: Judgement, county: str) -> dict[str, str]:
    parts = judgement.parts.filter(pl.col("county_code") == county)
    return dict(parts.select("part", "outcome").iter_rows())


def why_failed(judgement: Judgement, county: str, part: str) -> str:
    """What stands in the way of one part, in a clause."""
    if part == RESOURCES:
        counts = outcomes_by_stage(judgement, county)
        schools = [
            _("%(stage)s %(total)s 所中 %(count)s 所")
            % {"stage": stage(own), "total": sum(c.values()), "count": failed}
            for own, c in counts.items()
            if (failed := c.get(str(Outcome.UNMET), 0))
        ]
        return _("%(schools)s学校未达标") % {"schools": listed(schools)}
    if part == BALANCE:
        own = judgement.balance.filter((pl.col("county_code") == county) & (pl.col("outcome") == str(Outcome.UNMET)))
        return _("%(count)s 项差异系数超过限值") % {"count": own.height}
    entry: ItemPart = getattr(judgement.standard, part)
    if entry.rule == "score":
        return _("%(part)s得分未达到合格线") % {"part": part_name(judgement, part)}
    items = judgement.items.filter(
        (pl.col("county_code") == county) & (pl.col("part") == part) & (pl.col("outcome") == str(Outcome.UNMET))
    )
    return _("%(part)s %(count)s 项未达到") % {"part": part_name(judgement, part), "count": items.height}


def part_notes(judgement: Judgement, county: str, part: str) -> tuple[str, ...]:
    """What a tile says below the outcome of a part: how much of it fails and how much is open."""
    if part == RESOURCES:
        return stage_notes(judgement, county)
    here = pl.col("county_code") == county
    if part == BALANCE:
        found = judgement.balance.filter(here & pl.col("limit").is_not_null())["outcome"].to_list()
    else:
        own = judgement.items.filter(here & (pl.col("part") == part))
        entry: ItemPart = getattr(judgement.standard, part)
        if entry.rule == "score":
            return (_score_note(judgement, county, part),)
        found = own["outcome"].to_list()
    counted: dict[str, int] = {}
    for outcome in found:
        if outcome:
            counted[outcome] = counted.get(outcome, 0) + 1
    if not (said := outcome_counts(counted)):
        return (_("没有数据"),)
    return ((_("差异系数 %(counts)s（项）") if part == BALANCE else _("%(counts)s（项）")) % {"counts": said},)


def stage_notes(judgement: Judgement, county: str) -> tuple[str, ...]:
    """The outcomes of the schools, a line a stage."""
    counts = outcomes_by_stage(judgement, county).items()
    return tuple(
        _("%(stage)s %(counts)s（所）") % {"stage": stage(own), "counts": said}
        if (said := outcome_counts(counted))
        else f"{stage(own)} {_('没有数据')}"
        for own, counted in counts
    )


def _score_note(judgement: Judgement, county: str, part: str) -> str:
    row = judgement.parts.filter((pl.col("county_code") == county) & (pl.col("part") == part)).row(0, named=True)
    low, high = row["score_low"], row["score_high"]
    if low is None:
        return _("尚不能计分")
    if high is None or low == high:
        return _("%(score)s 分") % {"score": number(low)}
    return _("%(low)s 至 %(high)s 分之间") % {"low": number(low), "high": number(high)}


def outcome_counts(counted: Mapping[str, int]) -> str:
    """``86 未达标、2 余项容许、11 达标``: the worst first, what there is none of left out."""
    words = {
        str(Outcome.UNMET): _("%(count)s 未达标"),
        str(Outcome.UNKNOWN): _("%(count)s 无法判定"),
        str(Outcome.TOLERATED): _("%(count)s 余项容许"),
        str(Outcome.MET): _("%(count)s 达标"),
    }
    return listed(text % {"count": counted[key]} for key, text in words.items() if counted.get(key))


def outcomes_by_stage(judgement: Judgement, county: str) -> dict[str, dict[str, int]]:
    """How many schools in scope have which outcome, by stage; a stage of the standard without schools has none."""
    rows = judgement.in_scope.filter(pl.col("county_code") == county)
    found: dict[str, dict[str, int]] = {own: {} for own in judgement.standard.stages}
    for own, outcome, count in rows.group_by("stage", "outcome").len().sort("stage", "outcome").iter_rows():
        found.setdefault(own, {})[outcome or ""] = count
    return found


def county_note(judgement: Judgement, county: str) -> str:
    """What the schools lack in plain units, of the same schools as the table below it, and what is open."""
    totals = list(by_indicator(lacks_in_all(judgement, county)))
    words = []
    if totals:
        text = _("低于要求的学校（含余项容许的）补足各项，共差：%(lacks)s")
        words.append(text % {"lacks": totals_words(judgement, totals)})
    outcomes = part_outcomes(judgement, county)
    open_parts = [part_name(judgement, part) for part, outcome in outcomes.items() if outcome == Outcome.UNKNOWN]
    if open_parts and judgement.outcome(county) == Outcome.UNMET:
        words.append(_("另有部分缺认定或数据，无法判定：%(parts)s") % {"parts": listed(open_parts)})
    return clauses(words)


def totals_words(judgement: Judgement, totals: Sequence[Total]) -> str:
    said = [
        _("%(indicator)s %(amount)s（%(schools)s 所）")
        % {
            "indicator": lacking_name(judgement, total.indicator),
            "amount": amount_words(total.amount, total.unit),
            "schools": total.schools,
        }
        for total in totals
        if total.amount
    ]
    if len(said) > _NAMED:
        return _("%(listed)s等 %(count)s 项") % {"listed": listed(said[:_NAMED]), "count": len(said)}
    return listed(said)


def lack_words(name: str, lack: Lack) -> str:
    """``教学用房 差 1,424.99 ㎡``; what is above an upper limit is said to be too much."""
    if lack.amount is None:
        return _("%(indicator)s未达到") % {"indicator": name}
    text = _("%(indicator)s超出 %(amount)s") if lack.amount < 0 else _("%(indicator)s差 %(amount)s")
    return text % {"indicator": name, "amount": amount_words(abs(lack.amount), lack.unit)}


def school_answer(judgement: Judgement, name: str, lines: Sequence[SchoolLine]) -> str:
    """What is to be said of one school: each of its stages, how many indicators it meets, what it lacks most."""
    if not lines:
        return _("%(school)s不在本次判定中") % {"school": name}
    return _("%(school)s：%(stages)s") % {
        "school": name,
        "stages": clauses(_stage_answer(judgement, line) for line in lines),
    }


def _stage_answer(judgement: Judgement, line: SchoolLine) -> str:
    said = {"stage": stage(line.stage), "met": line.met, "counted": line.counted}
    match line.outcome:
        case "":
            return _("%(stage)s段不计入判定") % said
        case Outcome.MET:
            return _("%(stage)s段达标，%(counted)s 项指标全部达标") % said
        case Outcome.TOLERATED:
            text = _("%(stage)s段达标（余项容许），%(counted)s 项指标中 %(met)s 项达标") % said
        case Outcome.UNMET:
            text = _("%(stage)s段未达标，%(counted)s 项指标中 %(met)s 项达标") % said
        case _:
            text = _("%(stage)s段无法判定，%(counted)s 项指标中 %(met)s 项达标，有指标缺数据") % said
    lacks = [lack_words(indicator_name(judgement, lack.indicator), lack) for lack in line.lacks[:2]]
    return _("%(text)s，%(lacks)s") % {"text": text, "lacks": listed(lacks)} if lacks else text


def figure_answer(judgement: Judgement, school: str, own: str, name: str, outcome: Outcome | None) -> str:
    """How one indicator of one school came out."""
    said = {"school": school, "stage": stage(own), "indicator": indicator_name(judgement, name)}
    match outcome:
        case None:
            return _("%(school)s（%(stage)s）“%(indicator)s”不作判定") % said
        case Outcome.UNKNOWN:
            return _("%(school)s（%(stage)s）“%(indicator)s”无法判定") % said
        case _:
            return _("%(school)s（%(stage)s）“%(indicator)s”%(outcome)s") % (said | {"outcome": outcome_word(outcome)})


def indicator_answer(judgement: Judgement, county: str, name: str) -> str:
    """How many schools miss an indicator in each stage, and whether its coefficient keeps its limit."""
    rows = judgement.in_scope.filter(pl.col("county_code") == county)
    column = f"{name}__outcome"
    said = []
    for own in judgement.standard.stages:
        found = rows.filter(pl.col("stage") == own)[column].to_list() if column in rows.columns else []
        if not any(found):
            continue
        missed = found.count(str(Outcome.UNMET)) + found.count(str(Outcome.TOLERATED))
        unknown = found.count(str(Outcome.UNKNOWN))
        counts = {"stage": stage(own), "total": len(found) - found.count(None), "missed": missed, "unknown": unknown}
        text = (
            _("%(stage)s %(total)s 所中 %(missed)s 所低于要求") if missed else _("%(stage)s %(total)s 所没有低于要求的")
        )
        text = text % counts
        if unknown:
            text = listed([text, _("%(unknown)s 所无法判定") % counts])
        said.append(listed(filter(None, [text, _coefficient_words(judgement, county, name, own)])))
    return _("%(indicator)s：%(stages)s") % {
        "indicator": indicator_name(judgement, name),
        "stages": clauses(said) or _("没有可以判定的学校"),
    }


def _coefficient_words(judgement: Judgement, county: str, name: str, own: str) -> str:
    found = judgement.balance.filter(
        (pl.col("county_code") == county) & (pl.col("indicator") == name) & (pl.col("stage") == own)
    )
    if found.is_empty():
        return ""
    row = found.row(0, named=True)
    if row["outcome"] == Outcome.UNKNOWN:
        return _("差异系数无法判定")
    if row["cv"] is None:
        return ""
    digits = 6 if row["near"] else 3
    values = {"cv": number(row["cv"], digits), "limit": number(row["limit"], 2)}
    if row["outcome"] == Outcome.UNMET:
        return _("差异系数 %(cv)s 超过 %(limit)s") % values
    if row["outcome"] == Outcome.MET:
        return _("差异系数 %(cv)s 不超过 %(limit)s") % values
    return _("差异系数 %(cv)s") % values


def schools_answer(counted: Mapping[str, int], places: int) -> str:
    """What a list of schools shows: how many, with which outcomes."""
    total = sum(counted.values())
    if not total:
        return _("没有符合条件的学校")
    judged = {key: count for key, count in counted.items() if key}
    text = _("%(places)s 所学校（%(total)s 个学段）：%(counts)s") % {
        "places": places,
        "total": total,
        "counts": outcome_counts(judged) or _("都不计入判定"),
    }
    if aside := counted.get("", 0):
        text = _("%(text)s，另有 %(aside)s 个学段不计入判定") % {"text": text, "aside": aside}
    return text
