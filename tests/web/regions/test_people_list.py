"""People by workbook: all wrong rows told at once, taken whole or not at all, passwords made when downloaded."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.audit.models import Event

HEADS = ["用户名", "姓名", "角色", "单位", "部门", "邮箱"]
UPLOAD, PREVIEW = reverse("regions:people-upload"), reverse("regions:people-preview")
DONE, PASSWORDS = reverse("regions:people-entered"), reverse("regions:people-passwords")


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in (HEADS, *rows):
        book.active.append(list(row))
    target = BytesIO()
    book.save(target)
    return SimpleUploadedFile("人员.xlsx", target.getvalue())


@pytest.fixture
def admin(cast, as_user):
    return as_user(cast.admin)


def send(client, *rows):
    client.post(UPLOAD, {"file": workbook(*rows)})
    return client.get(PREVIEW).content.decode()


def test_people_are_shown_then_taken_with_several_roles_each(admin, cast):
    page = send(
        admin,
        ("wang.fang", "王芳", "学校填报员", "东镇一小（9901010001）"),
        ("wang.fang", "王芳", "资产与校舍管理员", "9901010001"),
        ("caizheng", "财政小何", "部门联络员", "甲县", "财政部门"),
        ("填报员小李", "填报员小李", "学校填报员", "东镇二小"),
    )
    assert "将新增 2 人，授予 4 个角色" in page
    assert not User.objects.filter(username="wang.fang").exists()
    admin.post(PREVIEW)
    assert User.objects.get(username="wang.fang").assignments.count() == 2
    assert User.objects.get(username="caizheng").assignments.get().office == "finance"
    assert cast.clerk.assignments.count() == 2
    assert Event.objects.filter(action="enter_people").count() == 1


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_taken(admin, cast):
    page = send(
        admin,
        ("good", "好人", "学校填报员", "东镇一小"),
        ("a b", "空格", "学校填报员", "东镇一小"),
        ("x1", "某人", "皇帝", "东镇一小"),
        ("x2", "某人", "学校填报员", "乙县小学"),
        ("x3", "某人", "县级审核员", "东镇一小"),
        ("x4", "某人", "部门联络员", "甲县"),
        ("", "没名", "学校填报员", "东镇一小"),
        ("省厅小沈", "省厅小沈", "学校填报员", "东镇一小"),
        ("填报员小李", "别人", "学校填报员", "东镇二小"),
        ("x5", "某人", "学校填报员", "东镇一小", "", "不是邮箱"),
        ("good", "好人", "学校填报员", "东镇一小"),
    )
    for cell in ("A3", "C4", "D5", "C6", "C7", "A8", "A9", "B10", "F11", "C12"):
        assert f"Sheet!{cell}<" in page, cell
    admin.post(PREVIEW)
    assert not User.objects.filter(username="good").exists()


def test_nobody_outside_her_places_is_given_a_role_by_a_list(admin, cast):
    send(admin, ("boss", "大官", "管理员", "示例省"))
    admin.post(PREVIEW)
    assert not User.objects.filter(username="boss").exists()


def test_passwords_are_made_when_the_list_is_downloaded_and_work(admin, cast, client):
    send(admin, ("wang.fang", "王芳", "学校填报员", "东镇一小"))
    admin.post(PREVIEW)
    assert "还没有密码" in admin.get(DONE).content.decode()
    assert not User.objects.get(username="wang.fang").has_usable_password()
    book = openpyxl.load_workbook(BytesIO(admin.post(PASSWORDS).getvalue()))
    rows = list(book.active.iter_rows(values_only=True))
    assert (rows[1][:2], rows[-1][:2]) == (("王芳", "wang.fang"), ("行数", 1))
    client.post("/account/sign-out/")
    answer = client.post("/account/sign-in/", {"username": "wang.fang", "password": rows[1][2]})
    assert answer.status_code == 302
    found = User.objects.get(username="wang.fang")
    assert "m=102400" in found.password, "hashed at full cost from the first sign-in on"
    assert found.must_change_password


def test_a_list_downloaded_again_leaves_those_alone_who_signed_in(admin, cast):
    from django.utils import timezone

    send(admin, ("wang.fang", "王芳", "学校填报员", "东镇一小"), ("li.na", "李娜", "学校填报员", "东镇一小"))
    admin.post(PREVIEW)
    User.objects.filter(username="li.na").update(last_login=timezone.now(), password="hers")
    book = openpyxl.load_workbook(BytesIO(admin.post(PASSWORDS).getvalue()))
    assert [row[1] for row in book.active.iter_rows(values_only=True)] == ["用户名", "wang.fang", 1]
    assert User.objects.get(username="li.na").password == "hers"


def test_the_template_offers_the_places_of_whoever_asks_and_reads_back(admin, cast):
    book = openpyxl.load_workbook(BytesIO(admin.get(reverse("regions:people-template")).content))
    offered = [cell.value for cell in book["可选"]["B"]]
    assert "东镇一小（9901010001）" in offered
    assert not any("乙县" in str(value) for value in offered)
    assert [cell.value for cell in book["人员"][1]][:4] == HEADS[:4]


def test_a_list_that_changed_meaning_since_its_preview_is_shown_again(admin, cast):
    send(admin, ("wang.fang", "王芳", "学校填报员", "东镇一小"))
    User.objects.create(username="wang.fang", name="王芳")
    assert "请看过新的预览" in admin.post(PREVIEW, follow=True).content.decode()


def test_another_person_does_not_find_the_file_of_the_first(admin, cast, as_user):
    send(admin, ("wang.fang", "王芳", "学校填报员", "东镇一小"))
    assert as_user(cast.clerk).post(PREVIEW).status_code == 404
