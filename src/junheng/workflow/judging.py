"""Reading, checking, judging and explaining: from a file to a verdict and its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from junheng.base.errors import JunhengError
from junheng.base.exact import plain
from junheng.engine.protocol import Engine
from junheng.indicators.kinds import all_kinds, kind_problems
from junheng.indicators.naming import condition_problems
from junheng.indicators.reach import columns_out_of_reach
from junheng.indicators.rows import DERIVED
from junheng.indicators.splitting import split_problems
from junheng.indicators.words import Words
from junheng.intake import rules
from junheng.intake.asked import judged_items, of_office, template_columns
from junheng.intake.change import Change, changed
from junheng.intake.read import Reading, read_file
from junheng.intake.supplement import what_is_open
from junheng.intake.template import write_workbook
from junheng.reporting.errors import NoFormsError
from junheng.reporting.reconciliation import Reconciliation
from junheng.reporting.reconciliation import reconcile as reconcile_reading
from junheng.reporting.totals import By, Totals
from junheng.reporting.totals import totals as totals_of
from junheng.standards.applying import applying, basic_standard
from junheng.standards.check import Problem, check_standard
from junheng.standards.library import load_standard, standard_ids
from junheng.standards.model import Standard
from junheng.standards.on_day import in_force
from junheng.store.snapshot import Store
from junheng.tables.catalogue import load_tables
from junheng.tables.check import check_dataset
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding, blocking
from junheng.tables.model import Tables
from junheng.verdict.errors import NotInJudgementError
from junheng.verdict.findings import Slip, slips
from junheng.verdict.judge import judge as judge_dataset
from junheng.verdict.judgement import Judgement
from junheng.verdict.reason import Reason
from junheng.verdict.reasons import county_reasons, indicator_reasons, school_reasons
from junheng.verdict.standing import Standing
from junheng.verdict.standing import standing as standing_of

DEFAULT_STANDARD = "CN/youzhi_2017"


class DatasetRefusedError(JunhengError):
    """A dataset has 错误: nothing was committed or judged."""

    code = "JH-W001"
    zh = "{name} 有 {count} 处错误，没有入库，也没有判定。用“junheng check {name}”查看全部。第一处——{first}"
    en = "{name} has {count} errors; nothing was committed or judged. See “junheng check {name}”. The first: {first}"

    def __init__(self, *, name: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        first = f"{findings[0].cell}：{findings[0].message}"
        super().__init__(name=name, count=len(findings), first=first)


class NothingAppliesError(JunhengError):
    """The counties of a dataset have no standard in common that could be found by their codes."""

    code = "JH-W002"
    zh = (
        "不能替 {counties} 选定标准：{day} 没有适用的标准，或各县适用的标准不同。"
        "用“junheng standards applying 县代码 --on {day}”逐县查看，再用 --standard 指定。"
    )
    en = (
        "No standards can be chosen for {counties}: none applies on {day}, or not the same to each county. "
        "See “junheng standards applying COUNTY --on {day}” and name them by --standard."
    )


class SameNameError(JunhengError):
    """Two of the standards to judge by have the same id, so that their results could not be told apart."""

    code = "JH-W003"
    zh = "要用的标准中有几个都叫 {names}，结果分不清。重复写的请去掉；是不同文件夹的，请把其中一个文件夹改名。"
    en = "Several standards are called {names}; their results could not be told apart. Drop one or rename its folder."


class ChangesRefusedError(JunhengError):
    """Cells typed anew do not read, or do not fit the other figures: nothing was tried out."""

    code = "JH-W004"
    zh = "试算的改动有 {count} 处错误，没有试算。第一处——{first}请改正后再试。"
    en = "The changes have {count} errors; nothing was tried out. The first: {first} Mend it and try again."

    def __init__(self, *, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        first = findings[0].message.rstrip("。") + "。"
        super().__init__(count=len(findings), first=first)


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


def words_for(*standards: Standard) -> Words:
    """What these standards say in Chinese words, with the labels of the tables that they name."""
    return Words(tables_for(*standards))


def check(path: str | Path, *, standard: str | Path = DEFAULT_STANDARD) -> Reading:
    """Read a workbook, a CSV file or a folder and say everything that is wrong or doubtful in it, at once.

    Args:
        standard: what the data are filed for: its columns are expected, the others may stay blank.
    """
    wanted = load_standard(standard)
    reading = read_file(Path(path), tables_for(wanted))
    more = (*_nothing_to_judge(reading.dataset), *unknown_items(reading.dataset, wanted))
    return replace(reading, findings=(*reading.findings, *more))


def load(
    source: str | Path, *, standards: Sequence[str | Path] = (DEFAULT_STANDARD,), store: Store | None = None
) -> Dataset:
    """Read and commit a file or folder, or open a snapshot by (the beginning of) its name.

    Raises:
        DatasetRefusedError: the data have 错误; nothing was stored.
        JunhengError: the file cannot be read, or no such snapshot exists.
    """
    wanted = [load_standard(name) for name in standards]
    tables = tables_for(*wanted)
    home = store or Store.default()
    if not Path(source).exists() and _looks_like_snapshot(str(source)):
        return home.open(str(source), tables)
    reading = read_file(Path(source), tables)
    if errors := blocking((*reading.findings, *unknown_items(reading.dataset, *wanted))):
        raise DatasetRefusedError(name=str(source), findings=errors)
    if missing := _nothing_to_judge(reading.dataset):
        raise DatasetRefusedError(name=str(source), findings=missing)
    return home.commit(reading.dataset, reading.files)


def _nothing_to_judge(dataset: Dataset) -> list[Finding]:
    """The tables without which there is no school to judge; one office's part of the data has none."""
    labels = [dataset.tables[name].label.zh for name in ("school", "stage_year") if dataset[name].is_empty()]
    return [rules.NOTHING_TO_JUDGE.finding(label, cause=label, table=label) for label in labels]


def unknown_items(dataset: Dataset, *own: Standard) -> list[Finding]:
    """Findings of people that no standard asks for: a slip in an item's name would lose a veto unheard.

    And those that their standard does not know: a conclusion it has no word for, a score above the item's points, an
    item that is not met and for which nothing is planned where the standard wants that.

    Args:
        own: standards to know besides the installed ones, such as a folder of the user's.
    """
    filed = dataset["judged_item"]
    named = set(filed["standard"])
    # What is filed for a folder that one of them extends counts for it too.
    standards = {parent: standard for standard in own for parent in standard.ancestors}
    standards |= {name: load_standard(name) for name in standard_ids() if name in named}
    standards |= {standard.id: standard for standard in own}
    known = {name: {item for _, part in entry.parts() for item in part.items} for name, entry in standards.items()}
    found = []
    for place, (standard, item) in enumerate(filed.select("standard", "item").iter_rows()):
        if standard in known and item not in known[standard]:
            cell = dataset.cell("judged_item", place, "item")
            found.append(rules.ITEM_UNKNOWN.finding(cell, item, cause="item", standard=standard, item=item))
    return found + [_slip_finding(dataset, slip) for slip in slips(filed, standards)]


def _slip_finding(dataset: Dataset, slip: Slip) -> Finding:
    codes = dataset.tables.code_lists["finding"]
    cell, label = dataset.cell("judged_item", slip.place, slip.column), slip.item.label.zh
    match slip.column:
        case "finding":
            value, allowed = codes.zh(slip.row["finding"]), "、".join(map(codes.zh, slip.allowed))
            return rules.FINDING_NOT_ACCEPTED.finding(cell, value, cause="finding", item=label, allowed=allowed)
        case "score":
            value = plain(slip.row["score"])
            if not slip.allowed:
                finding = codes.zh(slip.row["finding"])
                return rules.SCORE_FULL.finding(cell, value, cause="score", item=label, finding=finding)
            return rules.SCORE_TOO_HIGH.finding(cell, value, cause="score", item=label, allowed=slip.allowed[0])
        case _:
            return rules.PLAN_MISSING.finding(cell, codes.zh(slip.row["finding"]), cause="plan", item=label)


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
    engine: Engine | None = None,
) -> Judgement:
    """Judge a dataset (or a file, folder or snapshot name) by a standard on a day.

    Args:
        standard: an id such as ``CN/youzhi_2017``, or the path of a folder.
        on: the day judged, or its ISO form (``2025-12-31``).
        year: the school year judged; by default the latest filed that had begun on that day.
        relax: names of optional relaxations to apply.
        gate: the basic standard (办学基本标准) that every school must meet first.
        engine: where it is computed: in this process by default, or ``junheng.Spark("spark://…")``.

    Raises:
        JunhengError: always with what to do next.
    """
    return judge_all(data, standards=[standard], on=on, year=year, relax=relax, gate=gate, store=store, engine=engine)[
        0
    ]


def judge_all(
    data: Dataset | str | Path,
    *,
    standards: Sequence[str | Path],
    on: date | str,
    year: int | None = None,
    relax: Sequence[str] = (),
    gate: str | Path | None = None,
    store: Store | None = None,
    engine: Engine | None = None,
) -> list[Judgement]:
    """Judge one dataset by several standards: read once, with the columns of all of them.

    Args:
        relax: each applies to the standards that have it.
        gate: judged beside the standards that ask for a basic standard.
        engine: see ``judge``.

    Raises:
        SameNameError: two of the standards have the same id.
        JunhengError: always with what to do next; also where a relaxation or the basic standard fits none of them.
    """
    day = date.fromisoformat(on) if isinstance(on, str) else on
    wanted, gated = [load_standard(name) for name in standards], load_standard(gate) if gate else None
    times = Counter(standard.id for standard in wanted)
    if same := [name for name, count in times.items() if count > 1]:
        raise SameNameError(names="、".join(same))
    if isinstance(data, Dataset):
        dataset = data
        if not data.snapshot and (errors := blocking(check_dataset(data))):
            raise DatasetRefusedError(name=data.name or "数据", findings=errors)
    else:
        dataset = load(data, standards=[*standards, *([gate] if gate else [])], store=store)
    # What fits none of them goes to the first, whose refusal says so.
    unknown = [name for name in relax if not any(name in standard.relaxations for standard in wanted)]
    asking = [standard for standard in wanted if asks_for_basic_standard(standard)] or wanted[:1]
    return [
        judge_dataset(
            dataset,
            standard,
            day,
            year=year,
            relax=[name for name in relax if name in standard.relaxations] + (unknown if standard is wanted[0] else []),
            gate=gated if standard in asking else None,
            engine=engine,
        )
        for standard in wanted
    ]


def what_if(judgement: Judgement, changes: Sequence[Change]) -> Judgement:
    """Judge a copy of a judgement's data with some cells typed anew (试算). Nothing is stored.

    Raises:
        CellNotThereError: the data do not have such a cell.
        ChangesRefusedError: what was typed does not read or does not fit, by the checks of everything that is filed.
    """
    reading = changed(judgement.dataset, changes)
    if errors := blocking((*reading.findings, *unknown_items(reading.dataset))):
        raise ChangesRefusedError(findings=errors)
    # The standard of a judgement is the one of its day, relaxations applied: they are not to be applied again.
    after = judge_dataset(
        reading.dataset,
        judgement.standard,
        judgement.day,
        year=judgement.year,
        gate=judgement.gate.standard if judgement.gate else None,
    )
    return replace(after, relax=judgement.relax)


def asks_for_basic_standard(standard: Standard) -> bool:
    """Whether every school must meet a basic standard (办学基本标准) that is judged beside this one."""
    return any(item.gate for _, part in standard.parts() for item in part.items.values())


def applying_to(
    data: Dataset | str | Path, *, on: date | str, store: Store | None = None
) -> tuple[list[str], str | None]:
    """The standards that apply to the counties of a dataset: what to give ``judge_all`` as standards, and as gate.

    All evaluations, and the basic standard of the province beside those that ask for one; where none asks, it stands
    among the standards.

    Raises:
        NothingAppliesError: no standard is in force for the county, or the counties do not have the same ones.
        UnknownRegionError: a county has no code of any province.
    """
    day = date.fromisoformat(on) if isinstance(on, str) else on
    found = {county: applying(county, day) for county in _counties_of(data, store)}
    sets = {tuple(entry.standard.id for entry in entries if entry.because != "candidate") for entries in found.values()}
    counties = "、".join(found)
    if len(sets) != 1 or sets == {()}:
        raise NothingAppliesError(counties=counties, day=day)
    entries = [entry for entry in next(iter(found.values())) if entry.because != "candidate"]
    evaluations = [entry.standard for entry in entries if entry.standard.purpose == "evaluation"]
    basic = basic_standard(entries)
    if basic is None or any(map(asks_for_basic_standard, evaluations)):
        return [standard.id for standard in evaluations], basic.id if basic else None
    return [*(standard.id for standard in evaluations), basic.id], None


def _counties_of(data: Dataset | str | Path, store: Store | None) -> list[str]:
    if isinstance(data, Dataset):
        dataset = data
    elif not Path(data).exists() and _looks_like_snapshot(str(data)):
        dataset = (store or Store.default()).open(str(data), load_tables())
    else:
        dataset = read_file(Path(data), load_tables()).dataset
    return dataset["county"]["county_code"].drop_nulls().unique().sort().to_list()


def standing(
    dataset: Dataset, *, standard: str | Path = DEFAULT_STANDARD, on: date | str, year: int | None = None
) -> list[Standing]:
    """Say how schools stand against every limit that binds a school, while their data are being filled in.

    Much quicker than ``judge``: nothing of the county is computed, and data with findings are held against the limits
    as far as they were read.
    """
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return standing_of(dataset, load_standard(standard), day, year=year)


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
        columns = of_office(columns, tables, filled_by)
    write_workbook(
        Path(path),
        tables,
        columns=columns,
        frames={name: dataset[name] for name in columns} if dataset else None,
        judged_items=judged_items(wanted) if "judged_item" in columns else (),
        title=f"{wanted.label.zh}填报模板",
    )


def supplement(forms: str | Path, path: str | Path, *, standard: str | Path = DEFAULT_STANDARD) -> None:
    """Write the workbook for what a standard asks for and the yearly statistics forms do not say.

    Args:
        forms: the folder of the forms; what a supplement in it says already is not asked again.

    Raises:
        NoFormsError: nothing there is a statistics form.
    """
    wanted = load_standard(standard)
    tables = tables_for(wanted)
    reading = read_file(Path(forms), tables.demanding_nothing())
    if not reading.figures:
        raise NoFormsError(name=str(forms))
    named = _counties_without_code(Path(forms), tables) if reading.dataset["school"]["county_code"].has_nulls() else ()
    found = what_is_open(reading.dataset, template_columns(wanted, tables), named)
    judged = set(reading.dataset["judged_item"].select("standard", "item").iter_rows())
    write_workbook(
        Path(path),
        tables,
        columns=found.columns,
        frames=found.frames,
        judged_items=[entry for entry in judged_items(wanted) if (entry.standard, entry.item) not in judged],
        title=f"{wanted.label.zh}补充表",
        known=found.known,
    )


def _counties_without_code(forms: Path, tables: Tables) -> set[str]:
    """Names of counties that the forms give without a code: only a reading that demands the code says so."""
    return {f.value for f in read_file(forms, tables).findings if f.check == rules.COUNTY_NOT_FOUND.code}


def reconcile(forms: str | Path) -> Reconciliation:
    """Hold the figures of statistics forms against the tables that were read from them.

    Raises:
        NoFormsError: nothing there is a statistics form.
        JunhengError: the files cannot be read.
    """
    return reconcile_reading(read_file(Path(forms), load_tables()))


def totals(
    data: str | Path, *, by: By = "town", what: str = "basic", year: int | None = None, store: Store | None = None
) -> Totals:
    """Sum up what the schools of a dataset filed for a year, by group and for the county.

    Args:
        by: town, kind, location, operator, stage or school.
        what: basic, special (随迁子女、留守儿童、择校生) or conditions.
    """
    return totals_of(load(data, store=store), by, what, year)


def list_standards(*, on: date | None = None) -> list[Standard]:
    """All installed standards, those in force on a day when one is given."""
    found = [load_standard(name) for name in standard_ids()]
    if on is None:
        return found
    return [standard for standard in found if in_force(standard, on)]


def check_rules(standard: Standard) -> list[Problem]:
    """Everything wrong with a standard, its kinds of computation included, then what in it was not seen in print."""
    tables = tables_for(standard)
    columns = {name for table in tables.tables.values() for name in table.columns} | set(DERIVED)
    problems = check_standard(standard, columns, {name for name, kind in all_kinds().items() if kind.counts})
    for name, indicator in standard.indicators():
        for message in kind_problems(indicator):
            problems.append(Problem(standard.id, name, message, "error"))
    wrong = (*columns_out_of_reach(standard, tables), *split_problems(standard, tables))
    problems += [Problem(standard.id, name, message, "error") for name, message in wrong]
    problems += [Problem(standard.id, name, message, "error") for name, message in condition_problems(standard, tables)]
    return sorted(problems, key=lambda problem: problem.severity)
