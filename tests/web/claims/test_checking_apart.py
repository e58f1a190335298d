"""Files are read in a process of its own: it says what it found or why not, and ends when it takes too long."""

from __future__ import annotations

from dataclasses import replace

import pytest

from junheng.claims.claim import Verdict
from junheng.documents.errors import DamagedDocumentError
from junheng.web.claims import apart, apart_child
from junheng.web.claims.apart import check_apart
from junheng.web.claims.apart_child import together
from junheng.web.claims.asking import against
from junheng.web.claims.errors import CheckTooSlowError
from web.claim_documents import checked


def test_what_the_other_process_says_is_said_here_under_the_name_that_people_know(tmp_path):
    text, word = tmp_path / "file.txt", tmp_path / "file.docx"
    text.write_text("全县有学生1000人，教师100人，师生比1:10。", encoding="utf-8")
    found = check_apart(text, "自查报告.txt", None)
    assert found.document.name == "自查报告.txt"
    assert [claim.quote for claim in found.claims] == [
        found.document.text[claim.start : claim.start + len(claim.quote)] for claim in found.claims
    ]
    word.write_bytes(b"PK no zip")
    with pytest.raises(DamagedDocumentError, match=r"自查报告\.docx"):
        check_apart(word, "自查报告.docx", None)


def test_what_takes_too_long_is_given_up(tmp_path, monkeypatch):
    file = tmp_path / "file.txt"
    file.write_text("学生1000人", encoding="utf-8")
    monkeypatch.setattr(apart, "MOST_SECONDS", 0)
    with pytest.raises(CheckTooSlowError, match=r"自查报告\.txt"):
        check_apart(file, "自查报告.txt", None)


def test_a_figure_that_the_data_settle_is_not_also_one_that_cannot_be_checked():
    alone = checked().claims
    wrong = replace(alone[0], verdict=Verdict.INCONSISTENT, against="data")
    open_too = replace(alone[2], verdict=Verdict.NOT_CHECKABLE, against="data")
    both = replace(alone[4], against="data")
    found = together(alone, (wrong, open_too, both))
    assert [(claim.quote, claim.against) for claim in found] == [
        ("学生1000人", "data"),
        ("图书30000册", "text"),
        ("生均图书32册", "text"),
        ("生均校舍7平方米", "text"),
        ("师生比1:10", "text"),
        ("师生比1:10", "data"),
    ]


def test_a_report_is_compared_with_what_was_judged(cast, evaluation, tmp_path):
    file = tmp_path / "file.txt"
    file.write_text("甲县2025年共有小学3所，小学在校生1600人。", encoding="utf-8")
    found = apart_child.checked(file, "自查报告.txt", against(evaluation))
    wrong = [claim for claim in found.claims if claim.verdict is Verdict.INCONSISTENT]
    assert [(claim.written, claim.recomputed, claim.against) for claim in wrong] == [("1600", 1500, "data")]
