"""Files are read in a process of its own: it says what it found or why not, and ends when it takes too long."""

from __future__ import annotations

import pytest

from junheng.claims.claim import Verdict
from junheng.documents.errors import DamagedDocumentError
from junheng.web.claims import apart, apart_child
from junheng.web.claims.apart import Against, check_apart
from junheng.web.claims.asking import Asked
from junheng.web.claims.errors import CheckTooSlowError


def test_what_the_other_process_says_is_said_here_under_the_name_that_people_know(tmp_path):
    text, word = tmp_path / "file.txt", tmp_path / "file.docx"
    text.write_text("全县有学生1000人，教师100人，师生比1:10。", encoding="utf-8")
    found = check_apart(text, "自查报告.txt", Against())
    assert found.document.name == "自查报告.txt"
    assert [claim.quote for claim in found.claims] == [
        found.document.text[claim.start : claim.start + len(claim.quote)] for claim in found.claims
    ]
    word.write_bytes(b"PK no zip")
    with pytest.raises(DamagedDocumentError, match=r"自查报告\.docx"):
        check_apart(word, "自查报告.docx", Against())


def test_what_takes_too_long_is_given_up(tmp_path, monkeypatch):
    file = tmp_path / "file.txt"
    file.write_text("学生1000人", encoding="utf-8")
    monkeypatch.setattr(apart, "MOST_SECONDS", 0)
    with pytest.raises(CheckTooSlowError, match=r"自查报告\.txt"):
        check_apart(file, "自查报告.txt", Against())


def test_a_report_is_compared_with_what_was_judged(cast, evaluation, tmp_path):
    file = tmp_path / "file.txt"
    file.write_text("甲县2025年共有小学3所，小学在校生1600人。", encoding="utf-8")
    found = apart_child.checked(file, "自查报告.txt", Asked(evaluation).against)
    wrong = [claim for claim in found.claims if claim.verdict is Verdict.INCONSISTENT]
    assert [(claim.written, claim.recomputed, claim.against) for claim in wrong] == [("1600", 1500, "data")]
