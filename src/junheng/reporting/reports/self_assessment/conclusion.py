"""自评结论: the verdict, then each part of the standard."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Name, Quote, Text, listed, say
from junheng.reporting.wording.parts import label_of, part_clause, verdict
from junheng.reporting.wording.phrases import conclusion_word, joined, several
from junheng.verdict.blocking import blocking_schools


def conclusion(facts: Facts) -> Iterator[Block]:
    """The whole first, then part by part: what is met, what is not, what stays open."""
    now = facts.now
    yield Paragraph((*verdict(now), "。", *_groups(now)))
    yield from _gate(now)
    rows = tuple(
        (
            cell(label_of(now, part), label=True),
            cell(*part_clause(now, part), "。"),
            cell(part_word(part, outcome), outcome=outcome, align="centre"),
        )
        for part, outcome in now.parts.items()
    )
    yield Table("parts", ("各部分自评结论",), (2.2, 8, 1.6), (heads("部分", "自评情况", "结论"), *rows))


def part_word(part: str, outcome: Outcome) -> str:
    """达标, 未达标; of vetoes whether one of them happened."""
    return conclusion_word(part, outcome) if part == "vetoes" else outcome.zh


def _groups(year: CountyYear) -> Text:
    """``各部分中，教育质量达标，资源配置、校际均衡未达标。``; empty for a standard of one part."""
    if len(year.parts) < 2:
        return ()
    clauses = []
    for outcome in (Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN):
        names = [label_of(year, part) for part, own in year.parts.items() if own is outcome and part != "vetoes"]
        if names:
            clauses.append((*listed(names), outcome.zh))
    veto = year.parts.get("vetoes")
    if veto is not None:
        words = {
            Outcome.MET: "各情形均未发生",
            Outcome.UNMET: "有的情形存在",
            Outcome.UNKNOWN: "有的情形尚未认定",
        }
        said = words.get(veto, "尚未认定")
        clauses.append((label_of(year, "vetoes"), "中", said))
    return ("各部分中，", *joined(clauses), "。")


def _gate(year: CountyYear) -> Iterator[Paragraph]:
    """What the basic standard judged beside this one says."""
    gate = year.judgement.gate
    if gate is None:
        return
    beside = CountyYear(gate, year.county, back=year.back, is_gate=True)
    title = Quote(gate.standard.label.zh)
    text = say("先决条件方面，按“{gate}”逐校判定：{clause}。", gate=title, clause=part_clause(beside, "resources"))
    rows = blocking_schools(year.judgement, year.county)
    names = [Name(name or code, "school") for code, name in rows.iter_rows()]
    if names:
        text = (*text, "未达到的学校为", *several(names, 10), "。")
    yield Paragraph(text)
