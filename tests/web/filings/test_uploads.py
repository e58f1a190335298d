"""Workbooks sent in: looked at before they are taken, hostile until checked."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from junheng.web.audit.models import Event
from junheng.web.filings.services import CellChange, save_cells
from junheng.web.filings.uploads import keep
from web.conftest import fill_soundly

BROKEN = Path(__file__).parents[3] / "examples" / "broken"


@pytest.fixture(autouse=True)
def _nobody_has_sent_anything_yet():
    """All tests are one and the same clerk, and one person sends only so many files in a while."""
    caches["limits"].clear()


def url(name, filing):
    return reverse(f"filings:{name}", args=[filing.code])


def workbook(client, filing):
    return openpyxl.load_workbook(io.BytesIO(client.get(url("workbook", filing)).content))


def sent(book, name="表.xlsx"):
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def cell_under(sheet, head):
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith(head))
    return sheet.cell(row=3, column=column)


def upload(client, filing, file, follow=True):
    return client.post(url("upload", filing), {"file": file}, follow=follow)


def confirm(client, filing, page):
    fields = {"file": page.context["token"], "version": page.context["filing"].version}
    return client.post(url("preview", filing), fields, follow=True)


def pupils(cast):
    return cast.filing().rows.get(table="stage_year").values.get("pupils")


def test_the_prefilled_workbook_sent_back_as_it_was_changes_nothing(cast, as_user):
    filing, client = fill_soundly(cast.filing()), as_user(cast.clerk)
    preview = upload(client, filing, sent(workbook(client, filing))).context["preview"]
    assert preview.changed == ()
    assert preview.read == preview.unchanged > 40


def test_a_changed_workbook_shows_what_would_change_and_takes_it_when_confirmed(cast, as_user):
    filing, client = fill_soundly(cast.filing()), as_user(cast.clerk)
    book = workbook(client, filing)
    cell_under(book["学段情况"], "在校生数").value = 510
    page = upload(client, filing, sent(book))
    [line] = page.context["preview"].changed
    assert (line.standing, line.wanted, line.where[:5]) == ("500", "510", "学段情况!")
    assert pupils(cast) == "500", "nothing is taken before it is confirmed"
    confirm(client, filing, page)
    assert pupils(cast) == "510"
    assert Event.objects.get(action="upload").user == cast.clerk


def test_a_row_that_cannot_be_read_is_told_by_its_cell_and_the_others_are_taken(cast, as_user):
    filing, client = fill_soundly(cast.filing()), as_user(cast.clerk)
    book = workbook(client, filing)
    cell_under(book["学段情况"], "在校生数").value = "五百"
    cell_under(book["办学条件"], "网络多媒体教室").value = 16
    page = upload(client, filing, sent(book))
    found = page.context["preview"]
    assert (found.unread_rows, [line.wanted for line in found.changed]) == (1, ["16"])
    assert any(finding.value == "五百" and "学段情况!" in finding.cell for [finding, *_] in found.findings)
    confirm(client, filing, page)
    assert pupils(cast) == "500"


def test_a_figure_that_is_read_but_wrong_is_taken_and_told_by_the_check(cast, as_user):
    filing, client = fill_soundly(cast.filing()), as_user(cast.clerk)
    book = workbook(client, filing)
    cell_under(book["学段情况"], "专任教师数").value = 29
    found = upload(client, filing, sent(book)).context["preview"]
    assert [line.wanted for line in found.changed] == ["29"]
    assert found.read == len(found.changed) + found.unchanged


def test_a_blank_filing_is_filled_by_its_workbook(cast, as_user):
    filing, client = cast.filing(), as_user(cast.clerk)
    book = workbook(client, filing)
    cell_under(book["学段情况"], "在校生数").value = 510
    confirm(client, filing, upload(client, filing, sent(book)))
    assert pupils(cast) == "510"


def test_a_blank_cell_of_the_file_keeps_what_stands(cast, as_user):
    filing, client = fill_soundly(cast.filing()), as_user(cast.clerk)
    book = workbook(client, filing)
    cell_under(book["学段情况"], "在校生数").value = None
    cell_under(book["学段情况"], "班数").value = 13
    page = upload(client, filing, sent(book))
    assert [line.address.column for line in page.context["preview"].left_blank] == ["pupils"]
    confirm(client, filing, page)
    assert pupils(cast) == "500"


def test_what_the_file_explains_is_explained(cast, as_user):
    filing, client = fill_soundly(cast.filing(), teachers_pe=""), as_user(cast.clerk)
    book = workbook(client, filing)
    cell_under(book["学段情况"], "班数").value = 13
    cell_under(book["学段情况"], "填报说明").value = "体育教师由外校走教"
    confirm(client, filing, upload(client, filing, sent(book)))
    assert filing.explanations.get(column="teachers_pe").text == "体育教师由外校走教"


def test_rows_of_another_school_are_not_taken_and_counted(cast, as_user):
    filing, client = fill_soundly(cast.filing()), as_user(cast.clerk)
    book = workbook(client, filing)
    sheet = book["学段情况"]
    for cell in sheet[3]:
        sheet.cell(row=4, column=cell.column).value = cell.value
    sheet.cell(row=4, column=1).value = "9901010002"
    page = upload(client, filing, sent(book))
    found = page.context["preview"]
    assert "9901010002" in page.content.decode()
    assert found.read == len(found.changed) + found.unchanged + found.refused_count
    assert found.refused_count > 10
    assert not found.changed


def test_a_workbook_of_another_school_is_refused_in_words(cast, as_user):
    neighbours = fill_soundly(cast.filing(cast.neighbour))
    file = sent(workbook(as_user(cast.neighbour_clerk), neighbours))
    answer = upload(as_user(cast.clerk), cast.filing(), file)
    assert "没有“东镇一小" in answer.content.decode()
    assert "9901010002" in answer.content.decode()


def test_if_the_filing_changed_since_the_preview_the_preview_is_shown_again(cast, as_user):
    filing, client = fill_soundly(cast.filing()), as_user(cast.clerk)
    book = workbook(client, filing)
    cell_under(book["学段情况"], "在校生数").value = 510
    page = upload(client, filing, sent(book))
    save_cells(
        filing=filing, changes=[CellChange("stage_year", "primary", "pupils", "500", "490")], acting_user=cast.principal
    )
    again = confirm(client, filing, page)
    [line] = again.context["preview"].changed
    assert (line.standing, line.wanted) == ("490", "510")
    assert pupils(cast) == "490"


def test_the_token_of_a_preview_is_of_no_use_to_anybody_else(cast, as_user):
    filing = fill_soundly(cast.filing())
    book = workbook(as_user(cast.clerk), filing)
    cell_under(book["学段情况"], "在校生数").value = 510
    page = upload(as_user(cast.clerk), filing, sent(book))
    fields = {"file": page.context["token"], "version": filing.version}
    answer = as_user(cast.principal).post(url("preview", filing), fields, follow=True)
    assert "失效" in answer.content.decode()
    forged = {"file": page.context["token"][:-2] + "xx", "version": filing.version}
    assert "失效" in as_user(cast.clerk).post(url("preview", filing), forged, follow=True).content.decode()
    assert pupils(cast) == "500"


def test_a_filing_that_is_handed_in_takes_no_workbook(cast, as_user):
    filing, client = fill_soundly(cast.filing()), as_user(cast.clerk)
    book = workbook(client, filing)
    cell_under(book["学段情况"], "在校生数").value = 510
    page = upload(client, filing, sent(book))
    filing.state = "signed"
    filing.save(update_fields=["state"])
    assert "不能改数" in confirm(client, filing, page).content.decode()
    assert pupils(cast) == "500"


@pytest.mark.parametrize("name", ["表.xlsm", "表.xls", "表.exe", "表", "表.xlsx.html"])
def test_a_file_of_another_type_is_not_even_kept(cast, as_user, name):
    answer = upload(as_user(cast.clerk), cast.filing(), SimpleUploadedFile(name, b"x"))
    assert answer.status_code == 422
    assert ".xlsx" in answer.content.decode()


def test_a_file_that_is_too_large_is_not_even_kept(cast, as_user):
    answer = upload(as_user(cast.clerk), cast.filing(), SimpleUploadedFile("大.xlsx", b"x" * (10 * 2**20 + 1)))
    assert "10 MB" in answer.content.decode()


def test_a_path_in_the_name_leads_nowhere(cast, as_user):
    filing, client = fill_soundly(cast.filing()), as_user(cast.clerk)
    file = sent(workbook(client, filing))
    file.name = "x"
    file._name = "../../../../etc/cron.d/junheng.xlsx"
    page = upload(client, filing, file)
    assert page.context["kept"].name == "junheng.xlsx"
    kept = page.context["kept"].path.resolve()
    assert kept.is_relative_to(Path(settings.FILES).resolve())
    assert kept.exists()


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", b"<workbook/>" + b" " * (300 * 2**20))
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [bomb, lambda: b"", lambda: b"MZ\x90\x00", (BROKEN / "cut_off.xlsx").read_bytes],
    ids=["bomb", "empty", "a program", "cut off"],
)
def test_a_hostile_or_broken_file_is_refused_in_words(cast, as_user, content):
    answer = upload(as_user(cast.clerk), cast.filing(), SimpleUploadedFile("表.xlsx", content()))
    assert answer.status_code in (200, 422)
    assert any(word in answer.content.decode() for word in ("上传的文件", "表.xlsx", "空"))
    assert pupils(cast) is None


@pytest.mark.parametrize("file", sorted(BROKEN.glob("*.xlsx")), ids=lambda file: file.stem)
def test_no_broken_workbook_breaks_the_page(cast, as_user, file):
    answer = upload(as_user(cast.clerk), cast.filing(), SimpleUploadedFile(file.name, file.read_bytes()))
    assert answer.status_code in (200, 422)


def test_text_that_looks_like_a_formula_stays_text(cast, as_user):
    filing, client = cast.filing(cast.county, "county"), as_user(cast.officer)
    row = filing.rows.filter(table="judged_item").first()
    row.values = {"responsible": '=HYPERLINK("http://x")'}
    row.save()
    book = workbook(client, filing)
    cells = [cell for line in book["认定事项"].iter_rows() for cell in line if str(cell.value).startswith("=HYPER")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_what_was_sent_is_cleared_away_after_a_week(settings, tmp_path):
    settings.FILES = tmp_path
    old, recent = (keep(SimpleUploadedFile("表.xlsx", content)) for content in (b"old", b"recent"))
    for kept, days in ((old, 8), (recent, 6)):
        os.utime(kept.path, (time.time() - days * 86400,) * 2)
    keep(SimpleUploadedFile("表.xlsx", b"new"))
    assert (old.path.exists(), recent.path.exists()) == (False, True)


def test_an_upload_that_breaks_off_leaves_nothing(settings, tmp_path, monkeypatch):
    settings.FILES = tmp_path
    upload = SimpleUploadedFile("表.xlsx", b"content")
    whole = upload.chunks

    def broken(size):
        yield from whole(size)
        if list(tmp_path.rglob("*/*/*")):
            raise OSError("disk full")

    monkeypatch.setattr(upload, "chunks", broken)
    with pytest.raises(OSError, match="disk full"):
        keep(upload)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
