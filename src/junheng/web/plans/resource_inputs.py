"""The inputs of a resource plan between a page and the input workbook: the same tables either way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.intake.read import read_file
from junheng.intake.template import write_workbook
from junheng.standards.model import Standard
from junheng.tables.catalogue import planning_tables
from junheng.tables.dataset import Dataset
from junheng.verdict.judgement import Judgement
from junheng.web.plans.errors import LinesNotReadError
from junheng.web.templatetags.words import label

_TITLE = "填平补齐方案的输入：单价、上限、预算"  # zh: data
Frames = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure as the page offers it."""

    name: str
    label: str
    unit: str
    why: str
    cost: Decimal


def measures_of(standard: Standard) -> list[MeasureLine]:
    """The measures that change anything a standard looks at, with the costs that are assumed."""
    from junheng.planning.resources.measures import all_measures, measure_label
    from junheng.planning.resources.state import used_measures

    known = all_measures()
    return [
        MeasureLine(
            name, label(measure_label(name)), known[name].unit, label(known[name].why), Decimal(known[name].cost)
        )
        for name in used_measures(standard)
    ]


@dataclass(frozen=True, slots=True)
class Blank:
    """Something that a plan needs and nobody filed."""

    school: str
    name: str
    stage: str
    column: str
    label: str
    unit: str


def blanks_of(judgement: Judgement, county: str) -> list[Blank]:
    from junheng.planning.resources.filed import missing_values

    names = dict(judgement.dataset["school"].select("school_code", "school_name").iter_rows())
    tables, found = judgement.dataset.tables, []
    for school, stage, name in missing_values(judgement, county):
        column = tables.column(name)
        found.append(Blank(school, names.get(school) or school, stage, name, label(column), column.unit))
    return found


def write_frames(path: Path, frames: Frames) -> None:
    """What a person typed into the page, as the workbook that she could have sent."""
    tables = planning_tables("resources")
    filled = {name: pl.DataFrame(rows, schema=tables[name].schema) for name, rows in frames.items() if rows}
    write_workbook(path, tables, frames=filled, title=_TITLE)


def read_frames(path: Path) -> Dataset:
    """The tables of an input workbook, for the page to begin with."""
    return read_file(path, planning_tables("resources")).dataset


def ceilings_from(text: str, schools: Mapping[str, str], measures: Sequence[MeasureLine]) -> list[dict[str, Any]]:
    """The ceilings that somebody pasted: school, measure and the most, apart by tabs or commas.

    Args:
        schools: code → name.

    Raises:
        LinesNotReadError: naming the first line that does not read.
    """
    shared = _shared_names(schools)
    codes = {name: code for code, name in schools.items() if name not in shared} | {code: code for code in schools}
    known = {line.label: line.name for line in measures} | {line.name: line.name for line in measures}
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.replace("，", ",").replace("\t", ",").split(",")]
        shape = _("学校名称或标识码，措施，数量；用制表符或逗号分开")

        def refused(why: str, number: int = number, line: str = line, shape: str = shape) -> LinesNotReadError:
            return LinesNotReadError(line=number, text=line.strip()[:60], why=why, shape=shape)

        if len(parts) != 3:
            raise refused(_("不是三列"))
        school, measure, most = parts
        if school in shared and school not in codes:
            raise refused(_("叫“%(name)s”的学校不止一所，请写标识码") % {"name": school[:40]})
        if school not in codes:
            raise refused(_("没有叫“%(name)s”的学校") % {"name": school[:40]})
        if measure not in known:
            raise refused(_("没有叫“%(name)s”的措施") % {"name": measure[:40]})
        if not most.replace(".", "", 1).isdecimal():
            raise refused(_("“%(text)s”不是数") % {"text": most[:20]})
        rows.append({"school_code": codes[school], "measure": known[measure], "most": Decimal(most), "note": None})
    return rows


def _shared_names(schools: Mapping[str, str]) -> set[str]:
    return {name for name, count in Counter(schools.values()).items() if count > 1}


def ceilings_as_text(dataset: Dataset, schools: Mapping[str, str], measures: Sequence[MeasureLine]) -> str:
    """The ceilings of a workbook as they may be typed."""
    names, shared = {line.name: line.label for line in measures}, _shared_names(schools)
    # A name that two schools have says nothing; what has no name is known by its code anyway.
    called = {code: code if name in shared else name for code, name in schools.items()}
    return "\n".join(
        f"{called.get(row['school_code'], row['school_code'])}，{names[row['measure']]}，{row['most'].normalize():f}"
        for row in dataset["ceiling"].iter_rows(named=True)
        if row["measure"] in names
    )
