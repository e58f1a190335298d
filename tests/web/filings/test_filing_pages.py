"""The pages of filing: who sees which, what they say, and that they work without script."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from junheng.web.filings.services import CellChange, save_cells
from web.conftest import approve, fill_soundly


def url(name, filing, *more):
    return reverse(f"filings:{name}", args=[filing.code, *more])


def was(page):
    return page.context["was"]


PUPILS = "stage_year/primary/pupils"


def test_a_clerk_finds_her_filing_with_what_she_owes(cast, as_user):
    page = as_user(cast.clerk).get(reverse("filings:list"))
    assert "东镇一小" in page.content.decode()
    assert "东镇二小" not in page.content.decode(), "the neighbour's filing is none of hers"


def test_the_page_shows_each_figure_with_unit_definition_and_last_years_value(cast, as_user):
    html = as_user(cast.clerk).get(url("detail", cast.filing())).content.decode()
    assert f'name="{PUPILS}"' in html
    assert "9 月 1 日在校学生数" in html
    assert "请填" in html


def test_a_neighbours_filing_does_not_exist(cast, as_user):
    assert as_user(cast.neighbour_clerk).get(url("detail", cast.filing())).status_code == 404


@pytest.mark.parametrize("name", ["detail", "summary", "history", "workbook", "standing"])
@pytest.mark.parametrize("who", ["clerk", "principal", "town_head", "officer", "inspector"])
def test_those_responsible_open_every_page_of_a_filing(cast, as_user, name, who):
    assert as_user(cast.people[who]).get(url(name, fill_soundly(cast.filing()))).status_code == 200


@pytest.mark.parametrize("office", ["county", "finance", "personnel", "inspector"])
def test_an_officer_opens_the_filing_of_every_office(cast, as_user, office):
    page = as_user(cast.officer).get(url("detail", cast.filing(cast.county, office)))
    assert page.status_code == 200


def test_a_department_sees_its_own_filing_only(cast, as_user):
    client = as_user(cast.finance)
    assert client.get(url("detail", cast.filing(cast.county, "finance"))).status_code == 200
    assert client.get(url("detail", cast.filing(cast.county, "personnel"))).status_code == 404
    assert client.get(url("detail", cast.filing())).status_code == 404


def test_without_script_the_form_saves_what_differs_from_what_it_showed(cast, as_user):
    client = as_user(cast.clerk)
    page = client.get(url("detail", cast.filing()))
    fields = json.loads(was(page)) | {PUPILS: "500", "was": was(page)}
    assert client.post(url("save", cast.filing()), fields, follow=True).status_code == 200
    assert cast.filing().rows.get(table="stage_year").values == {"pupils": "500"}


def test_without_script_a_conflict_is_told_and_nothing_is_overwritten(cast, as_user):
    client = as_user(cast.clerk)
    page = client.get(url("detail", cast.filing()))
    save_cells(
        filing=cast.filing(),
        changes=[CellChange("stage_year", "primary", "pupils", "", "480")],
        acting_user=cast.principal,
    )
    answer = client.post(url("save", cast.filing()), {PUPILS: "500", "was": was(page)}, follow=True)
    assert "张校长已改为 480，没有覆盖" in answer.content.decode()
    assert cast.filing().rows.get(table="stage_year").values["pupils"] == "480"


def test_who_may_look_only_finds_no_field_to_type_in(cast, as_user):
    html = as_user(cast.town_head).get(url("detail", cast.filing())).content.decode()
    assert f'name="{PUPILS}"' not in html


def test_a_cells_page_tells_its_whole_life(cast, as_user):
    filing = cast.filing()
    save_cells(
        filing=filing, changes=[CellChange("stage_year", "primary", "pupils", "", "480")], acting_user=cast.clerk
    )
    save_cells(
        filing=filing, changes=[CellChange("stage_year", "primary", "pupils", "480", "500")], acting_user=cast.principal
    )
    page = as_user(cast.inspector).get(url("cell", filing, "stage_year", "primary", "pupils"))
    trace = page.context["trace"]
    assert [(change.who, change.before, change.after) for change in trace.changes] == [
        ("张校长", "480", "500"),
        ("填报员小李", "", "480"),
    ]
    assert (trace.value, trace.author) == ("500", "张校长")


def test_the_only_row_of_a_table_has_a_cell_page_too(cast, as_user):
    page = as_user(cast.clerk).get(url("cell", cast.filing(), "school", "-", "school_kind"))
    assert page.context["trace"].value == "小学"


@pytest.mark.parametrize(
    "cell", [("stage_year", "primary", "nothing"), ("nothing", "-", "pupils"), ("stage_year", "junior", "pupils")]
)
def test_a_cell_that_the_form_does_not_have_does_not_exist(cast, as_user, cell):
    assert as_user(cast.clerk).get(url("cell", cast.filing(), *cell)).status_code == 404


def test_the_history_compares_any_two_versions(cast, as_user):
    filing = approve(fill_soundly(cast.filing()), cast.officer)
    row = filing.rows.get(table="stage_year")
    row.values["pupils"] = "510"
    row.save()
    page = as_user(cast.officer).get(url("history", filing), {"from": "1", "to": "draft"})
    [line] = page.context["comparison"].differences
    assert (line.was, line.now) == ("500", "510")
