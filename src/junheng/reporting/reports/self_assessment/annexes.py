"""附件: attainment of every school, schools left out, rules whose text was not seen in print."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.schools import Row
from junheng.reporting.report.blocks import Block, Cell, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Name, Quote, Text, listed, say
from junheng.reporting.rule_places import place_words
from junheng.standards.words import CONFIDENCE

_COLUMNS = 9  # indicators that a landscape page has room for


def matrix(facts: Facts) -> Iterator[Block]:
    """School by indicator, one landscape table a stage: what misses its limit is shaded."""
    now = facts.now
    names = [name for name in now.standard.resources if f"{name}__value" in now.judgement.rows.columns]
    if not any(row[f"{name}__value"] is not None for row in now.schools.rows for name in names):
        return
    judged = any(now.standard.resources[name].thresholds for name in names)
    said = "有底色的为未达到要求、余项容许或不能判定的指标值。" if judged else "本标准不对单所学校设限，只列指标值。"
    graded = now.standard.school_rule is not None and bool(now.standard.school_rule.grades)
    if not graded and any(row["outcome"] == Outcome.TOLERATED for row in now.schools.rows):
        said += "结论为“余项容许”的学校按达标计。"
    yield Paragraph((said,), "note")
    for stage in now.schools.stages:
        for at in range(0, len(names) if now.schools.of_stage(stage) else 0, _COLUMNS):
            yield _stage_matrix(now, stage, names[at : at + _COLUMNS], "" if at == 0 else f"_{at}")


def _stage_matrix(year: CountyYear, stage: Stage, names: list[str], which: str) -> Table:
    ruled = year.standard.school_rule is not None
    rows: list[tuple[Cell, ...]] = []
    for row in year.schools.of_stage(stage):
        outcome = Outcome(row["outcome"]) if row["outcome"] else None
        verdict = (cell(year.schools.grade(row), outcome=outcome, align="centre"),) if ruled and outcome else ()
        verdict = verdict or ((cell("—", align="centre"),) if ruled else ())
        values = (cell(year.schools.value(row, name), outcome=_shade(year, row, name)) for name in names)
        rows.append((cell(year.schools.name(row)), cell(year.schools.pupils(row)), *values, *verdict))
    labels = [Cell((Quote(_with_unit(year, name)),), label=True) for name in names]
    head = heads("学校", "在校生（人）", *labels, *(("结论",) if ruled else ()))
    widths = (3.2, 1.2, *(1.5 for _ in names), *((1.3,) if ruled else ()))
    caption: Text = (stage.zh, "学校达标程度" if ruled else "学校指标值", "（续）" if which else "")
    return Table(f"matrix_{stage.value}{which}", caption, widths, (head, *rows), landscape=True)


def _shade(year: CountyYear, row: Row, name: str) -> Outcome | None:
    """No shade where nothing is asked of the school, or nothing is amiss."""
    outcome = row[f"{name}__outcome"]
    if not outcome or not year.standard.resources[name].thresholds or outcome == Outcome.MET:
        return None
    return Outcome(str(outcome))


def _with_unit(year: CountyYear, name: str) -> str:
    indicator = year.standard.resources[name]
    return f"{indicator.label.zh}（{indicator.unit}）" if indicator.unit else indicator.label.zh


def left_out(facts: Facts) -> Iterator[Block]:
    """Schools that are not judged, by reason."""
    now = facts.now
    if not now.schools.left_out:
        return
    reasons = dict.fromkeys(row["left_out"] for row in now.schools.left_out)
    rows = []
    for reason in reasons:
        own = [row for row in now.schools.left_out if row["left_out"] == reason]
        for at, row in enumerate(own):
            label = Quote(now.standard.leave_out[reason].label.zh)
            first = (cell(label, rows=len(own), label=True),) if at == 0 else ()
            name = Name(row["school_name"] or row["school_code"], "school")
            rows.append(
                (*first, cell(name), cell(Stage(row["stage"]).zh, align="centre"), cell(now.schools.pupils(row)))
            )
    told = [Quote(now.standard.leave_out[reason].label.zh) for reason in reasons]
    yield Paragraph(say("按标准，{reasons}不参加学校判定，也不计入差异系数。", reasons=listed(told)), "note")
    head = heads("不计入的原因", "学校", "学段", "在校生（人）")
    yield Table("left_out", ("不计入判定的学校",), (3, 5, 1, 1.5), (head, *rows))


def unseen_rules(facts: Facts) -> Iterator[Block]:
    """The rules whose text was not seen in print: to be checked before they are quoted as law."""
    standard = facts.now.standard
    rows = []
    for place, source in standard.sources():
        if source.confidence == "seen":
            continue
        document = standard.ledger.get(source.document)
        name = f"{document.number}《{document.title}》" if document else source.document
        rows.append(
            (
                cell(Quote(place_words(standard, place))), cell(Quote(name)), cell(Quote(source.place or "—")),
                cell(CONFIDENCE[source.confidence], align="centre"),
            )
        )  # fmt: skip
    if rows:
        yield Paragraph(("下列规则的原文未见，依据为推断或一般了解，引用和上报前请与文件原文核对。",), "note")
        head = heads("规则", "文件", "出处和说明", "把握程度")
        yield Table("unseen", ("未见原文的规则",), (3, 3.6, 4.4, 1.4), (head, *rows))
