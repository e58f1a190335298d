"""督导: a finding at a place, a cell or a requirement; answered by the place, closed by an inspector."""

from __future__ import annotations

import pytest
from django.http import Http404

from junheng.web.audit.models import Event
from junheng.web.errors import ReasonMissingError
from junheng.web.inspections.errors import FindingClosedError
from junheng.web.inspections.models import InspectionFinding
from junheng.web.inspections.services import answer_finding, close_finding, leave_finding
from junheng.web.inspections.subject import subject_from
from junheng.web.notices.models import Notice


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


@pytest.fixture
def finding(cast) -> InspectionFinding:
    filing = cast.filing()
    query = {"filing": str(filing.code), "table": "stage_year", "key": "primary", "column": "teachers_pe"}
    return leave_finding(
        subject=subject_from(query, cast.inspector),
        method="visit",
        text="课表上只有 2 名体育教师",
        asks_to="核对名册",
        acting_user=cast.inspector,
    )


def test_a_finding_names_the_cell_and_tells_the_school(cast, finding, as_user):
    page = text_of(as_user(cast.clerk).get(f"/inspections/{finding.code}/"))
    assert "学段情况 · 小学 · 体育专任教师" in page
    assert {notice.user for notice in Notice.objects.filter(kind="inspection")} == {cast.clerk, cast.principal}
    assert Event.objects.filter(action="leave_finding").count() == 1


def test_a_finding_at_a_requirement_names_it(cast, evaluation, as_user):
    query = {"place": cast.school.code, "period": str(cast.period.pk), "key": "primary"}
    subject = subject_from({**query, "indicator": "backbone_teachers_per_100"}, cast.inspector)
    assert subject.words == "小学 · 每百名学生拥有县级以上骨干教师数"
    with pytest.raises(Http404):
        subject_from({**query, "indicator": "made_up"}, cast.inspector)


@pytest.mark.parametrize(
    "query",
    [
        {"filing": "nonsense"},
        {"table": "stage_year", "key": "primary", "column": "school_code"},
        {"place": "9901020001"},
        {"place": ""},
        {},
    ],
)
def test_what_is_not_there_or_elsewhere_cannot_be_inspected(cast, query):
    if "column" in query:
        query = {**query, "filing": str(cast.filing().code)}
    with pytest.raises(Http404):
        subject_from(query, cast.inspector)


def test_only_inspectors_leave_findings(cast):
    subject = subject_from({"place": cast.school.code}, cast.inspector)
    for user in (cast.officer, cast.principal, cast.leader):
        with pytest.raises(Http404):
            leave_finding(subject=subject, method="visit", text="有问题", asks_to="", acting_user=user)
    assert not InspectionFinding.objects.exists()


def test_the_school_answers_and_the_inspector_closes(cast, finding):
    answered = answer_finding(finding=finding, answer="已补名册", acting_user=cast.principal)
    assert answered.state == "answered"
    assert Notice.objects.filter(user=cast.inspector, text__startswith="已答复").exists()
    with pytest.raises(Http404):
        close_finding(finding=finding, closing="属实", acting_user=cast.principal)
    with pytest.raises(ReasonMissingError):
        close_finding(finding=finding, closing=" ", acting_user=cast.inspector)
    assert close_finding(finding=finding, closing="名册相符", acting_user=cast.inspector).state == "closed"
    with pytest.raises(FindingClosedError):
        answer_finding(finding=finding, answer="再答", acting_user=cast.principal)


def test_another_school_neither_sees_nor_answers_it(cast, finding, as_user):
    assert as_user(cast.neighbour_principal).get(f"/inspections/{finding.code}/").status_code == 404
    assert "课表上" not in text_of(as_user(cast.neighbour_principal).get("/inspections/"))
    posted = as_user(cast.neighbour_principal).post(f"/inspections/{finding.code}/answer/", {"answer": "x"})
    assert posted.status_code == 404
    with pytest.raises(Http404):
        answer_finding(finding=finding, answer="x", acting_user=cast.neighbour_clerk)


def test_the_county_answers_for_itself(cast):
    subject = subject_from({"place": cast.county.code}, cast.inspector)
    finding = leave_finding(subject=subject, method="documents", text="缺文件", asks_to="", acting_user=cast.inspector)
    assert Notice.objects.filter(user=cast.officer, kind="inspection").exists()
    assert answer_finding(finding=finding, answer="已补", acting_user=cast.officer).state == "answered"


def test_left_through_the_page_with_its_method(cast, as_user):
    address = f"/inspections/new/?place={cast.school.code}"
    assert as_user(cast.officer).get(address).status_code == 404
    client = as_user(cast.inspector)
    assert "东镇一小" in text_of(client.get(address))
    assert client.post(address, {"method": "data", "text": ""}).status_code == 200, "a blank one is asked again"
    client.post(address, {"method": "data", "text": "班额过大", "asks_to": "分班"})
    left = InspectionFinding.objects.get()
    assert (left.place, left.method, left.asks_to, left.inspector) == (cast.school, "data", "分班", cast.inspector)


def test_a_place_is_found_by_its_name(cast, as_user):
    client = as_user(cast.inspector)
    assert client.get("/inspections/find/?name=东镇一小").url.endswith(f"place={cast.school.code}")
    assert "没有找到" in text_of(client.get("/inspections/find/?name=乙县小学", follow=True))


def test_the_list_is_filtered_printed_and_exported(cast, finding, as_user):
    client = as_user(cast.inspector)
    assert "课表上" in text_of(client.get("/inspections/?state=open&method=visit&q=东镇"))
    assert "课表上" not in text_of(client.get("/inspections/?state=closed"))
    sheet = text_of(client.get("/inspections/sheet/"))
    assert "核对名册" in sheet
    assert "甲县督导意见书：1 条未办结的意见" in sheet
    assert "督学（签字）" in sheet
    assert "核对名册" not in text_of(client.get("/inspections/sheet/?state=closed"))
    lines = text_of(client.get("/inspections/?format=csv")).strip().splitlines()
    assert "体育专任教师" in lines[1]
    assert lines[-1].endswith("1")


def test_an_inspector_verifies_an_approved_filing(cast, evaluation, as_user):
    client = as_user(cast.inspector)
    assert "东镇一小" in text_of(client.get("/inspections/verify/"))
    filing = cast.filing()
    address = f"/inspections/verify/{filing.code}/"
    assert "JH-B011" in text_of(client.post(address, {"version": filing.version + 1}, follow=True))
    client.post(address, {"version": filing.version})
    assert cast.filing().state == "verified"


def test_nobody_else_verifies(cast, evaluation, as_user):
    assert as_user(cast.officer).get("/inspections/verify/").status_code == 404
    filing = cast.filing()
    as_user(cast.officer).post(f"/inspections/verify/{filing.code}/", {"version": filing.version})
    assert cast.filing().state == "approved"


def test_pages_lead_inspectors_and_nobody_else_to_a_finding_at_what_they_show(cast, evaluation, as_user):
    address = f"/results/reasons/{evaluation.code}/{cast.school.code}/primary/backbone_teachers_per_100/"
    door = (
        f"/inspections/new/?place={cast.school.code}&amp;period={cast.period.pk}&amp;key=primary&amp;indicator=backbone"
    )
    assert door in text_of(as_user(cast.inspector).get(address))
    assert "/inspections/new/" not in text_of(as_user(cast.principal).get(address))
    assert f"?place={cast.county.code}" in text_of(as_user(cast.inspector).get(f"/results/reasons/{evaluation.code}/"))


def test_a_name_that_two_places_have_leads_to_neither(cast, as_user):
    cast.other_school.name = cast.school.name
    cast.other_school.save()
    cast.inspector.assignments.update(place=cast.city)
    client = as_user(cast.inspector)
    assert client.get("/inspections/find/", {"name": cast.school.name}).headers["Location"] == "/inspections/"
    by_code = client.get("/inspections/find/", {"name": cast.other_school.code})
    assert cast.other_school.code in by_code.headers["Location"]
