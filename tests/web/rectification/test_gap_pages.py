"""The pages of gaps: who sees which, filters as selections, the board, who is behind, the file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from junheng.web.rectification.models import Gap
from junheng.web.rectification.services import list_gaps

BACKBONE = "resources/9901010002/primary/backbone_teachers_per_100"


@pytest.fixture
def gap(cast, evaluation) -> Gap:
    list_gaps(evaluation, cast.officer)
    return Gap.objects.get(key=BACKBONE)


def url(gap: Gap, step: str = "") -> str:
    return f"/gaps/{gap.code}/{step}"


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def test_a_school_sees_its_own_gaps_and_no_other(cast, gap, as_user):
    assert gap.title in text_of(as_user(cast.neighbour_principal).get("/gaps/"))
    assert as_user(cast.neighbour_principal).get(url(gap)).status_code == 200
    assert as_user(cast.principal).get(url(gap)).status_code == 404
    assert "东镇二小" not in text_of(as_user(cast.principal).get("/gaps/?state=all"))


def test_the_county_sees_all_and_the_next_county_none(cast, gap, as_user):
    page = text_of(as_user(cast.leader).get("/gaps/"))
    assert "东镇二小" in page
    assert as_user(cast.other_officer).get(url(gap)).status_code == 404
    assert as_user(cast.finance).get("/gaps/").status_code == 404, "a department has no gaps"


def test_the_sums_are_in_plain_units(cast, gap, as_user):
    response = as_user(cast.officer).get("/gaps/?part=resources")
    lacking = {(entry.indicator, entry.unit): entry.amount for entry in response.context["lacking"]}
    assert lacking["backbone_teachers_per_100", "名"] == 4


def test_overdue_stands_first_and_can_be_filtered(cast, gap, as_user):
    today = timezone.localdate()
    Gap.objects.filter(pk=gap.pk).update(due_on=today - timedelta(days=3))
    page = as_user(cast.officer).get("/gaps/").context["page"]
    assert page.object_list[0].pk == gap.pk
    assert [entry.pk for entry in as_user(cast.officer).get("/gaps/?due=overdue").context["page"]] == [gap.pk]
    spans = {span["key"]: span["count"] for span in as_user(cast.officer).get("/gaps/board/").context["spans"]}
    assert (spans["overdue"], spans["week"]) == (1, 0)
    assert spans["none"] == Gap.objects.count() - 1


def test_the_supervision_office_sees_who_is_behind(cast, gap, as_user):
    late = timezone.localdate() - timedelta(days=10)
    Gap.objects.filter(pk=gap.pk).update(due_on=late, owner=cast.neighbour_principal)
    rows = as_user(cast.supervision).get("/gaps/lag/").context["rows"]
    assert (rows[0].name, rows[0].overdue, rows[0].oldest) == ("邻校周校长", 1, late)
    assert "东镇二小" in text_of(as_user(cast.supervision).get("/gaps/lag/?by=school&format=csv"))


def test_everything_filtered_is_assigned_by_the_count_that_was_confirmed(cast, gap, as_user):
    count = Gap.objects.filter(part="resources").count()
    sent = {
        "action": "assign",
        "all": "1",
        "filter": "part=resources",
        "owner": cast.section.pk,
        "due_on": "2099-03-15",
    }
    page = as_user(cast.officer).post("/gaps/bulk/", {**sent, "count": count + 1}, follow=True)
    assert "JH-B064" in text_of(page)
    assert not Gap.objects.filter(owner=cast.section).exists()
    as_user(cast.officer).post("/gaps/bulk/", {**sent, "count": count})
    assert Gap.objects.filter(owner=cast.section).count() == count


def test_a_bulk_form_reaches_no_foreign_gap(cast, gap, as_user):
    sent = {"action": "assign", "row": [str(gap.code)], "count": "1", "due_on": "2099-03-15"}
    as_user(cast.other_officer).post("/gaps/bulk/", sent)
    gap.refresh_from_db()
    assert gap.due_on is None


def test_mended_and_confirmed_through_the_pages(cast, gap, as_user):
    sent = {"state": "open", "measure": "引进", "expects": "达标", "evidence": "名册", "mended": "1"}
    as_user(cast.neighbour_principal).post(url(gap, "measure/"), sent)
    gap.refresh_from_db()
    assert gap.state == "mended"
    assert as_user(cast.neighbour_principal).post(url(gap, "close/"), {"reason": "看过"}).status_code == 404
    as_user(cast.inspector).post(url(gap, "close/"), {"reason": "看过名册"})
    gap.refresh_from_db()
    assert (gap.state, gap.closed_by) == ("closed", cast.inspector)
    assert "看过名册" in text_of(as_user(cast.neighbour_clerk).get(url(gap)))


def test_the_list_is_made_from_the_page_by_who_may(cast, evaluation, as_user):
    sent = {"evaluation": str(evaluation.code)}
    assert as_user(cast.principal).post("/gaps/make/", sent).status_code == 404
    assert as_user(cast.other_officer).post("/gaps/make/", sent).status_code == 404
    as_user(cast.officer).post("/gaps/make/", sent)
    assert Gap.objects.filter(period=cast.period).exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_whole_list_is_a_file(cast, gap, as_user, kind):
    response = as_user(cast.officer).get(f"/gaps/?format={kind}&state=all")
    body = b"".join(response.streaming_content)
    assert len(body) > 500
    if kind == "csv":
        lines = body.decode("utf-8-sig").strip().splitlines()
        assert lines[-1].endswith(str(Gap.objects.count()))
        assert any("差 4 名" in line for line in lines)


def test_filters_that_somebody_made_up_are_no_error(cast, gap, as_user):
    for query in ("owner=abc", "period=999999", "due=never", "state=odd", "sort=--x", "part=none", "page=x"):
        assert as_user(cast.officer).get(f"/gaps/?{query}").status_code == 200


def test_the_list_takes_the_same_number_of_queries_however_long(cast, gap, as_user, django_assert_max_num_queries):
    client = as_user(cast.officer)
    with django_assert_max_num_queries(30):
        client.get("/gaps/?state=all")


def test_a_date_that_is_past_is_refused_for_one_gap_and_for_many(cast, gap, as_user):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    sent = {"owner": cast.section.pk, "due_on": yesterday}
    client = as_user(cast.officer)
    assert "已经过去" in text_of(client.post(url(gap, "assign/"), sent, follow=True))
    bulk = {**sent, "action": "assign", "row": [str(gap.code)]}
    assert "已经过去" in text_of(client.post("/gaps/bulk/", bulk, follow=True))
    gap.refresh_from_db()
    assert (gap.owner, gap.due_on) == (None, None)


def test_a_new_owner_leaves_a_date_that_went_by_as_it_is(cast, gap, as_user):
    past = timezone.localdate() - timedelta(days=1)
    Gap.objects.filter(pk=gap.pk).update(due_on=past)
    as_user(cast.officer).post(url(gap, "assign/"), {"owner": cast.section.pk, "due_on": past.isoformat()})
    gap.refresh_from_db()
    assert (gap.owner, gap.due_on) == (cast.section, past)


def test_a_county_without_gaps_is_shown_empty_not_as_another(cast, gap, as_user):
    page = as_user(cast.city_user).get("/gaps/", {"county": "990102"})
    assert page.context["counts"]["all"] == 0
    assert gap.title not in text_of(page)
    assert as_user(cast.city_user).get("/gaps/", {"county": "990101"}).context["counts"]["all"]
