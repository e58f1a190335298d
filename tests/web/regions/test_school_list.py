"""学校名录 by workbook: what it would change is shown first; it is taken whole or not at all."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from junheng.web.regions.models import Place

HEADS = ["学校标识码", "学校名称", "县代码", "乡镇街道", "办学类型", "城乡分类", "举办者", "是否寄宿制", "撤并日期"]
ONE = ["9901010001", "东镇一小", "990101", "东镇", "小学", "镇区", "县级教育部门", "否", None]
TWO = ["9901010002", "东镇二小", "990101", "东镇", "小学", "镇区", "县级教育部门", "否", None]
DIRECT = ["9901010003", "县直小学", "990101", None, "小学", "镇区", "县级教育部门", "否", None]
NEW = ["9901010007", "北镇小学", "990101", "北镇", "小学", "乡村", "县级教育部门", "是", None]


def workbook(*rows, name="学校名录.xlsx"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "学校名录"
    for row in (HEADS, *rows):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def changed(row, **cells):
    return [cells.get(head, cell) for head, cell in zip(HEADS, row, strict=True)]


@pytest.fixture
def upload(cast, as_user):
    """Send a list as the administrator; gives the client and the address of the preview."""

    def send(*rows, file=None):
        client = as_user(cast.admin)
        address = reverse("regions:schools-upload", args=[cast.county.pk])
        answer = client.post(address, {"file": file or workbook(*rows)})
        return client, answer

    return send


def preview_of(cast):
    return reverse("regions:schools-preview", args=[cast.county.pk])


def test_new_changed_and_missing_schools_are_shown_and_nothing_is_written_yet(cast, upload):
    client, _ = upload(changed(ONE, 学校名称="东镇第一小学"), TWO, NEW)
    page = client.get(preview_of(cast)).content.decode()
    assert "将新增 1 所学校，修改 1 所" in page
    assert all(words in page for words in ("北镇小学", "东镇第一小学", "1 所不变", "县直小学"))
    assert not Place.objects.filter(code="9901010007").exists()


def test_after_confirmation_it_is_written_with_a_new_town_and_nobody_is_removed(cast, upload):
    client, _ = upload(changed(ONE, 学校名称="东镇第一小学"), TWO, NEW)
    client.post(preview_of(cast))
    school = Place.objects.get(code="9901010007")
    assert (school.parent.name, school.record["boarding"]) == ("北镇", "是")
    assert Place.objects.get(code="9901010001").name == "东镇第一小学"
    assert Place.objects.filter(code="9901010003").exists()
    assert client.post(preview_of(cast)).status_code == 302, "a second confirmation finds nothing to take"


@pytest.mark.parametrize(
    ("row", "cell", "told"),
    [
        (changed(NEW, 办学类型="大学"), "E3", "办学类型"),
        (changed(NEW, 县代码="990102"), "C3", "不是本县"),
        (changed(NEW, 学校标识码="9901020001"), "A3", "乙县小学"),
        (changed(NEW, 乡镇街道="北/镇"), "A3", "不能有"),
    ],
)
def test_one_wrong_row_stops_all_and_says_where_and_why(cast, upload, row, cell, told):
    client, _ = upload(changed(ONE, 学校名称="改名小学"), row)
    page = client.get(preview_of(cast)).content.decode()
    assert f"学校名录!{cell}" in page
    assert told in page
    client.post(preview_of(cast))
    assert not Place.objects.filter(name__in=["改名小学", "北镇小学"]).exists()


def test_a_closing_day_with_a_filing_under_way_is_refused(cast, upload):
    client, _ = upload(changed(ONE, 撤并日期="2026-02-01"))
    assert "还没有审核通过" in client.get(preview_of(cast)).content.decode()


def test_what_changed_after_the_preview_is_not_overwritten_unseen(cast, upload):
    client, _ = upload(changed(ONE, 学校名称="东镇第一小学"))
    Place.objects.filter(code="9901010001").update(name="别人改的名")
    assert "预览之后" in client.post(preview_of(cast), follow=True).content.decode()
    assert Place.objects.get(code="9901010001").name == "别人改的名"
    client.post(preview_of(cast))
    assert Place.objects.get(code="9901010001").name == "东镇第一小学"


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut off", b"", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused_with_a_way_out(upload, content):
    _, answer = upload(file=SimpleUploadedFile("名录.xlsx", content))
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_the_downloaded_list_comes_back_as_no_change(cast, upload, as_user):
    content = as_user(cast.admin).get(reverse("regions:schools-template", args=[cast.county.pk])).content
    client, _ = upload(file=SimpleUploadedFile("名录.xlsx", content))
    assert "没有要写入的" in client.get(preview_of(cast)).content.decode()


def test_a_code_that_differs_in_capitals_alone_is_refused_before_anything_is_written(cast, upload):
    client, _ = upload(changed(NEW, 学校标识码="AB01"), changed(NEW, 学校标识码="ab01", 学校名称="北镇二小"))
    page = client.get(preview_of(cast)).content.decode()
    assert "这个代码已经是“北镇小学”的" in page
    assert not Place.objects.filter(code__iexact="ab01").exists()
