"""What is of persons is kept to those who may read it, and the rest of a plan is free of it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from small_rotation import TABLES, dataset_of, setting, teacher
from test_rotation_rules import rules, three_schools

from junheng.planning.contract import check_document
from junheng.planning.rotation.personal import without_personal
from junheng.planning.rotation.plan import plan_rotation
from junheng.reporting.plan_book import write_plan_book

# The code stands for the person: those who may read names can look it up.
PERSONAL = [
    column.name
    for column in TABLES["teacher"].columns.values()
    if column.sensitivity == "personal" and column.name != "teacher_code"
]


def county():
    """Everybody has a name, a home and some a reason of their own; one moves to the town that is home."""
    rows = three_schools(setting=[*rules(least_share=40), setting("weight_distance", 0)])
    rows["post"] = [{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}]
    for number, row in enumerate(rows["school"]):
        row["town"] = f"镇街{number}"
    for number, row in enumerate(rows["teacher"]):
        own = {"home_town": f"家乡{number}", "teacher_name": f"张某{number}", "note": f"备注{number}"}
        row.update(own, years=Decimal(6 + number))
    rows["teacher"][2]["stays_because"] = "患癌症"
    rows["teacher"].append(teacher("H1", 1, years=Decimal(40), home_town="镇街0", teacher_name="李某"))
    return rows


@pytest.fixture(scope="module")
def document():
    return plan_rotation(dataset_of(county())).document()


def values():
    """Of every personal column, every value; and the remarks, which may hold anything."""
    for row in county()["teacher"]:
        yield from (row[name] for name in (*PERSONAL, "note") if row.get(name))


def assert_free(text, *, towns):
    for value in values():
        if value not in towns:
            assert value not in text


def test_the_personal_columns_are_those_that_this_test_is_about():
    assert PERSONAL == ["teacher_name", "home_town", "stays_because"]


def test_nothing_personal_is_left_in_a_stripped_document(document):
    stripped = without_personal(document)
    assert_free(json.dumps(stripped, ensure_ascii=False), towns={"镇街0"})
    assert "镇街0" not in json.dumps(stripped["people"], ensure_ascii=False)  # a public town, nobody's home
    assert "teacher" not in stripped["inputs"]
    assert [person["teacher_code"] for person in stripped["people"]] == [p["teacher_code"] for p in document["people"]]
    check_document(json.loads(json.dumps(stripped)), "方案.json")


def test_nor_in_the_book_made_of_it(document, tmp_path):
    write_plan_book(without_personal(document), tmp_path / "方案.xlsx")
    book = openpyxl.load_workbook(tmp_path / "方案.xlsx")
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert_free("\n".join(cells), towns=set())


def test_nor_in_the_rows_for_download(document):
    from junheng.web.plans.rotation_content import PeopleFilter, people, people_rows, without_names

    text = io.StringIO()
    stripped = without_names(document)
    assert stripped == without_personal(document)
    csv.writer(text).writerows(people_rows(people(stripped, PeopleFilter({}))))
    assert_free(text.getvalue(), towns=set())
    assert "H1" in text.getvalue()


def test_the_public_reason_is_public_and_the_home_has_a_place_of_its_own(document):
    (home,) = (person for person in document["people"] if person["teacher_code"] == "H1")
    assert home["to"]["code"] == "S0"
    assert home["personal"]["reason"]["zh"] == "家在镇街0"
    for person in document["people"]:
        assert_free(person["reason"]["zh"] + person["reason"]["en"], towns=set())


def test_the_inputs_repeat_of_teachers_what_a_check_needs_and_no_more(document):
    roster = document["inputs"]["teacher"]
    text = json.dumps(document["inputs"], ensure_ascii=False)
    assert "患癌症" not in text
    assert "家乡" not in text
    assert "备注" not in text
    moved = {person["teacher_code"] for person in document["people"]}
    assert {row["teacher_code"] for row in roster if "teacher_name" in row} == moved
    assert [row["teacher_code"] for row in roster if row["stays"]] == ["T2"]
    assert all(row["eligible"] is True for row in roster)
    assert len(roster) == 10


def test_what_a_later_version_adds_to_a_person_is_left_out_until_it_is_named_public(document):
    people = [person | {"phone": "13800000000"} for person in document["people"]]
    assert "13800000000" not in json.dumps(without_personal(document | {"people": people}))
