"""Asking for a plan: what the form begins with, what is refused, what the next one remembers."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from junheng.web.plans.errors import LinesNotReadError
from junheng.web.plans.forms import ResourceForm
from junheng.web.plans.inputs import InputFile, opened
from junheng.web.plans.models import Plan
from junheng.web.plans.resource_inputs import MeasureLine, ceilings_from

ADDRESS = "/plans/new/resources/?county=990101"


def text_of(response) -> str:
    return response.getvalue().decode()


def filled(page, **changed):
    """The fields of the form as it was given, all costs confirmed."""
    form: ResourceForm = page.context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    data |= {f"confirmed:{line.name}": "on" for line in form.measures}
    return {name: value for name, value in (data | changed).items() if value is not None}


def test_without_a_judgement_there_is_nothing_to_plan_from(cast, as_user):
    assert "还没有判定过" in text_of(as_user(cast.officer).get(ADDRESS))


def test_costs_are_assumptions_until_each_is_confirmed(cast, evaluation, as_user):
    client = as_user(cast.officer)
    page = client.get(ADDRESS)
    assert "单价都是假定" in text_of(page)
    data = {name: value for name, value in filled(page).items() if not name.startswith("confirmed:")}
    again = client.post(ADDRESS, data)
    assert "请核实单价后勾选" in text_of(again)
    assert not Plan.objects.exists()


def test_what_was_typed_is_kept_as_a_workbook_and_offered_the_next_time(cast, evaluation, as_user):
    client = as_user(cast.officer)
    year = client.get(ADDRESS).context["form"].years[0]
    changed = {
        "title": "第一稿",
        "cost:train_backbone": "12345",
        "most:train_backbone": "3",
        f"budget:{year}": "88.5",
        "ceilings": "东镇一小\t招聘教师（本科）\t2",
        "allowed:build_teaching_area": None,
    }
    answer = client.post(ADDRESS, filled(client.get(ADDRESS), **changed))
    plan = Plan.objects.get()
    assert answer["Location"] == f"/plans/{plan.code}/"
    assert (plan.title, plan.evaluation, plan.options["gap"]) == ("第一稿", evaluation, 0.001)
    from junheng.planning.resources.measures import read_inputs

    with opened(InputFile(plan.inputs, plan.inputs_name)) as path:
        inputs = read_inputs(path)
    assert inputs.choices["train_backbone"].cost == 12345
    assert inputs.choices["train_backbone"].most == 3
    assert not inputs.choices["build_teaching_area"].allowed
    assert inputs.budgets == {year: 885000}
    assert inputs.ceilings == {(cast.school.code, "hire_teacher"): 2}
    form = client.get(ADDRESS).context["form"]
    assert form["cost:train_backbone"].value() == Decimal(12345)
    assert form[f"budget:{year}"].value() == Decimal("88.5")
    assert form["ceilings"].value() == "东镇一小，招聘教师（本科），2"
    assert form["allowed:build_teaching_area"].value() is False


def test_the_workbook_to_fill_can_be_sent_back(cast, evaluation, as_user):
    client = as_user(cast.officer)
    content = client.get("/plans/new/resources/template/?county=990101").getvalue()
    sent = {**filled(client.get(ADDRESS)), "file": SimpleUploadedFile("输入.xlsx", content)}
    page = text_of(client.post(ADDRESS, sent))
    assert "JH-P002" in page or "单价还没有核实" in page
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["措施与单价"]
    heads = {str(cell.value).split("（")[0]: cell.column for row in sheet.iter_rows(max_row=3) for cell in row}
    column = next(number for head, number in heads.items() if head.startswith("单价已核实"))
    for row in sheet.iter_rows(min_col=column, max_col=column):
        for cell in row:
            if cell.value == "否":
                cell.value = "是"
    changed = io.BytesIO()
    book.save(changed)
    sent["file"] = SimpleUploadedFile("../输入.xlsx", changed.getvalue())
    assert client.post(ADDRESS, sent).status_code == 302
    assert Plan.objects.get().inputs_name == "输入.xlsx"


@pytest.mark.parametrize(
    ("name", "content"), [("输入.exe", b"MZ"), ("输入.xlsx", b"no workbook"), ("输入.xlsx", b"PK\x03\x04broken")]
)
@pytest.mark.parametrize("kind", ["resources", "rotation", "zoning"])
def test_a_file_that_is_no_workbook_is_refused_in_words(cast, evaluation, as_user, kind, name, content):
    client, address = as_user(cast.officer), f"/plans/new/{kind}/?county=990101"
    data = filled(client.get(address)) if kind == "resources" else {"title": "x", "seconds": "20", "gap": "0.001"}
    if kind == "rotation":
        data["emphasis"] = "gaps"
    page = client.post(address, {**data, "file": SimpleUploadedFile(name, content)})
    assert page.status_code == 200
    assert "输入" in page.context["error"]
    assert not Plan.objects.exists()


@pytest.mark.parametrize("kind", ["rotation", "zoning"])
def test_an_input_workbook_of_the_other_kinds_names_the_schools(cast, evaluation, as_user, kind):
    content = as_user(cast.officer).get(f"/plans/new/{kind}/template/?county=990101").getvalue()
    cells = {cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.values for cell in row}
    assert {"东镇一小", "东镇二小", "县直小学"} <= cells


def test_errors_of_a_workbook_are_told_cell_by_cell(cast, as_user):
    client, address = as_user(cast.officer), "/plans/new/rotation/?county=990101"
    content = client.get("/plans/new/rotation/template/?county=990101").getvalue()
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["学校"].append(["9901010001", "东镇一小", "东镇", "也许"])
    changed = io.BytesIO()
    book.save(changed)
    data = {"title": "x", "seconds": "20", "gap": "0", "emphasis": "gaps"}
    page = client.post(address, {**data, "file": SimpleUploadedFile("输入.xlsx", changed.getvalue())})
    assert any(finding.value == "也许" for finding in page.context["findings"])
    assert "也许" in text_of(page)


MEASURES = [MeasureLine("hire_teacher", "招聘教师（本科）", "名", "", Decimal(1))]
SCHOOLS = {"9901010001": "东镇一小"}


@pytest.mark.parametrize(
    "line", ["东镇一小,招聘教师（本科）,2", "9901010001\thire_teacher\t2", "东镇一小，招聘教师（本科），2\n\n"]
)
def test_ceilings_are_pasted_as_people_write_them(line):
    assert ceilings_from(line, SCHOOLS, MEASURES)[0]["most"] == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("东镇一小", "不是三列"),
        ("西镇一小,招聘教师（本科）,2", "没有叫“西镇一小”的学校"),
        ("东镇一小,盖楼,2", "没有叫“盖楼”的措施"),
        ("东镇一小,招聘教师（本科）,二", "“二”不是数"),
        ("东镇一小,招聘教师（本科）,-1", "“-1”不是数"),
    ],
)
def test_a_ceiling_that_does_not_read_names_its_line(line, why):
    with pytest.raises(LinesNotReadError) as refused:
        ceilings_from(f"\n{line}", SCHOOLS, MEASURES)
    assert "第 2 行" in refused.value.message("zh")
    assert why in refused.value.message("zh")


def test_a_ceiling_for_a_name_that_two_schools_have_asks_for_the_code():
    code, name = next(iter(SCHOOLS.items()))
    twins, measure = {**SCHOOLS, "9900000999": name}, MEASURES[0].label
    with pytest.raises(LinesNotReadError, match="不止一所"):
        ceilings_from(f"{name}，{measure}，2", twins, MEASURES)
    assert ceilings_from(f"{code}，{measure}，2", twins, MEASURES)[0]["school_code"] == code
