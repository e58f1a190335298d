"""试算: on a copy, seen at once, and never in a filing or the store."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from junheng.web.audit.models import Event
from junheng.web.filings.models import FilingRow

URL = "/results/try-out/"
CELL = "cell:stage_year:primary:"


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def stored() -> set[str]:
    home = Path(settings.SNAPSHOTS)
    return {str(path) for path in home.rglob("*")}


@pytest.fixture
def change(cast, evaluation, as_user):
    """Change cells of the school that misses backbone teachers, as the leader."""

    def changed(**cells: str):
        sent = {f"{CELL}{name}": value for name, value in cells.items()}
        sent |= {"evaluation": str(evaluation.code), "school": cast.neighbour.code, "q": "教师"}
        return as_user(cast.leader).post(f"{URL}change/", sent, follow=True)

    return changed


def test_before_and_after_at_once(cast, evaluation, change):
    moved = change(backbone_teachers="6").context["moved"]
    value = next(row for row in moved["values"] if row["name"] == "每百名学生拥有县级以上骨干教师数")
    assert (value["value_before"], value["value_after"]) == (0.2, 1.2)
    assert (value["before"], value["after"]) == ("unmet", "met")
    [cv] = moved["coefficients"]
    assert cv["cv_after"] < cv["cv_before"]
    assert [(row["before"], row["after"]) for row in moved["schools"]] == [("unmet", "met")]


def test_nothing_is_written_but_the_session(cast, evaluation, change):
    before, rows, events = stored(), list(FilingRow.objects.values_list("values", flat=True)), Event.objects.count()
    change(backbone_teachers="6")
    assert stored() == before
    assert list(FilingRow.objects.values_list("values", flat=True)) == rows
    assert Event.objects.count() == events


def test_what_does_not_fit_is_refused_and_stays_in_the_form(change):
    page = change(teachers="1")
    assert "JH-W004" in text_of(page)
    cells = {cell.name: cell.tried for cell in page.context["cells"]}
    assert cells[f"{CELL}teachers"] == "1"
    assert not page.context["changes"]


def test_several_cells_add_up_and_can_be_taken_back(cast, evaluation, change, as_user):
    change(backbone_teachers="6")
    page = change(teachers_pe="5")
    assert len(page.context["changes"]) == 2
    client = as_user(cast.leader)
    page = client.post(f"{URL}drop/", {"evaluation": str(evaluation.code), "place": "0"}, follow=True)
    assert [line.tried for line in page.context["changes"]] == ["5"]
    page = client.post(f"{URL}drop/", {"evaluation": str(evaluation.code)}, follow=True)
    assert not page.context["changes"]


def test_typing_what_was_filed_is_no_change(change):
    assert not change(backbone_teachers="1").context["changes"]


def test_amounts_stand_in_the_unit_of_the_form(cast, evaluation, as_user):
    address = f"{URL}?school={cast.school.code}&indicator=equipment_value_per_pupil"
    cells = {cell.name: cell for cell in as_user(cast.leader).get(address).context["cells"]}
    equipment = cells["cell:school_year::equipment_value"]
    assert (equipment.filed, equipment.unit) == ("150", "万元")


def test_cells_are_found_by_the_name_of_the_column(cast, evaluation, as_user):
    cells = as_user(cast.leader).get(f"{URL}?school=东镇二小&q=骨干").context["cells"]
    assert [cell.name for cell in cells] == [f"{CELL}backbone_teachers"]


def test_a_school_is_raised_to_the_limit_by_one_click(cast, evaluation, as_user):
    client = as_user(cast.leader)
    sent = {"evaluation": str(evaluation.code), "raise_indicator": "backbone_teachers_per_100"}
    page = client.post(f"{URL}raise/", {**sent, "raise": f"primary:{cast.neighbour.code}"}, follow=True)
    [line] = page.context["changes"]
    assert (line.filed, line.tried) == ("1", "5")
    assert [row["after"] for row in page.context["moved"]["values"]] == ["met"]


def test_what_cannot_be_raised_by_one_column_says_why(cast, evaluation, change, as_user):
    change(teachers_pe="0", teachers_music="0")
    sent = {"evaluation": str(evaluation.code), "raise_indicator": "pe_arts_teachers_per_100"}
    page = as_user(cast.leader).post(f"{URL}raise/", {**sent, "raise": f"primary:{cast.neighbour.code}"}, follow=True)
    assert "JH-B055" in text_of(page)
    assert "体育专任教师" in text_of(page)
    assert len(page.context["changes"]) == 2


def test_the_schools_to_raise_first_are_named(cast, evaluation, as_user):
    ranked = as_user(cast.leader).get(f"{URL}?indicator=backbone_teachers_per_100").context["ranked"]
    assert (ranked[0]["school_code"], ranked[0]["lack"], ranked[0]["unit"]) == (cast.neighbour.code, 4, "名")


def test_changes_are_a_file_with_the_answer(cast, evaluation, change, as_user):
    change(backbone_teachers="6")
    text = text_of(as_user(cast.leader).get(f"{URL}?format=csv"))
    assert "东镇二小,小学,县级以上骨干教师,人,1,6" in text
    assert text.splitlines()[-1].split(",")[2].startswith("改 1 个数")


def test_only_who_may_try_out_and_only_there(cast, evaluation, as_user):
    sent = {"evaluation": str(evaluation.code), "school": cast.neighbour.code, f"{CELL}pupils": "1"}
    for user in (cast.inspector, cast.principal, cast.other_officer):
        assert as_user(user).get(f"{URL}?evaluation={evaluation.code}").status_code == 404
        assert as_user(user).post(f"{URL}change/", sent).status_code == 404
        assert as_user(user).post(f"{URL}drop/", sent).status_code == 404
        assert as_user(user).post(f"{URL}raise/", sent).status_code == 404


def test_fields_that_somebody_made_up_change_nothing(cast, evaluation, as_user):
    sent = {"evaluation": str(evaluation.code), "school": cast.neighbour.code}
    for name in ("cell:school::school_name", "cell:stage_year:primary:stage", "cell::", "cell:stage_year:odd:pupils"):
        response = as_user(cast.leader).post(f"{URL}change/", {**sent, name: "7"}, follow=True)
        assert response.status_code == 200
        assert not response.context["changes"]
