"""The endpoint of the grid, rows that are added, and two people saving at the same time."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.urls import reverse

from junheng.web.audit.models import Event
from junheng.web.filings.payload import MOST_CELLS
from junheng.web.filings.services import CellChange, add_row, save_cells
from web.conftest import make_cast

PUPILS = "stage_year/primary/pupils"


def send(client, filing, *cells, body=None):
    address = reverse("filings:save", args=[filing.code])
    return client.post(address, body or json.dumps({"cells": cells}), content_type="application/json")


def test_a_pasted_block_is_taken_as_one_change_of_the_log(cast, as_user):
    cells = [[PUPILS, "", "500"], ["stage_year/primary/classes", "", "12"], ["school//location", "镇区", "乡村"]]
    answer = send(as_user(cast.clerk), cast.filing(), *cells).json()
    assert (answer["taken"], answer["conflicts"]) == (3, [])
    assert len(Event.objects.get(action="save_cells").changes) == 3
    assert answer["version"] == cast.filing().version


def test_a_conflict_names_the_other_person_and_both_values(cast, as_user):
    save_cells(
        filing=cast.filing(),
        changes=[CellChange("stage_year", "primary", "pupils", "", "480")],
        acting_user=cast.principal,
    )
    answer = send(as_user(cast.clerk), cast.filing(), [PUPILS, "", "500"]).json()
    assert answer["conflicts"] == [{"name": PUPILS, "mine": "500", "theirs": "480", "who": "张校长"}]


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        "[]",
        '{"cells": 3}',
        '{"cells": [["stage_year/primary/pupils", "", 5]]}',
        '{"cells": [["pupils", "", "5"]]}',
        '{"cells": [["stage_year/primary/nothing", "", "5"]]}',
        '{"cells": [["stage_year/primary/school_code", "", "9901010002"]]}',
        '{"cells": [["stage_year/primary/pupils", "", "' + "9" * 501 + '"]]}',
        json.dumps({"cells": [[PUPILS, "", "5"]] * (MOST_CELLS + 1)}),
        "[" * 100_000,
    ],
    ids=[
        "no json",
        "a list",
        "no cells",
        "a number",
        "no address",
        "no column",
        "the key",
        "too long",
        "too many",
        "deep",
    ],
)
def test_what_cannot_be_cells_is_refused_in_words_and_nothing_is_saved(cast, as_user, body):
    answer = send(as_user(cast.clerk), cast.filing(), body=body)
    assert answer.status_code == 409
    assert "JH-" in answer.json()["code"]
    assert cast.filing().rows.get(table="stage_year").values == {}


def test_a_closed_filing_takes_nothing_and_says_why(cast, as_user):
    filing = cast.filing()
    filing.state = "signed"
    filing.save()
    answer = send(as_user(cast.clerk), filing, [PUPILS, "", "500"])
    assert (answer.status_code, answer.json()["code"]) == (409, "JH-B014")


@pytest.mark.parametrize(
    "who", ["neighbour_clerk", "town_head", "officer", "inspector", "finance", "nobody", "other_clerk"]
)
def test_nobody_but_those_who_fill_it_can_write_to_a_filing(cast, as_user, who):
    assert send(as_user(cast.people[who]), cast.filing(), [PUPILS, "", "500"]).status_code == 404
    assert cast.filing().rows.get(table="stage_year").values == {}


def test_a_row_is_added_by_words_with_what_else_was_typed(cast, as_user):
    filing = cast.filing(cast.county, "county")
    fields = {
        "was": '{"county_year//special_pupils": ""}',
        "county_year//special_pupils": "12",
        "new:monitoring:stage": "小学",
        "new:monitoring:subject": "数学",
    }
    client = as_user(cast.officer)
    client.post(reverse("filings:add-row", args=[filing.code, "monitoring"]), fields)
    assert filing.rows.get(table="monitoring").key.startswith("primary")
    assert filing.rows.get(table="county_year").values["special_pupils"] == "12"
    again = client.post(reverse("filings:add-row", args=[filing.code, "monitoring"]), fields, follow=True)
    assert "已经有了" in again.content.decode(), "the same row twice is refused in words"


def test_a_removed_row_stays_in_the_log(cast, as_user):
    filing = cast.filing(cast.county, "county")
    values = {"stage": "primary", "subject": "数学"}
    key = add_row(filing=filing, table="monitoring", values=values, acting_user=cast.officer).key
    save_cells(filing=filing, changes=[CellChange("monitoring", key, "level", "", "3")], acting_user=cast.officer)
    as_user(cast.officer).post(reverse("filings:remove-row", args=[filing.code, "monitoring"]), {"row": key})
    assert not filing.rows.filter(table="monitoring").exists()
    assert Event.objects.get(action="remove_row").changes[0]["before"] == "3"


@pytest.mark.parametrize("table", ["stage_year", "school", "judged_item", "nothing"])
def test_tables_with_rows_of_their_own_take_no_more(cast, as_user, table):
    before = cast.filing().rows.count()
    as_user(cast.clerk).post(
        reverse("filings:add-row", args=[cast.filing().code, table]), {f"new:{table}:stage": "初中"}
    )
    assert cast.filing().rows.count() == before


@pytest.mark.django_db(transaction=True)
def test_two_people_saving_at_once_lose_nothing():
    cast = make_cast()
    start = Barrier(2)

    def save(user, columns):
        start.wait()
        try:
            for column in columns:
                change = CellChange("stage_year", "primary", column, "", "7")
                save_cells(filing=cast.filing(), changes=[change], acting_user=user)
        finally:
            connections.close_all()

    mine, theirs = ["pupils", "classes", "teachers"], ["teachers_pe", "teachers_music", "graduates"]
    with ThreadPoolExecutor(2) as people:
        for job in [people.submit(save, cast.clerk, mine), people.submit(save, cast.principal, theirs)]:
            job.result()
    values = cast.filing().rows.get(table="stage_year").values
    assert values == dict.fromkeys([*mine, *theirs], "7")
    assert Event.objects.filter(action="save_cells").count() == 6
    assert cast.filing().version == 7


@pytest.mark.django_db(transaction=True)
def test_of_two_who_type_into_the_same_cell_at_once_one_is_told():
    cast = make_cast()
    start = Barrier(2)

    def save(user, value):
        start.wait()
        try:
            change = CellChange("stage_year", "primary", "pupils", "", value)
            return save_cells(filing=cast.filing(), changes=[change], acting_user=user)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        saved = [people.submit(save, cast.clerk, "500"), people.submit(save, cast.principal, "480")]
        results = [job.result() for job in saved]
    assert sorted(result.taken for result in results) == [0, 1]
    [conflict] = [conflict for result in results for conflict in result.conflicts]
    assert conflict.theirs == cast.filing().rows.get(table="stage_year").values["pupils"]
