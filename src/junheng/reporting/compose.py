"""Put a report together from its definition and the facts: chapters that have nothing to say are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.reporting.definition import ChapterEntry
from junheng.reporting.errors import NothingToReportError, ReportNeedsError, ReportStandardError
from junheng.reporting.facts.facts import Facts
from junheng.reporting.library import Maker
from junheng.reporting.report.blocks import Block, Contents, Heading, Paragraph
from junheng.reporting.report.report import Provenance, Report
from junheng.reporting.report.runs import Name, Quote, Run, Text, say

_YEAR = re.compile(r"（\d{4}）$")  # tells two standards apart; no part of a title
_PLANS = {"resources": "填平补齐方案", "rotation": "教师交流轮岗方案", "zoning": "划片方案"}


def compose(maker: Maker, facts: Facts, *, version: str) -> Report:
    """Write the report.

    Raises:
        ReportStandardError: it is made for another standard.
        ReportNeedsError: earlier years or a plan are missing.
        NothingToReportError: no chapter has anything to say.
    """
    _check(maker, facts)
    definition, writer = maker.definition, facts.writer
    chapters = [(entry, own) for entry in definition.chapters if (own := tuple(_chapter(maker, entry, facts)))]
    if not chapters:
        raise NothingToReportError(report=maker.label)
    blocks: list[Block] = []
    if definition.contents:
        blocks.append(Contents())
    if writer.to:
        blocks.append(Paragraph((Name(writer.to, "office"), "："), "address"))
    blocks += [block for entry, own in chapters if not entry.annex for block in own]
    blocks += _signature(facts)
    blocks += [block for entry, own in chapters if entry.annex for block in own]
    number = (Quote(writer.number),) if writer.number else ()
    return Report(
        maker.id, _title(definition.title, facts), number, tuple(blocks), _provenance(facts, version), definition.form
    )


def _check(maker: Maker, facts: Facts) -> None:
    definition, needs = maker.definition, maker.definition.needs
    judgement = facts.judgement
    if judgement is not None and not maker.suits(judgement.standard):
        wanted = "、".join(definition.standards)
        raise ReportStandardError(report=maker.label, standards=wanted, given=judgement.standard.id)
    if len(facts.earlier) < needs.earlier:
        what, how = f" {needs.earlier} 个以前学年的数据", "请在数据里填报以前学年；用命令行的，也可用 --earlier 给出。"
        raise ReportNeedsError(report=maker.label, what=what, how=how)
    if needs.plan and not any(plan.get("kind") == needs.plan for plan in facts.plans):
        how = f"请先运行 junheng plan {needs.plan} … -o 方案.json，再用 --plan 方案.json 给出。"
        raise ReportNeedsError(report=maker.label, what=_PLANS[needs.plan], how=how)
    if needs.any_plan and not facts.plans:
        how = "请先用 junheng plan 求一个方案，再用 --plan 方案.json 给出；在网页上先到“方案”里求一个。"
        raise ReportNeedsError(report=maker.label, what="方案", how=how)
    if definition.scope == "school" and not facts.school:
        how = "请用 --school 写明学校标识码或全称。"
        raise ReportNeedsError(report=maker.label, what="要写的学校", how=how)


def _chapter(maker: Maker, entry: ChapterEntry, facts: Facts) -> Iterator[Block]:
    """The heading and blocks of one chapter, the writer's own words last; nothing where it would be empty."""
    if entry.text:
        content: list[Block] = [Paragraph((Quote(line),)) for line in entry.text.splitlines() if line.strip()]
    else:
        content = list(maker.chapter(entry)(facts))
    texts = facts.writer.texts
    own = texts.get(entry.chapter) or texts.get(entry.heading, "")
    content += [Paragraph((Quote(line.strip()),)) for line in own.splitlines() if line.strip()]
    if not content:
        return
    if entry.heading:
        yield Heading(
            (Quote(entry.heading),), numbered=not (entry.annex or maker.definition.form), new_page=entry.annex
        )
    yield from content


def _signature(facts: Facts) -> Iterator[Block]:
    writer = facts.writer
    if writer.office:
        yield Paragraph((Name(writer.office, "office"),), "signature")
    if writer.written_on:
        day = writer.written_on
        yield Paragraph((Quote(f"{day.year}年{day.month}月{day.day}日"),), "signature")


def _title(template: str, facts: Facts) -> Text:
    school = _school_name(facts)
    judgement = facts.judgement
    places: dict[str, Run] = {
        "county": facts.place,
        "school": school,
        "year": Quote("" if judgement is None else str(judgement.year)),
        "standard": Quote("" if judgement is None else _YEAR.sub("", judgement.standard.label.zh)),
    }
    return say(template, **{name: run for name, run in places.items() if f"{{{name}}}" in template})


def _school_name(facts: Facts) -> Name:
    if not facts.school or facts.judgement is None:
        return Name("", "school")
    names = dict(facts.judgement.dataset["school"].select("school_code", "school_name").iter_rows())
    return Name(names.get(facts.school) or facts.school, "school")


def _provenance(facts: Facts, version: str) -> Provenance:
    judgement = facts.judgement
    plans = tuple(
        (str(plan.get("title", {}).get("zh", plan["kind"])), str(plan.get("snapshot", ""))) for plan in facts.plans
    )
    if judgement is None:
        plan = facts.plans[0]  # the report needs one, or it would have been refused
        return Provenance(
            snapshot=str(plan.get("snapshot") or ""),
            standard=str(plan.get("standard") or ""),
            standard_label="",
            day=None,
            school_year=plan.get("year"),
            version=version,
            others=plans,
            county=str(plan["county"]["code"] or ""),
        )
    return Provenance(
        snapshot=judgement.snapshot,
        standard=judgement.standard.id,
        standard_label=judgement.standard.label.zh,
        day=judgement.day,
        school_year=judgement.year,
        version=judgement.version,
        gate=judgement.gate.standard.id if judgement.gate else "",
        relaxed=tuple((name, judgement.standard.relaxations[name].label.zh) for name in judgement.relax),
        inferred=sum(source.confidence != "seen" for _, source in judgement.standard.sources()),
        others=(*((f"{old.year} 学年", old.snapshot) for old in facts.earlier), *plans),
        county=facts.county,
        school=facts.school,
    )
