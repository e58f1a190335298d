"""The use cases: what the command line, the pages and ``import junheng`` call.

Each is a function from values to results; nothing here asks a person or prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from junheng.base.errors import JunhengError
from junheng.indicators.kinds import kind_problems
from junheng.indicators.rows import DERIVED
from junheng.indicators.splitting import split_problems
from junheng.intake import rules
from junheng.intake.read import Reading, read_file
from junheng.intake.template import write_workbook
from junheng.standards.check import Problem, check_standard
from junheng.standards.library import load_standard, standard_ids
from junheng.standards.model import Standard
from junheng.store.snapshot import Store
from junheng.tables.catalogue import load_tables
from junheng.tables.check import check_dataset
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding, blocking
from junheng.tables.model import Need, Tables
from junheng.verdict.errors import NotInJudgementError
from junheng.verdict.judge import judge as judge_dataset
from junheng.verdict.judgement import Judgement
from junheng.verdict.reason import Reason
from junheng.verdict.reasons import county_reasons, indicator_reasons, school_reasons

DEFAULT_STANDARD = "CN/youzhi_2017"

# What every template asks for, whatever the standard computes with.
_ALWAYS = {
    "school": {"town", "location", "operator", "boarding", "campus_of", "counted", "opened_on", "closed_on"},
    "stage_year": {"pupils", "classes", "teachers", "note"},
    "school_year": {"note"},
    "county_year": {"note"},
    "finance_year": {"note"},
}


class DatasetRefusedError(JunhengError):
    """A dataset has 错误: nothing was committed or judged."""

    code = "JH-W001"
    zh = "{name} 有 {count} 处错误，没有入库，也没有判定。用“junheng check {name}”查看全部。第一处——{first}"
    en = "{name} has {count} errors; nothing was committed or judged. See “junheng check {name}”. The first: {first}"

    def __init__(self, *, name: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        first = f"{findings[0].cell}：{findings[0].message}"
        super().__init__(name=name, count=len(findings), first=first)


def tables_for(*standards: Standard) -> Tables:
    """The tables that data for these standards are read with: the built-in ones and the standards' own columns.

    A column that none of them asks for may stay blank.
    """
    tables = load_tables(*(Path(folder) for standard in standards for folder in standard.tables_folders))
    asked: dict[str, set[str]] = {}
    for standard in standards:
        for name, columns in template_columns(standard, tables).items():
            asked.setdefault(name, set()).update(columns)
    return tables.asking_only(asked) if standards else tables


def check(path: str | Path, *, standard: str | Path = DEFAULT_STANDARD) -> Reading:
    """Read a workbook, a CSV file or a folder and say everything that is wrong or doubtful in it, at once.

    Args:
        standard: what the data are filed for: its columns are expected, the others may stay blank.
    """
    reading = read_file(Path(path), tables_for(load_standard(standard)))
    more = (*_nothing_to_judge(reading.dataset), *unknown_items(reading.dataset))
    return replace(reading, findings=(*reading.findings, *more))


def load(
    source: str | Path, *, standards: Sequence[str | Path] = (DEFAULT_STANDARD,), store: Store | None = None
) -> Dataset:
    """Read and commit a file or folder, or open a snapshot by (the beginning of) its name.

    Raises:
        DatasetRefusedError: the data have 错误; nothing was stored.
        JunhengError: the file cannot be read, or no such snapshot exists.
    """
    tables = tables_for(*(load_standard(name) for name in standards))
    home = store or Store.default()
    if not Path(source).exists() and _looks_like_snapshot(str(source)):
        return home.open(str(source), tables)
    reading = read_file(Path(source), tables)
    if errors := blocking((*reading.findings, *unknown_items(reading.dataset))):
        raise DatasetRefusedError(name=str(source), findings=errors)
    if missing := _nothing_to_judge(reading.dataset):
        raise DatasetRefusedError(name=str(source), findings=missing)
    return home.commit(reading.dataset, reading.files)


def _nothing_to_judge(dataset: Dataset) -> list[Finding]:
    """The tables without which there is no school to judge; one office's part of the data has none."""
    labels = [dataset.tables[name].label.zh for name in ("school", "stage_year") if dataset[name].is_empty()]
    return [rules.NOTHING_TO_JUDGE.finding(label, cause=label, table=label) for label in labels]


def unknown_items(dataset: Dataset) -> list[Finding]:
    """Findings of people that no standard asks for: a slip in an item's name would lose a veto unheard."""
    found = []
    rows = dataset["judged_item"].with_row_index("__place")
    known = {name: {item for _, part in load_standard(name).parts() for item in part.items} for name in standard_ids()}
    for row in rows.filter(pl.col("standard").is_in(list(known))).iter_rows(named=True):
        standard, item = row["standard"], row["item"]
        if item not in known[standard]:
            cell = dataset.cell("judged_item", row["__place"], "item")
            found.append(rules.ITEM_UNKNOWN.finding(cell, item, cause="item", standard=standard, item=item))
    return found


def _looks_like_snapshot(name: str) -> bool:
    return len(name) >= 4 and all(letter in "0123456789abcdef" for letter in name)


def judge(
    data: Dataset | str | Path,
    *,
    standard: str | Path = DEFAULT_STANDARD,
    on: date | str,
    year: int | None = None,
    relax: Sequence[str] = (),
    gate: str | Path | None = None,
    store: Store | None = None,
) -> Judgement:
    """Judge a dataset (or a file, folder or snapshot name) by a standard on a day.

    Args:
        standard: an id such as ``CN/youzhi_2017``, or the path of a folder.
        on: the day judged, or its ISO form (``2025-12-31``).
        year: the school year judged; by default the latest filed that had begun on that day.
        relax: names of optional relaxations to apply.
        gate: the basic standard (办学基本标准) that every school must meet first.

    Raises:
        JunhengError: always with what to do next.
    """
    day = date.fromisoformat(on) if isinstance(on, str) else on
    wanted, gated = load_standard(standard), load_standard(gate) if gate else None
    if isinstance(data, Dataset):
        dataset = data
        if not data.snapshot and (errors := blocking(check_dataset(data))):
            raise DatasetRefusedError(name=data.name or "数据", findings=errors)
    else:
        dataset = load(data, standards=[standard, *([gate] if gate else [])], store=store)
    return judge_dataset(dataset, wanted, day, year=year, relax=relax, gate=gated)


def explain(
    judgement: Judgement, *, school: str | None = None, indicator: str | None = None, stage: str | None = None
) -> list[Reason]:
    """The reasons: of every county, of one school, or of one indicator of one school, to the cell and the article.

    Raises:
        NotInJudgementError: the school or the indicator is not in the judgement.
    """
    if school is None and indicator is not None:
        raise NotInJudgementError(what="学校", name="（未指定）", known="看一项指标的理由要指定学校。")
    if school is None:
        return [county_reasons(judgement, county) for county in judgement.counties["county_code"]]
    if indicator is None:
        return school_reasons(judgement, school, stage)
    return indicator_reasons(judgement, school, indicator, stage)


def template(
    standard: str | Path, path: str | Path, *, dataset: Dataset | None = None, filled_by: str | None = None
) -> None:
    """Write the workbook that a county fills for a standard.

    Args:
        dataset: rows to fill in.
        filled_by: only what one kind of office fills (school, county, finance, personnel, inspector).
    """
    wanted = load_standard(standard)
    tables = tables_for(wanted)
    columns = template_columns(wanted, tables)
    if filled_by is not None:
        columns = _of_office(columns, tables, filled_by)
    write_workbook(
        Path(path),
        tables,
        columns=columns,
        frames={name: dataset[name] for name in columns} if dataset else None,
        judged_items=judged_items(wanted) if "judged_item" in columns else (),
        title=f"{wanted.label.zh}填报模板",
    )


def template_columns(standard: Standard, tables: Tables) -> Mapping[str, set[str]]:
    """By table, the columns that a standard's template asks for: what it computes with, and what every school says."""
    named = set().union(*(indicator.columns() for _, indicator in standard.indicators()), {"pupils"})
    for entry in standard.leave_out:
        named |= set(entry.where)
    for relaxation in standard.relaxations.values():
        for change in relaxation.changes.values():
            named |= change.columns()
    over = {indicator.formula.over for _, indicator in standard.indicators()}
    chosen: dict[str, set[str]] = {}
    for table in tables.tables.values():
        fixed = {c.name for c in table.columns.values() if c.need in (Need.KEY, Need.MUST)}
        asked = (named | _ALWAYS.get(table.name, set())) & set(table.columns)
        used = asked - set(table.key) - {"pupils", "note"} if table.name not in over else asked
        if table.name in ("county", "school", "stage_year") or used:
            chosen[table.name] = fixed | asked
    if judged_items(standard):
        chosen["judged_item"] = set(tables["judged_item"].columns)
    return chosen


def _of_office(columns: Mapping[str, set[str]], tables: Tables, office: str) -> dict[str, set[str]]:
    """The tables in which an office fills something, with its columns, the keys and the notes."""
    chosen: dict[str, set[str]] = {}
    for name, asked in columns.items():
        table = tables[name]
        own = {c for c in asked if table.columns[c].filled_by == office} - set(table.key) - {"note"}
        if own:
            chosen[name] = own | set(table.key) | ({"note"} & asked)
    return chosen


def judged_items(standard: Standard) -> list[tuple[str, str, str]]:
    """(standard, item, label) of everything that people must judge."""
    return [
        (standard.id, name, item.label.zh)
        for _, part in standard.parts()
        for name, item in part.items.items()
        if item.judged or item.gate or part.rule == "score"
    ]


def list_standards(*, on: date | None = None) -> list[Standard]:
    """All installed standards, those in force on a day when one is given."""
    found = [load_standard(name) for name in standard_ids()]
    if on is None:
        return found
    return [s for s in found if s.in_force.since <= on and (s.in_force.ends is None or on <= s.in_force.ends)]


def check_rules(standard: Standard) -> list[Problem]:
    """Everything wrong with a standard, its kinds of computation included, then what in it was not seen in print."""
    tables = tables_for(standard)
    columns = {name for table in tables.tables.values() for name in table.columns} | set(DERIVED)
    problems = check_standard(standard, columns)
    for name, indicator in standard.indicators():
        for message in kind_problems(indicator):
            problems.append(Problem(standard.id, name, message, "error"))
    problems += [Problem(standard.id, name, message, "error") for name, message in split_problems(standard, tables)]
    return sorted(problems, key=lambda problem: problem.severity)


def code_label(tables: Tables, column: str, code: str) -> str:
    """The Chinese label of one value of a column."""
    codes = None if column in DERIVED else tables.column(column).codes
    return codes.zh(code) if codes else code


def column_label(tables: Tables, column: str) -> str:
    """The Chinese label of a filed column, or of one that is derived from filed ones."""
    return DERIVED[column] if column in DERIVED else tables.column(column).label.zh
