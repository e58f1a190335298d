"""The checker finds nothing wrong in the reports that Junheng writes itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.reading import read_document
from junheng.reporting.word.write import write_word
from reports_made import made


@pytest.mark.parametrize("name", ["work_report", "self_assessment"])
def test_a_report_of_our_own_holds(name: str, tmp_path: Path):
    path = tmp_path / f"{name}.docx"
    write_word(made(name), path)
    claims = check_document(read_document(path))
    assert not [claim.quote for claim in claims if claim.verdict is Verdict.INCONSISTENT]
    assert [claim for claim in claims if claim.verdict is Verdict.CONSISTENT]
