"""学校名录 as a workbook: written with the schools that are known, and read back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from junheng.intake.entered import Entered
from junheng.intake.read import Reading, read_sheets
from junheng.intake.sheet import index_of, split_address
from junheng.intake.template import write_workbook
from junheng.tables.catalogue import load_tables
from junheng.web.filings.uploads import Kept
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.profile import row_of
from junheng.web.regions.school_list import SchoolList
from junheng.web.row_findings import RowFinding
from junheng.web.templatetags.words import label
from junheng.web.waiting_files import sheets_of


def workbook_of(county: Place) -> bytes:
    """The template of 学校名录, filled with the county's schools."""
    tables = load_tables()
    found = Place.objects.filter(kind=PlaceKind.SCHOOL, path__below=county.path).select_related("parent")
    rows = [row_of(school, county) for school in found.order_by("path")]
    known = Entered(tables, {"school": rows})
    frames = {"school": known.read("学校名录").dataset["school"]} if rows else {}  # zh: data
    columns = {"school": list(tables["school"].columns)}
    with TemporaryDirectory(prefix="junheng-template-") as folder:
        path = Path(folder) / "schools.xlsx"
        write_workbook(path, tables, columns=columns, frames=frames, title=f"{county.name} 学校名录")  # zh: data
        return path.read_bytes()


def read_schools(kept: Kept) -> tuple[Reading, list[RowFinding]]:
    """Read a list that was sent, and say everything that is wrong in it.

    Raises:
        JunhengError: the file as a whole cannot be read.
    """
    sheets = sheets_of(kept)
    by_place = {sheet.place: sheet for sheet in sheets}
    reading = read_sheets(kept.name, sheets, load_tables())
    faults = []
    for finding in reading.findings:
        if finding.blocks:
            place, letters, number = split_address(finding.cell)
            sheet = by_place.get(place)
            head = sheet.shown(0, index_of(letters)) if sheet and number else ""
            faults.append(RowFinding(finding.cell, head, finding.value, finding.message, finding.example))
    if not faults and reading.dataset["school"].is_empty():
        told, advice = _("文件里没有学校名录的行。"), _("请下载模板，填好“学校名录”表再上传。")
        faults.append(RowFinding(kept.name, "", "", told, advice))
    return reading, faults


def shown_changes(found: SchoolList) -> list[tuple[Place | None, str, list[tuple[str, str, str]]]]:
    """The schools that change: the school, its name, and column, before, after of each difference."""
    columns = load_tables()["school"].columns
    return [
        (
            change.school,
            change.wanted["name"],
            [(label(columns[name].label), before, after) for name, (before, after) in change.differences.items()],
        )
        for change in found.changed
    ]
