"""Reports on the example county and on one that filed nothing but its schools, each judged and made once."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import polars as pl

from example import DAY, county_dataset, county_judgement
from junheng.reporting.library import load_report
from junheng.reporting.report.blocks import Block, Chart, Contents, Heading, PageBreak, Paragraph, Table
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Figure, Note, Run, Text
from junheng.standards.library import load_standard
from junheng.tables.dataset import Dataset
from junheng.tables.model import Need
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement
from junheng.workflow.reports import earlier_years, report_on
from small_plan import SMALL_PLAN, SMALL_ROTATION, SMALL_ZONING

PLANS = {"resources": SMALL_PLAN, "rotation": SMALL_ROTATION, "zoning": SMALL_ZONING}
_BLANK = ("stage_year", "school_year")
_KEPT = ("county", "school")


def blank_dataset() -> Dataset:
    """The schools of the example county, of which nothing was filed but that there are these stages."""
    dataset = county_dataset()
    frames = {}
    for name, frame in dataset.frames.items():
        columns = dataset.tables[name].columns
        keys = [column for column in frame.columns if column in columns and columns[column].need is Need.KEY]
        emptied = frame.with_columns(pl.lit(None, frame.schema[c]).alias(c) for c in frame.columns if c not in keys)
        frames[name] = frame if name in _KEPT else emptied if name in _BLANK else frame.clear()
    return replace(dataset, frames=frames)


def with_finding(item: str, **values: object) -> Dataset:
    """The example county with one more finding filed, by default that the item is not met in the year judged."""
    dataset = county_dataset()
    filed = dataset["judged_item"]
    blank = dict.fromkeys(filed.columns) | {"county_code": filed["county_code"][0], "standard": "CN/youzhi_2017"}
    row = blank | {"school_year": 2025, "item": item, "finding": "unmet"} | values
    findings = pl.concat([filed, pl.DataFrame([row], schema=filed.schema)])
    return replace(dataset, frames={**dataset.frames, "judged_item": findings})


@lru_cache(maxsize=8)
def judged(case: str, standard: str) -> Judgement:
    """``example`` or ``blank`` by one standard."""
    if case == "example":
        return county_judgement(standard)
    return judge(blank_dataset(), load_standard(standard), DAY)


@lru_cache(maxsize=8)
def years_before(case: str, standard: str) -> tuple[Judgement, ...]:
    return tuple(earlier_years(judged(case, standard)))


@lru_cache(maxsize=64)
def made(report: str, case: str = "example", standard: str = "CN/youzhi_2017") -> Report:
    """A report on one of the cases, with the plan that it needs if it needs one."""
    maker = load_report(report)
    judgement = judged(case, standard)
    definition = maker.definition
    plans = (PLANS[definition.needs.plan],) if definition.needs.plan else ()
    plans = tuple(PLANS.values()) if definition.needs.any_plan else plans
    if definition.scope == "plan":
        return report_on(None, report, plans=plans)
    school = judgement.rows["school_code"][0] if definition.scope == "school" else ""
    earlier = years_before(case, standard)
    return report_on(judgement, report, earlier=earlier, school=school, plans=plans)


def text(run: Run, *, bare: bool = False) -> str:
    """A run as it is printed."""
    if isinstance(run, Note):
        return ""
    return run.number if bare and isinstance(run, Figure) else str(run)


def line(runs: Text, *, bare: bool = False) -> str:
    return "".join(text(run, bare=bare) for run in runs)


def lines(report: Report) -> list[str]:
    """Every line of a report as a reader sees it, a cell a line."""
    found = []
    for block in report.blocks:
        match block:
            case Heading() | Paragraph():
                found.append(line(block.text))
            case Table():
                cells = (cell for row in block.rows for cell in row)
                found += [line(block.caption), *(line(cell.text, bare=cell.bare) for cell in cells), line(block.note)]
            case Chart():
                found.append(line(block.caption))
            case PageBreak() | Contents():
                pass
    return found


def section(report: Report, heading: str) -> list[str]:
    """The lines of the chapter under a heading of the first level."""
    found: list[Block] = []
    inside = False
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = line(block.text) == heading
        elif inside:
            found.append(block)
    return lines(replace(report, blocks=tuple(found)))


def table(report: Report, key: str) -> list[list[str]]:
    """The body of a table as it is printed, without what spans from above."""
    (found,) = [block for block in report.blocks if isinstance(block, Table) and block.key == key]
    return [[line(cell.text, bare=cell.bare) for cell in row] for row in found.body]
