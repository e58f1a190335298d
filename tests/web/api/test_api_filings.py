"""Reading and writing filings by program: the same rules as the pages."""

import pytest

from junheng.web.audit.models import Event
from junheng.web.filings.services import CellChange, save_cells
from web.conftest import fill_soundly

CELL = {"table": "stage_year", "key": "primary", "column": "pupils"}


def cells(cast, place=None):
    return f"/api/filings/{cast.filing(place).code}/cells"


def saved(call, user, address, before, after, **other):
    return call(user, "patch", address, {"changes": [{**CELL, "before": before, "after": after, **other}]})


def test_one_sees_the_filings_of_ones_places(cast, call):
    assert [row["place"] for row in call(cast.clerk, "get", "/api/filings").json()["items"]] == [cast.school.code]
    assert call(cast.officer, "get", "/api/filings").json()["total"] > 3


def test_a_list_comes_in_pages_with_its_total(cast, call):
    whole = call(cast.officer, "get", "/api/filings").json()
    parts = [call(cast.officer, "get", f"/api/filings?limit=2&offset={at}").json() for at in range(0, 8, 2)]
    assert {part["total"] for part in parts} == {whole["total"]}
    assert [row for part in parts for row in part["items"]] == whole["items"][:8]


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "offset=-1", "limit=viel", "period=0"])
def test_a_page_that_cannot_be_is_refused_with_words(cast, call, query):
    answer = call(cast.clerk, "get", f"/api/filings?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "JH-B083")


@pytest.mark.parametrize("who", ["neighbour_clerk", "other_officer", "nobody", "admin"])
def test_a_foreign_filing_is_neither_read_nor_written(cast, call, who):
    user, code = cast.people[who], cast.filing().code
    assert call(user, "get", f"/api/filings/{code}").status_code == 404
    assert call(user, "get", f"/api/filings/{code}/cells").status_code == 404
    assert call(user, "get", f"/api/filings/{code}/check").status_code == 404
    assert saved(call, user, f"/api/filings/{code}/cells", "", "1").status_code == 404
    step = {"step": "hand_in", "version": cast.filing().version}
    assert call(user, "post", f"/api/filings/{code}/steps", step).status_code == 404
    assert cast.filing().version == 1


def test_who_may_see_but_not_fill_writes_nothing(cast, call):
    assert call(cast.leader, "get", cells(cast)).status_code == 200
    assert saved(call, cast.leader, cells(cast), "", "1").status_code == 404


def test_cells_are_saved_with_one_event(cast, call):
    before = Event.objects.count()
    answer = saved(call, cast.clerk, cells(cast), "", "480")
    assert answer.json() == {"version": 2, "taken": 1}
    rows = call(cast.clerk, "get", cells(cast)).json()["rows"]
    assert next(r for r in rows if r["table"] == "stage_year")["values"]["pupils"] == "480"
    assert Event.objects.filter(action="save_cells").count() == 1
    assert Event.objects.count() == before + 2  # and the token's making


def test_a_cell_that_somebody_else_changed_is_told_with_both_values(cast, call):
    save_cells(
        filing=cast.filing(),
        changes=[CellChange("stage_year", "primary", "pupils", "", "500")],
        acting_user=cast.principal,
    )
    answer = saved(call, cast.clerk, cells(cast), "", "480")
    assert (answer.status_code, answer.json()["code"]) == (409, "JH-B084")
    conflict = answer.json()["conflicts"][0]
    assert (conflict["mine"], conflict["theirs"], conflict["who"]) == ("480", "500", "张校长")


@pytest.mark.parametrize(
    "change",
    [{"column": "no_such"}, {"table": "no_such"}, {"key": "university"}, {"after": "a\0b"}, {"after": "9" * 501}],
)
def test_a_cell_that_the_form_does_not_have_or_cannot_hold_is_refused(cast, call, change):
    body = {"changes": [{**CELL, "before": "", "after": "1", **change}]}
    assert call(cast.clerk, "patch", cells(cast), body).status_code == 422
    assert cast.filing().version == 1


def test_a_body_that_is_no_json_is_refused(cast, call):
    assert call(cast.clerk, "patch", cells(cast), "{").status_code == 400


def test_a_filing_goes_on_by_steps_and_an_old_version_does_not(cast, call):
    filing = fill_soundly(cast.filing())
    address = f"/api/filings/{filing.code}/steps"
    stale = call(cast.clerk, "post", address, {"step": "hand_in", "version": filing.version + 7})
    assert (stale.status_code, stale.json()["code"]) == (409, "JH-B011")
    done = call(cast.clerk, "post", address, {"step": "hand_in", "version": filing.version})
    assert done.json()["state"] == "handed_in"
    again = call(cast.clerk, "post", address, {"step": "hand_in", "version": done.json()["version"]})
    assert (again.status_code, again.json()["code"]) == (409, "JH-B010")


def test_a_filing_with_findings_says_which(cast, call):
    saved(call, cast.clerk, cells(cast), "", "很多")
    found = call(cast.clerk, "get", f"/api/filings/{cast.filing().code}/check").json()
    assert (found["is_sound"], found["errors"] > 0) == (False, True)
    wrong = next(one for one in found["findings"] if one["column"] == "pupils" and one["severity"] == "error")
    assert (wrong["table"], wrong["key"], wrong["value"]) == ("stage_year", "primary", "很多")
