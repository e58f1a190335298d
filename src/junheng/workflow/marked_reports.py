"""Reports that have left: does a Word file still say what the data say, and new figures for one that does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.base.errors import JunhengError
from junheng.reporting.facts.facts import Writer
from junheng.reporting.library import installed_report
from junheng.reporting.report.provenance import provenance_lines
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Figure, words_of
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset
from junheng.workflow.reports import NO_WRITER, RenderersMissingError, make_report

if TYPE_CHECKING:  # they need the extra packages
    from junheng.reporting.word.marked import MarkedFigure, MarkedReport
    from junheng.reporting.word.refreshed import Refreshed


class SameFileError(JunhengError):
    """The refreshed report was to be written over the one it is made from."""

    code = "JH-R042"
    zh = "{path} 是原来的报告，更新后的报告不能写在它上面。请换一个文件名。"
    en = "{path} is the report itself and cannot be written over. Give the refreshed one another name."


class DataMissingError(JunhengError):
    """A report on data was to be made again without them."""

    code = "JH-R043"
    zh = "{path} 是按数据生成的报告，核对、更新都要用数据。请在后面写上数据文件，如 县数据.xlsx。"
    en = "{path} was made from data, which are needed to make it again. Name the file with them."


@dataclass(frozen=True, slots=True)
class Difference:
    """A marked figure that does not say what the data say now.

    Attributes:
        marked: as it stands in the file.
        now: the figure as it comes out today; None where the report has no such figure any more.
    """

    marked: MarkedFigure
    now: Figure | None

    @property
    def edited(self) -> bool:
        """It was written over by hand."""
        return self.marked.edited

    @property
    def stale(self) -> bool:
        """The data or rules have changed since the file was written."""
        return self.now is not None and self.marked.written not in _printed(self.now)


@dataclass(frozen=True)
class Verification:
    """What came out of comparing a file with its data.

    Attributes:
        marked: the file's own account of itself.
        rebuilt: the same report, made again from the data.
        differences: places that say something else, in reading order.
        removed: figures that were in the file and whose places somebody has deleted.
        small_print: lines at the end of the file that name other data, another day or standard than it is compared
            with. They are no differences: what is said of the county may be true all the same.
    """

    marked: MarkedReport
    rebuilt: Report
    differences: tuple[Difference, ...]
    removed: tuple[Figure, ...]
    small_print: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether every figure that stands in the file is what the data say."""
        return not self.differences


def verify_report(
    path: str | Path,
    data: Dataset | str | Path | None = None,
    *,
    name: str | Path = "",
    standard: str | Path = "",
    on: date | str | None = None,
    county: str = "",
    school: str = "",
    earlier: Sequence[Dataset | str | Path] = (),
    plans: Sequence[Mapping[str, Any]] = (),
    writer: Writer = NO_WRITER,
    store: Store | None = None,
) -> Verification:
    """Make the report of a Word file again and compare figure by figure.

    Args:
        path: a file that ``write_report`` wrote, edited or not.
        data: what to compare with; reports on plans alone need none.
        name, standard, on, county, school: as the file says, unless given; relaxations and basic standard as it says.
        earlier, plans, writer: as they were given when it was made.

    Raises:
        RenderersMissingError: the extra ``report`` is not installed.
        DataMissingError: it was made from data, and none were given.
        JunhengError: the file has no figures of ours; what is missing or does not fit.
    """
    marked = read_report(path)
    made = marked.provenance
    if data is None and made.day is not None:
        raise DataMissingError(path=Path(path).name)
    rebuilt = make_report(
        name or installed_report(marked.report).id,
        data,
        standard=standard or made.standard or None,
        on=on or (made.day if data is not None else None),
        relax=[name for name, _ in made.relaxed],
        gate=made.gate or None,
        county=county or made.county,
        school=school or made.school,
        earlier=earlier,
        plans=plans,
        writer=writer,
        store=store,
    )
    return compare_report(marked, rebuilt)


def compare_report(marked: MarkedReport, rebuilt: Report) -> Verification:
    """Compare a file with the same report as it was made again."""
    figures = by_key(rebuilt)
    differences = [
        Difference(one, now)
        for one in marked.figures
        for now in [figures.get(one.key)]
        if now is None or one.text not in _printed(now)
    ]
    return Verification(marked, rebuilt, tuple(differences), marked.removed, _outdated(marked, rebuilt))


def refresh_report(path_in: str | Path, path_out: str | Path, report: Report) -> Refreshed:
    """Write a Word file again with the figures and the small print of a report made anew; all other words stay.

    Raises:
        SameFileError: the file would be lost.
        RenderersMissingError: the extra ``report`` is not installed.
        JunhengError: the file has no figures of ours.
        OSError: the place cannot be written to.
    """
    if Path(path_in).resolve() == Path(path_out).resolve():
        raise SameFileError(path=Path(path_in).name)
    try:
        from junheng.reporting.word.refreshed import refresh
    except ModuleNotFoundError as error:
        raise RenderersMissingError(module=str(error.name)) from error
    return refresh(path_in, path_out, by_key(report), made_again=report)


def by_key(report: Report) -> dict[str, Figure]:
    """The figures of a report by their keys."""
    return {figure.key: figure for figure in report.figures()}


def read_report(path: str | Path) -> MarkedReport:
    """Read what a Word file of ours knows of itself, and its marked figures as they stand in it now.

    Raises:
        RenderersMissingError: the extra ``report`` is not installed.
        JunhengError: it is no Word file, or has no figures of ours.
    """
    try:
        from junheng.reporting.word.marked import read_marked
    except ModuleNotFoundError as error:
        raise RenderersMissingError(module=str(error.name)) from error
    return read_marked(path)


def _outdated(marked: MarkedReport, rebuilt: Report) -> tuple[str, ...]:
    """Lines of the small print that the report made again does not say; the checksum counts words of the writer too."""
    said = {line for text in provenance_lines(rebuilt).values() for line in words_of(text).split("\n")}
    lines = (line for name, text in marked.small_print.items() if name != "made" for line in text.split("\n"))
    return tuple(line for line in lines if line and line not in said)


def _printed(figure: Figure) -> tuple[str, str]:
    """With and without its unit: a table prints units in its heads."""
    return figure.text, figure.number
