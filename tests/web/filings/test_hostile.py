"""What pages and programs send that nobody types: it is refused or made plain, and never breaks a page."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from junheng.web.filings import taking
from junheng.web.filings.models import Filing, FilingRow
from junheng.web.filings.services import CellChange, add_comment, save_cells, take_step
from junheng.web.filings.uploads import Kept
from junheng.web.notices import services as notices
from web.conftest import fill_soundly

LONG = "9" * 5000


@pytest.mark.parametrize(("typed", "kept"), [("5\x0000", "500"), ("5\ud800", "5"), ("\0", "")])
def test_what_no_database_takes_is_left_out_of_a_cell(cast, typed, kept):
    change = CellChange("stage_year", "primary", "pupils", "", typed)
    save_cells(filing=cast.filing(), changes=[change], acting_user=cast.clerk)
    assert cast.filing().rows.get(table="stage_year").values.get("pupils", "") == kept


def test_it_is_left_out_of_remarks_too_and_names_no_cell(cast, as_user):
    comment = add_comment(filing=cast.filing(), text="请\0核对", acting_user=cast.officer)
    assert comment.text == "请核对"
    body = json.dumps({"cells": [["stage_year/pri\0mary/pupils", "", "5"]]})
    answer = as_user(cast.clerk).post(
        reverse("filings:save", args=[cast.filing().code]), body, content_type="application/json"
    )
    assert answer.json()["code"] == "JH-B044"


def test_a_version_of_five_thousand_digits_is_no_version(cast, as_user):
    code = cast.filing().code
    step = as_user(cast.clerk).post(reverse("filings:step", args=[code, "hand_in"]), {"version": LONG}, follow=True)
    assert step.status_code == 200
    officer = as_user(cast.officer)
    decided = officer.post(f"/filings/board/{code}/decide/", {"version": LONG, "step": "approve"})
    assert decided.status_code == 404
    bulk = officer.post("/filings/board/bulk/", {"action": "approve", "row": [str(code)], "count": LONG}, follow=True)
    assert "JH-B046" in bulk.content.decode()
    assert officer.get("/filings/board/", {"year": LONG}).status_code == 200
    verified = as_user(cast.inspector).post(
        reverse("inspections:verify-filing", args=[code]), {"version": LONG}, follow=True
    )
    assert verified.status_code == 200
    assert cast.filing().state == "draft"


def test_a_workbook_is_taken_wholly_or_not_at_all(cast, monkeypatch):
    filing = fill_soundly(cast.filing())

    class Preview:
        changes = (CellChange("stage_year", "primary", "pupils", "500", "510"),)
        new_rows = ()
        notes = {("stage_year", "primary"): "说明"}  # noqa: RUF012 - stands in for a preview

    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(taking, "read_kept", lambda *_args: None)
    monkeypatch.setattr(taking, "preview_of", lambda *_args: Preview)
    monkeypatch.setattr(taking, "explain_by_notes", broken)
    kept = Kept("0" * 64, ".xlsx", "表.xlsx")
    with pytest.raises(RuntimeError):
        taking.take_upload(filing=filing, kept=kept, version=filing.version, user=cast.clerk)
    assert FilingRow.objects.get(filing=filing, table="stage_year").values["pupils"] == "500"


def test_a_step_whose_notice_cannot_be_kept_is_not_taken(cast, monkeypatch):
    filing = fill_soundly(cast.filing())

    def broken(**_kwargs):
        raise RuntimeError

    monkeypatch.setattr(notices, "tell", broken)
    with pytest.raises(RuntimeError):
        take_step(filing=filing, step="hand_in", version=filing.version, acting_user=cast.clerk)
    assert Filing.objects.get(pk=filing.pk).state == "draft"
