"""逻辑校验 and 经验校验, how the school stands, and remarks on cells."""

from __future__ import annotations

import pytest
from django.urls import reverse

from junheng.web.filings import selectors
from junheng.web.filings.causes import causes_of
from junheng.web.filings.form import form_of
from junheng.web.filings.reading import rows_of
from junheng.web.filings.standing import standing_of
from junheng.web.notices.models import Notice
from web.conftest import fill_soundly

EXPLAINED = {"check": "JH-F160", "table": "stage_year", "key": "primary", "column": "teachers_pe"}


def url(name, filing, *more):
    return reverse(f"filings:{name}", args=[filing.code, *more])


def test_a_check_keeps_the_counts_for_the_lists(cast, as_user):
    filing = fill_soundly(cast.filing(), pupils="五百", teachers_pe="")
    as_user(cast.clerk).post(url("check", filing))
    assert cast.filing().errors == 1
    assert cast.filing().filled == cast.filing().asked - 5


def test_findings_stand_errors_first_and_lead_to_their_cells(cast, as_user):
    filing = fill_soundly(cast.filing(), pupils="五百")
    html = as_user(cast.clerk).post(url("check", filing), headers={"HX-Request": "true"}).content.decode()
    assert 'data-finding="stage_year/primary/pupils"' in html
    assert 'href="#c-stage_year/primary/pupils"' in html


def test_blanks_are_one_group_however_many_they_are(cast):
    filing = cast.filing()
    causes = causes_of(form_of(filing), selectors.checked(filing).findings)
    [blanks] = [cause for cause in causes if cause.blank]
    assert len(blanks.findings) > 20
    assert all(entry.address.column for entry in blanks.findings), "each at its cell"


def test_an_explanation_is_shown_and_the_figure_counts_as_explained(cast, as_user):
    filing = fill_soundly(cast.filing(), teachers_pe="")
    client = as_user(cast.clerk)
    answer = client.post(
        url("explain", filing), {**EXPLAINED, "text": "体育教师由外校走教"}, headers={"HX-Request": "true"}
    )
    assert answer["HX-Trigger"] == f'{{"filing-version": {cast.filing().version}}}'
    assert "体育教师由外校走教" in client.get(url("detail", filing)).content.decode()
    assert selectors.checked(cast.filing()).to_explain == 0


def test_the_same_words_explain_all_of_one_root_cause(cast, as_user):
    filing = fill_soundly(cast.filing())
    row = filing.rows.get(table="stage_year")
    row.values |= {"pupils": "500"}
    row.save()
    fill_soundly(filing, teachers_pe="")
    as_user(cast.clerk).post(url("explain", filing), {**EXPLAINED, "text": "走教", "all": "1"})
    assert selectors.checked(cast.filing()).is_sound


@pytest.mark.parametrize("who", ["neighbour_clerk", "town_head", "officer"])
def test_only_those_who_fill_explain(cast, as_user, who):
    filing = fill_soundly(cast.filing(), teachers_pe="")
    assert as_user(cast.people[who]).post(url("explain", filing), {**EXPLAINED, "text": "走教"}).status_code == 404


def test_what_is_not_doubtful_cannot_be_explained(cast, as_user):
    filing = fill_soundly(cast.filing())
    assert as_user(cast.clerk).post(url("explain", filing), {**EXPLAINED, "text": "走教"}).status_code == 404


def standing(cast, **changed):
    filing = fill_soundly(cast.filing(), **changed)
    found = standing_of(filing, selectors.checked(filing), rows_of(filing))
    return {line.standing.indicator: line for stage in found for line in (*stage.counted, *stage.others)}


def test_it_says_how_many_are_lacking_in_whole_units(cast):
    line = standing(cast, backbone_teachers="1")["backbone_teachers_per_100"]
    assert (line.missing, line.standing.lack_unit) == (4, "名"), "500 pupils ask for 5"


def test_it_says_how_much_is_too_much(cast):
    line = standing(cast, classes_over_65="2")["classes_too_large"]
    assert (line.too_much, line.missing) == (2, None)


def test_what_cannot_be_said_names_what_is_missing(cast):
    line = standing(cast, teachers_pe="")["pe_arts_teachers_per_100"]
    assert line.standing.outcome == "unknown"
    assert line.blanks == ("体育专任教师",)


def test_the_standing_moves_with_what_is_typed(cast, as_user):
    filing = fill_soundly(cast.filing(), backbone_teachers="1")
    client = as_user(cast.clerk)
    assert "差 4 名" in client.get(url("standing", filing)).content.decode()
    fill_soundly(filing, backbone_teachers="3")
    assert "差 2 名" in client.get(url("standing", filing)).content.decode()


def test_a_remark_on_a_cell_reaches_those_who_fill_and_the_answer_reaches_back(cast, as_user):
    filing = cast.filing()
    as_user(cast.officer).post(url("remark", filing), {"cell": "stage_year/primary/pupils", "text": "比上年少一半？"})
    told = Notice.objects.get(user=cast.clerk)
    assert "比上年少一半？" in str(told)
    assert told.url == url("cell", filing, "stage_year", "primary", "pupils")
    as_user(cast.clerk).post(url("remark", filing), {"cell": "stage_year/primary/pupils", "text": "有一校区并走"})
    assert "有一校区并走" in str(Notice.objects.get(user=cast.officer))
    assert "比上年少一半？" in as_user(cast.clerk).get(url("detail", filing)).content.decode()


def test_only_who_made_a_remark_or_answers_for_the_county_settles_it(cast, as_user):
    filing = cast.filing()
    as_user(cast.town_head).post(url("remark", filing), {"text": "请补材料"})
    comment = filing.comments.get()
    assert as_user(cast.clerk).post(url("settle", filing, comment.pk)).status_code == 404
    as_user(cast.town_head).post(url("settle", filing, comment.pk))
    comment.refresh_from_db()
    assert comment.settled_at is not None


@pytest.mark.parametrize("cell", ["stage_year/primary/nothing", "nothing//x", "nonsense", "stage_year/junior/pupils"])
def test_a_remark_on_a_cell_that_there_is_not_is_not_made(cast, as_user, cell):
    filing = cast.filing()
    assert as_user(cast.officer).post(url("remark", filing), {"cell": cell, "text": "？"}).status_code == 404
    assert not filing.comments.exists()


def test_a_summary_shows_what_changed_since_last_year_and_what_was_explained(cast, as_user):
    filing = fill_soundly(cast.filing(), teachers_pe="")
    as_user(cast.clerk).post(url("explain", filing), {**EXPLAINED, "text": "由外校走教"})
    page = as_user(cast.principal).get(url("summary", filing))
    assert "由外校走教" in page.content.decode()
    assert {figure.name for figure in page.context["summary"].figures} >= {"小学 在校生数", "小学 班数"}
