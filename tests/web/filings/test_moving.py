"""What moves on the page while a form is filled: the sentence, the counts, the cells that cannot be read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from junheng.web.filings import selectors
from junheng.web.filings.reading import rows_of
from junheng.web.filings.standing import standing_of
from web.conftest import fill_soundly

PUPILS = "stage_year/primary/pupils"
MOVING = 'id="answer" hx-swap-oob="true"'


def url(name, filing, *more):
    return reverse(f"filings:{name}", args=[filing.code, *more])


def lines(cast, **changed):
    filing = fill_soundly(cast.filing(), **changed)
    found = standing_of(filing, selectors.checked(filing), rows_of(filing))
    return {line.standing.indicator: line for stage in found for line in (*stage.counted, *stage.others)}


@pytest.mark.parametrize("typed", ["abc", "-5", "1e999", "长" * 300])
def test_what_cannot_be_read_is_told_with_its_cell_after_a_pause(cast, as_user, typed):
    filing = fill_soundly(cast.filing(), pupils=typed)
    html = as_user(cast.clerk).get(url("standing", filing)).content.decode()
    assert f'data-finding="{PUPILS}" data-severity="error"' in html
    assert "错误 1 · 待说明" in html


def test_the_sentence_moves_after_a_pause_and_after_a_check(cast, as_user):
    filing = fill_soundly(cast.filing(), pupils="abc")
    filing.version = 2
    filing.save()
    client = as_user(cast.clerk)
    for html in (
        client.get(url("standing", filing)).content.decode(),
        client.post(url("check", filing), headers={"HX-Request": "true"}).content.decode(),
    ):
        assert f"<span {MOVING}>还有 1 处错误要改" in html


def test_a_cell_that_cannot_be_read_takes_no_other_figure_of_its_row_along(cast):
    found = lines(cast, teachers_pe="abc")
    assert found["backbone_teachers_per_100"].standing.value is not None
    line = found["pe_arts_teachers_per_100"]
    assert (line.blanks, line.unread) == ((), ("体育专任教师",))


def test_of_a_long_value_the_message_quotes_the_beginning(cast, as_user):
    filing = fill_soundly(cast.filing(), pupils="长" * 300)
    html = as_user(cast.clerk).post(url("check", filing), headers={"HX-Request": "true"}).content.decode()
    assert "长" * 39 + "…" in html
    assert "长" * 41 not in html


def test_a_remark_stands_at_its_cell(cast, as_user):
    filing = cast.filing()
    as_user(cast.officer).post(url("remark", filing), {"cell": PUPILS, "text": "比上年少一半？"})
    html = as_user(cast.clerk).get(url("detail", filing)).content.decode()
    at_cell = html.split(f'data-cell="{PUPILS}"')[1].split("</div>\n</div>")[0]
    assert "比上年少一半？" in at_cell


def test_a_dialog_leads_to_the_first_error_while_there_is_one(cast, as_user):
    filing = fill_soundly(cast.filing(), pupils="abc")
    client = as_user(cast.clerk)
    html = client.get(url("detail", filing)).content.decode()
    assert "data-when-sound hidden>" in html
    assert f'data-cell-link="c-{PUPILS}" data-closes>到第一处错误' in html
    fill_soundly(filing, pupils="500")
    assert "data-when-sound>" in client.get(url("detail", filing)).content.decode()


def test_a_complete_form_is_to_be_handed_in(cast, as_user):
    html = as_user(cast.clerk).get(url("detail", fill_soundly(cast.filing()))).content.decode()
    assert "已填齐，请提交" in html


def test_only_whose_turn_it_is_finds_a_filing_to_do(cast, as_user):
    fill_soundly(cast.filing())
    assert "待办" in as_user(cast.clerk).get(reverse("filings:list")).content.decode()
    page = as_user(cast.principal).get(reverse("filings:list"))
    assert "待办" not in page.content.decode()
    assert "提交后请您签报" in page.content.decode()


def test_a_summary_without_changes_has_no_empty_table(cast, as_user):
    html = as_user(cast.principal).get(url("summary", fill_soundly(cast.filing()))).content.decode()
    assert "没有上年的数可比" in html
    assert '<th scope="col" class="num">变化</th>' not in html
