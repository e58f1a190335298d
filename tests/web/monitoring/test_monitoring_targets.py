"""阶段目标: who sets them, what the page makes of them, and that a bad table changes nothing."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from junheng.web.audit.models import Event
from web.monitoring.conftest import text_of

SHARES = "地区代码,学年,达标县占比\n"
LISTED = "县代码,达标学年\n"


def send(client, content, place="33", name="达标比例目标.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post("/monitoring/targets/send/", {"place": place, "file": file})


def passed_in(frames, year, province="33"):
    """How many counties of a province passed in a year, and how many were judged."""
    own = [
        row
        for row in frames.counties.iter_rows(named=True)
        if row["school_year"] == year and row["county_code"].startswith(province)
    ]
    return sum(row["outcome"] in ("met", "tolerated") for row in own), len(own)


def test_planned_and_actual_stand_beside_each_other(watchers, own_nation, frames, as_user):
    client = as_user(watchers.province)
    assert "还没有阶段目标" in text_of(client.get("/monitoring/targets/"))
    answer = send(client, f"{SHARES}33,2024,0\n33,2025,100\n33,2030,100\n")
    assert answer.status_code == 302
    page = client.get("/monitoring/targets/")
    passed, judged = passed_in(frames, 2025)
    rows = {row["school_year"]: row for row in page.context["progress"]}
    assert (rows[2025]["passed"], rows[2025]["counties"]) == (passed, judged)
    assert rows[2025]["gap"] == pytest.approx(passed / judged * 100 - 100)
    assert rows[2025]["needed"] == judged - passed
    assert rows[2024]["needed"] == 0
    assert rows[2030]["share"] is None
    assert rows[2023]["planned_share"] is None
    assert f"还差 {judged - passed} 个县" in text_of(page)
    event = Event.objects.get(action="keep_targets")
    assert (event.user, "3 条阶段目标" in event.summary) == (watchers.province, True)


def test_the_counties_that_are_due_and_behind_come_first_and_go_into_the_file(watchers, own_nation, frames, as_user):
    client = as_user(watchers.province)
    codes = sorted({code for code in frames.counties["county_code"] if code.startswith("33")})
    missed = [
        row["county_code"]
        for row in frames.counties.iter_rows(named=True)
        if row["school_year"] == 2025 and row["county_code"] in codes and row["outcome"] == "unmet"
    ]
    send(client, LISTED + "".join(f"{code},2024\n" for code in codes), name="县级达标时间.csv")
    page = client.get("/monitoring/targets/", {"state": "late"})
    assert {row["county_code"] for row in page.context["rows"]} == set(missed)
    assert f"到期的县中 {len(missed)} 个没有达标" in text_of(page)
    sent = text_of(client.get("/monitoring/targets/", {"state": "late", "format": "csv"}))
    lines = list(csv.reader(io.StringIO(sent.lstrip("\ufeff"))))
    assert {line[0] for line in lines[1:-1]} == set(missed)
    assert all(line[-1] == "1" for line in lines[1:-1])  # a year late


def test_a_city_does_not_change_what_its_province_planned(watchers, own_nation, as_user):
    """336001 is due in 2024 by the province; the city says 2030 of it, and adds 336002."""
    send(as_user(watchers.province), f"{LISTED}336001,2024\n", name="县级达标时间.csv")
    send(as_user(watchers.city), f"{LISTED}336001,2030\n336002,2026\n346001,2020\n", "3360", "县级达标时间.csv")
    page = as_user(watchers.city).get("/monitoring/targets/")
    assert {row["county_code"]: row["recognise_by"] for row in page.context["rows"]} == {"336001": 2024, "336002": 2026}
    assert not as_user(watchers.other_city).get("/monitoring/targets/").context.get("rows")


def test_what_a_county_has_nothing_to_do_with_does_not_exist_for_it(watchers, own_nation, as_user):
    for user in (watchers.officer, watchers.leader, watchers.clerk):
        client = as_user(user)
        assert send(client, f"{SHARES}33,2025,50\n").status_code == 404
        for page in ("targets/", "targets/send/", "targets/blank/"):
            assert client.get(f"/monitoring/{page}").status_code == 404, page
    assert send(as_user(watchers.city), f"{SHARES}33,2025,50\n", "33").context["form"].errors["place"]
    assert not (own_nation / "targets").exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("达标比例目标.csv", f"{SHARES}CN,2025,50\n34,2025,50\n", "没有辖区（合成省）的目标"),
        ("达标比例目标.csv", f"{SHARES}33,2025,130\n", "1 处错误"),
        ("达标比例目标.csv", f"{SHARES}33,二〇二五,50\n", "1 处错误"),
        ("达标比例目标.csv", SHARES, "没有一行阶段目标"),
        ("目标.xlsx", b"PK\x03\x04 no workbook", "目标.xlsx"),
        ("目标.exe", b"MZ", "目标.exe"),
    ],
)
def test_a_table_that_does_not_read_changes_nothing(watchers, own_nation, as_user, name, content, says):
    client = as_user(watchers.province)
    send(client, f"{SHARES}33,2025,50\n")
    before = (own_nation / "targets" / "33.json").read_bytes()
    answer = send(client, content, name=name)
    assert answer.status_code == 200
    assert says in str(answer.context["form"].errors)
    assert (own_nation / "targets" / "33.json").read_bytes() == before


def test_the_empty_table_can_be_filled_in_and_sent(watchers, own_nation, as_user):
    from openpyxl import load_workbook

    client = as_user(watchers.province)
    book = load_workbook(io.BytesIO(client.get("/monitoring/targets/blank/").content))
    sheet = book["达标比例目标"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "地区代码" for cell in row))
    places = {cell.value: cell.column for cell in head if cell.value}
    line = sheet.max_row + 1
    for column, value in (("地区代码", "33"), ("学年", 2025), ("达标县占比", 40)):
        place = next(found for word, found in places.items() if str(word).startswith(column))
        sheet.cell(line, place, value)
    sent = io.BytesIO()
    book.save(sent)
    assert send(client, sent.getvalue(), name="目标.xlsx").status_code == 302
    own = {row["school_year"]: row["planned_share"] for row in client.get("/monitoring/targets/").context["progress"]}
    assert own[2025] == 40
