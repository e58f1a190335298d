"""What self-inspection found of an item (经自查): what people found, then every check with its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.base.outcome import Outcome
from junheng.indicators.words import Words
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import size
from junheng.reporting.facts.items import Row
from junheng.reporting.report.runs import Figure, Quote, Text, say, words_of
from junheng.reporting.wording.phrases import joined, required, several
from junheng.standards.indicator import Indicator
from junheng.standards.source import Source
from junheng.standards.words import CONFIDENCE, deduction_in_words
from junheng.verdict.item_words import finding_words
from junheng.verdict.sentences import cite
from junheng.verdict.yearly import is_yearly

_FITS = {True: "符合", False: "不符合"}


def item_label(year: CountyYear, row: Row) -> Quote:
    """``3. 音乐、美术专用教室``: with its number where the standard numbers it."""
    item = year.items.item(row)
    return Quote(f"{item.number}. {item.label.zh}" if item.number else item.label.zh)


def requirements(year: CountyYear, row: Row) -> list[Quote]:
    """What is asked for, check by check, and how points are deducted; in the standard's own words."""
    item = year.items.item(row)
    words = Words(year.judgement.dataset.tables)
    asked = [
        f"{check.label.zh} {words.threshold(check.thresholds[0], check.unit)}"
        for check in item.checks.values()
        if check.thresholds
    ]
    asked += [deduction_in_words(one, item.checks[one.check].unit) for one in item.deductions]
    return [Quote(one) for one in asked]


def basis(year: CountyYear, sources: Sequence[Source]) -> tuple[list[Quote], Quote]:
    """Where each rule stands, and the document that all of them stand in; empty where they stand in several."""
    documents = {source.document for source in sources}
    if len(documents) != 1:
        return [Quote(cite(year.standard, source)) for source in sources], Quote("")
    places = []
    for source in sources:
        said = [] if source.confidence == "seen" else [(CONFIDENCE[source.confidence],) * 2, ("未见", "未见原文")]
        marks = "，".join(words for mark, words in said if mark not in source.place)  # the place may say so itself
        places.append(Quote(f"{source.place}（{marks}）" if marks else source.place))
    document = year.standard.ledger.get(sources[0].document)
    return places, Quote(f"{document.number}《{document.title}》" if document else sources[0].document)


def finding(year: CountyYear, row: Row) -> Text:
    """``自查认定为达到；初中三年巩固率为99.34%，符合不低于95%的要求``: without the full stop."""
    return joined([_judged(year, row), *_checks(year, row)])


def with_note(year: CountyYear, row: Row) -> Text:
    """The finding, and what whoever judged wrote beside it."""
    found, note = finding(year, row), year.items.note(row).rstrip("。；")
    return joined([found, (Quote(note),) if note and note not in words_of(found) else ()])


def _judged(year: CountyYear, row: Row) -> Text:
    item = year.items.item(row)
    if not row["outcome"]:
        return ("经认定不涉及本县",)
    if item.gate:
        return _gate(year, row)
    found = finding_words(year.judgement, row["finding"])
    if not found:
        if not item.judged:
            return ()
        return ("须由人员认定的内容尚未认定",) if item.checks else ("尚未认定",)
    if row["part"] == "vetoes":
        said = {Outcome.MET: "未发现此类情形", Outcome.UNMET: "存在此类情形"}
        if Outcome(row["outcome"]) in said:
            return (said[Outcome(row["outcome"])],)
    return say("自查认定为{found}", found=Quote(found))


def _gate(year: CountyYear, row: Row) -> Text:
    gate = year.judgement.gate
    if gate is None:
        found = finding_words(year.judgement, row["finding"])
        return say("自查认定为{found}", found=Quote(found)) if found else ("尚未认定，也未同时按办学基本标准逐校判定",)
    return say("按“{gate}”判定，结论为{outcome}", gate=Quote(gate.standard.label.zh),
               outcome=gate.outcome(year.county).zh)  # fmt: skip


def _checks(year: CountyYear, row: Row) -> Iterator[Text]:
    if not row["outcome"]:
        return
    for check, indicator in year.items.checks(row):
        if is_yearly(indicator):
            yield _yearly(year, check, indicator)
        elif indicator.level == "county":
            yield _of_county(year, check, indicator)
        elif indicator.level == "county_stage":
            yield _by_stage(year, check, indicator)
        else:
            yield _of_schools(year, check, indicator)


def _of_county(year: CountyYear, check: Row, indicator: Indicator) -> Text:
    label, value = Quote(indicator.label.zh), year.items.check_value(check, indicator)
    if value.value is None:
        return say("{label}{value}，不能判定", label=label, value=value)
    asked = required(year.checks.operator(indicator), year.items.check_limit(check, indicator))
    return _value(label, value, asked, Outcome(check["outcome"]))


def _value(label: Quote, value: Figure, asked: Text, outcome: Outcome) -> Text:
    said = _measured(label, value)
    if outcome is Outcome.UNKNOWN:
        return (*said, "，要求未见，不能判定")
    return (*said, "，", _FITS[outcome.passes], *((*asked, "的要求") if asked else ("要求",)))


def _measured(label: Quote, value: Figure) -> Text:
    """``巩固率为95%``; a difference by its sign: ``定额高出省定标准40元``, ``低于``, ``与…持平``."""
    subject, more, beside = label.text.partition("高出")
    if not more or beside.endswith("数额"):
        return say("{label}为{value}", label=label, value=value)
    if not value.value:
        return say("{subject}与{beside}持平", subject=Quote(subject), beside=Quote(beside))
    way = "高出" if value.value > 0 else "低于"
    return say("{subject}{way}{beside}{value}", subject=Quote(subject), way=way, beside=Quote(beside),
               value=size(value))  # fmt: skip


def _by_stage(year: CountyYear, check: Row, indicator: Indicator) -> Text:
    clauses = []
    for one in year.checks.by_stage(check, indicator):
        label = Quote(f"{one.stage.zh}{indicator.label.zh}")
        if one.value.value is None:
            clauses.append(say("{label}{value}，不能判定", label=label, value=one.value))
        else:
            clauses.append(_value(label, one.value, required(one.operator, one.limit), one.outcome))
    return joined(clauses) or say("{label}没有数据，不能判定", label=Quote(indicator.label.zh))


def _yearly(year: CountyYear, check: Row, indicator: Indicator) -> Text:
    label, years = Quote(indicator.label.zh), year.checks.by_year(check, indicator)
    told = [say("{year}{value}", year=one.year, value=one.value) for one in years]
    outcome = Outcome(check["outcome"])
    asked = required(year.checks.operator(indicator), year.items.check_limit(check, indicator))
    wanted = (*asked, "的要求") if asked else ("要求",)
    each = "各年均" if indicator.formula.span == "each" else "平均"
    missed = [one.year for one in years if one.outcome is Outcome.UNMET]
    open_years = [one.year for one in years if one.outcome is Outcome.UNKNOWN]
    if outcome.passes:
        ending: Text = (each, "符合", *wanted)
    elif missed:
        ending = ("其中", *several(missed), "不符合", *wanted)
    elif outcome is Outcome.UNMET:
        ending = (each, "不符合", *wanted)
    else:
        ending = ("其中", *several(open_years), "数据不全，不能判定") if open_years else ("数据不全，不能判定",)
    return (label, "：", *joined(told, "、"), "，", *ending)


def _of_schools(year: CountyYear, check: Row, indicator: Indicator) -> Text:
    label = Quote(indicator.label.zh)
    if check["rows"] is None:
        return say("{label}没有数据，不能判定", label=label)
    rows, unmet, unknown = year.items.check_missed(check, indicator)
    if not rows.value:
        return say("{label}没有适用的学校", label=label)
    if year.checks.counts_stages(check, indicator):
        label = Quote(f"{label}（有两个学段的学校分别计）")
    if not unmet.value and not unknown.value:
        return say("{label}，涉及的{rows}学校全部符合要求", label=label, rows=rows)
    for count, words in ((unmet, "不符合要求"), (unknown, "因数据未填报不能判定")):
        if count.value == rows.value:
            every = "" if rows.value == 1 else "均"
            return say("{label}，涉及的{rows}学校{every}{words}", label=label, rows=rows, every=every, words=words)
    clauses = []
    if unmet.value:
        names = several(year.checks.missing(check, indicator))
        clauses.append(say("{unmet}不符合要求（{names}）", unmet=unmet, names=names))
    if unknown.value:
        names = several(year.checks.missing(check, indicator, Outcome.UNKNOWN))
        clauses.append(say("{unknown}因数据未填报不能判定（{names}）", unknown=unknown, names=names))
    return say("{label}，涉及的{rows}学校中{clauses}", label=label, rows=rows, clauses=joined(clauses, "，"))
