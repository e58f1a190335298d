"""Reports: from judged data, earlier years and plans to a report, and from a report to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from junheng.base.errors import JunhengError
from junheng.reporting.compose import compose
from junheng.reporting.errors import SubjectNotFoundError
from junheng.reporting.facts.facts import Facts, Writer
from junheng.reporting.identifying import known_of
from junheng.reporting.library import load_report
from junheng.reporting.redact import Mask, redact
from junheng.reporting.report.blocks import Contents
from junheng.reporting.report.report import Report
from junheng.standards.errors import StandardNotFoundError
from junheng.standards.library import load_standard
from junheng.standards.model import Standard
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge as judge_dataset
from junheng.verdict.judgement import Judgement
from junheng.workflow.judging import DEFAULT_STANDARD, judge, load

NO_WRITER = Writer()


class RenderersMissingError(JunhengError, ModuleNotFoundError):
    """A Word or PDF file was asked for and what writes it is not installed."""

    code = "JH-W006"
    zh = "写 Word、PDF 要用附加软件包，这里缺少 {module}。请运行 pip install 'junheng[report]' 安装，再重试。"
    en = "Word and PDF need packages that are not installed ({module} is missing). Run pip install 'junheng[report]'."

    def __init__(self, *, module: str) -> None:
        super().__init__(module=module)
        self.name = module


class UnknownFormatError(JunhengError):
    """The name of the file to write says no format that reports are written in."""

    code = "JH-W007"
    zh = "不知道用什么格式写 {path}。“{report}”可以写成 {known}，请用这些结尾给文件命名。"
    en = "{path} does not say in what format to write. “{report}” can be written as {known}: end the name by one."


@dataclass(frozen=True)
class Written:
    """What was written: the file, how long it is, and what should be known of it.

    Attributes:
        pages: of a PDF; rows: of tables, in an Excel file.
        notices: Chinese sentences, such as on fonts that were replaced.
    """

    path: Path
    pages: int | None = None
    rows: int | None = None
    notices: tuple[str, ...] = ()


def make_report(
    name: str | Path,
    data: Dataset | str | Path | None = None,
    *,
    standard: str | Path | None = None,
    on: date | str | None = None,
    year: int | None = None,
    relax: Sequence[str] = (),
    gate: str | Path | None = None,
    earlier: Sequence[Dataset | str | Path] = (),
    county: str = "",
    school: str = "",
    plans: Sequence[Mapping[str, Any]] = (),
    writer: Writer = NO_WRITER,
    mask: Mask | None = None,
    store: Store | None = None,
) -> Report:
    """Judge the data and write a report on them.

    Args:
        name: id of the report, or the path of its folder.
        data: dataset, file, folder or snapshot; reports on plans alone need none.
        standard: by default the one that the report is made for, else ``DEFAULT_STANDARD``.
        earlier: data of earlier years, where ``data`` does not have them.
        county: code or name, where the data have several.
        school: code or name, for reports on one school.
        plans: documents of plans that the report may use.
        writer: what only the writer knows.
        mask: what to mask in a redacted copy.

    Raises:
        JunhengError: what is missing or does not fit, and what to do.
    """
    if data is None or on is None:
        return report_on(None, name, plans=plans, writer=writer, mask=mask)
    standard = standard or next(iter(load_report(name).definition.standards), DEFAULT_STANDARD)
    judgement = judge(data, standard=standard, on=on, year=year, relax=relax, gate=gate, store=store)
    others = [_judge_earlier(source, judgement, standard=standard, store=store) for source in earlier]
    return report_on(
        judgement,
        name,
        standard=load_standard(standard),
        earlier=others,
        county=county,
        school=school,
        plans=plans,
        writer=writer,
        mask=mask,
    )


def report_on(
    judgement: Judgement | None,
    name: str | Path,
    *,
    standard: Standard | None = None,
    earlier: Sequence[Judgement] = (),
    county: str = "",
    school: str = "",
    plans: Sequence[Mapping[str, Any]] = (),
    writer: Writer = NO_WRITER,
    mask: Mask | None = None,
) -> Report:
    """Write a report on what was judged. Years that the same data hold are judged too, where none are given.

    Args:
        standard: with the rules of all its days, to judge those years by; by default the installed one of that id.
        mask: what to mask in a redacted copy.

    Raises:
        JunhengError: what is missing or does not fit, and what to do.
    """
    maker = load_report(name)
    if judgement is None:
        facts = Facts(None, plans=tuple(plans), writer=writer)
    else:
        facts = Facts(
            judgement,
            earlier=tuple(earlier) or tuple(earlier_years(judgement, standard)),
            county="" if maker.definition.scope == "counties" else _county(judgement, county, school),
            school=_school(judgement, school),
            plans=tuple(plans),
            writer=writer,
        )
    report = compose(maker, facts, version=version("junheng"))
    if mask is None:
        return report
    judged = () if judgement is None else (judgement, *facts.earlier)
    return redact(report, mask, known_of([one.dataset for one in judged], plans, writer))


def _whole_standard(judgement: Judgement) -> Standard:
    """The standard judged by, with the rules of all its days; where it is not installed, those of the day judged."""
    try:
        return load_standard(judgement.standard.id)
    except StandardNotFoundError:
        return judgement.standard


def earlier_years(judgement: Judgement, standard: Standard | None = None) -> list[Judgement]:
    """The earlier school years that the judged data hold, each judged by the rules of its own time, latest first.

    A year that cannot be judged (its standard was not yet in force, say) is left out: it must not keep anybody from a
    report on this one.
    """
    filed = judgement.dataset["stage_year"]["school_year"].unique().sort(descending=True)
    whole = standard or _whole_standard(judgement)
    found = []
    for year in (int(year) for year in filed if year < judgement.year):
        try:
            day = _years_before(judgement, judgement.year - year)
            found.append(judge_dataset(judgement.dataset, whole, day, year=year, relax=judgement.relax))
        except JunhengError:
            continue
    return found


def write_report(report: Report, path: str | Path, *, template: str | Path | None = None) -> Written:
    """Write a report as the name of the file says: ``.docx``, ``.pdf`` or ``.xlsx``.

    Args:
        template: a Word file whose styles, margins and headers a ``.docx`` takes.

    Raises:
        UnknownFormatError: the name ends otherwise.
        RenderersMissingError: the extra ``report`` is not installed.
        OSError: the place cannot be written to.
    """
    path = Path(path)
    try:
        match path.suffix.lower():
            case ".docx":
                from junheng.reporting.word.write import write_word

                write_word(report, path, template=template, contents_pages=_contents_pages(report))
                return Written(path)
            case ".pdf":
                from junheng.reporting.pdf.writing import write_pdf

                made = write_pdf(report, path)
                return Written(path, pages=made.pages, notices=tuple(notice.message() for notice in made.notices()))
            case ".xlsx":
                from junheng.reporting.excel import write_excel

                return Written(path, rows=write_excel(report, path))
            case _:
                raise UnknownFormatError(path=path.name, report=report.id, known=".docx、.pdf、.xlsx")
    except ModuleNotFoundError as error:
        module = str(error.name)
        if isinstance(error, JunhengError) or module.partition(".")[0] == "junheng":
            raise
        raise RenderersMissingError(module=module) from error


def _contents_pages(report: Report) -> Mapping[int, int] | None:
    """The pages for the contents of a Word file, as the PDF is laid out; none where it cannot be, Word has its own."""
    from junheng.reporting.pdf.errors import NoChineseFontError
    from junheng.reporting.pdf.writing import heading_pages

    if not any(isinstance(block, Contents) for block in report.blocks):
        return None
    try:
        return heading_pages(report)
    except NoChineseFontError:
        return None


def _judge_earlier(
    source: Dataset | str | Path, judgement: Judgement, *, standard: str | Path, store: Store | None
) -> Judgement:
    """Judge the latest year of a source by the rules of its own time."""
    dataset = source if isinstance(source, Dataset) else load(source, standards=[standard], store=store)
    year = int(dataset["stage_year"]["school_year"].max() or judgement.year)  # type: ignore[arg-type]
    day = _years_before(judgement, judgement.year - year)
    return judge(dataset, standard=standard, on=day, year=year, relax=judgement.relax, store=store)


def _years_before(judgement: Judgement, years: int) -> date:
    day = judgement.day
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _county(judgement: Judgement, county: str, school: str) -> str:
    """The county's code, by code or name; that of the school; the only one."""
    counties = judgement.counties
    if county:
        found = counties.filter((pl.col("county_code") == county) | (pl.col("county_name") == county))
        if found.height == 1:
            return str(found["county_code"].item())
    elif school:
        schools = judgement.dataset["school"].filter(pl.col("school_code") == _school(judgement, school))
        return str(schools["county_code"].item())
    elif counties.height == 1:
        return str(counties["county_code"].item())
    names = "、".join(f"{name or code}（{code}）" for code, name, _ in counties.head(10).iter_rows())
    raise SubjectNotFoundError(what="县", name=county or "（未指定）", known=f"数据中有：{names}。请用 --county 指定。")


def _school(judgement: Judgement, school: str) -> str:
    """The school's code, by code or name."""
    if not school:
        return ""
    schools = judgement.dataset["school"]
    found = schools.filter((pl.col("school_code") == school) | (pl.col("school_name") == school))
    if found.height != 1:
        known = "有几所学校同名，请写学校标识码。" if found.height else "请核对学校标识码或学校全称。"
        raise SubjectNotFoundError(what="学校", name=school, known=known)
    return str(found["school_code"].item())
