"""核对报告: a Word file that was worked on is compared with what counts now; one that is none of ours is refused."""

from __future__ import annotations

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from junheng.reporting.word.write import write_word
from junheng.web.dashboards.services import evaluate
from junheng.web.reports import checking
from junheng.web.reports.models import Report
from web.conftest import approve, fill_soundly


@pytest.fixture
def word_file(made, tmp_path):
    """The Word file of a small report; ``other`` are words written over its first figure."""
    report = made("criteria", formats=[])
    path = tmp_path / "report.docx"
    write_word(report.model, path)

    def sent(name="自评报告.docx", *, other=""):
        content = path.read_bytes()
        return SimpleUploadedFile(name, _edited(content, other) if other else content)

    sent.report = report
    return sent


def _edited(content: bytes, other: str) -> bytes:
    """The file with other words in its first marked figure."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(made, "w") as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename == "word/document.xml":
                pattern = r'(w:val="junheng-[0-9a-f].*?<w:t [^>]*>)[^<]*(</w:t>)'
                data = re.sub(pattern, rf"\g<1>{other}\g<2>", data.decode(), count=1, flags=re.DOTALL).encode()
            after.writestr(entry, data)
    return made.getvalue()


def check(client, file, **more) -> str:
    return client.post("/reports/check/made/", {"file": file, **more}).getvalue().decode()


def test_a_figure_written_over_is_found_and_the_file_comes_back_as_it_should_be(cast, word_file, as_user):
    client = as_user(cast.leader)
    assert "都与现在的数据相符" in check(client, word_file())
    page = check(client, word_file(other="9999所"))
    for words in ("有 1 处与现在的数据不符", "9999所", "手工改过"):
        assert words in page
    answer = client.post("/reports/check/made/", {"file": word_file(other="9999所"), "refresh": "1"})
    mended = SimpleUploadedFile("x.docx", answer.getvalue())
    assert "都与现在的数据相符" in check(client, mended)


def test_what_was_judged_since_is_what_counts(cast, word_file, as_user):
    approve(fill_soundly(cast.filing(cast.neighbour), backbone_teachers="6"), cast.officer)
    evaluate(period=cast.period, basis="approved", acting_user=cast.officer)
    client = as_user(cast.leader)
    assert "数据变了" in check(client, word_file())
    newer = client.post("/reports/check/made/", {"file": word_file(), "refresh": "1"}).getvalue()
    assert "数据变了" not in check(client, SimpleUploadedFile("x.docx", newer))


def test_whoever_does_not_see_the_report_finds_none(cast, word_file, as_user):
    assert "没有“自评报告.docx”这一份" in check(as_user(cast.principal), word_file())
    Report.objects.update(names_people=True)
    assert "没有“自评报告.docx”这一份" in check(as_user(cast.leader), word_file())


def test_hostile_files_are_refused_in_words_and_nothing_of_them_stays(cast, word_file, as_user, settings, monkeypatch):
    client = as_user(cast.leader)
    assert "不是能读的 Word 文件" in check(client, SimpleUploadedFile("a.docx", b"PK\x03\x04 no zip"))
    damaged = bytearray(word_file().read())
    damaged[200:400] = b"x" * 200
    assert "不是能读的 Word 文件" in check(client, SimpleUploadedFile("a.docx", bytes(damaged)))
    assert "请选一个 Word 文件" in client.post("/reports/check/made/", {}).getvalue().decode()
    bomb = io.BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (checking.MOST_UNPACKED + 1) * 2**20)
    assert "解开后有" in check(client, SimpleUploadedFile("a.docx", bomb.getvalue()))
    monkeypatch.setattr(checking, "MOST_MEGABYTES", 0)
    assert "没有读取" in check(client, word_file("../../b.docx"))
    assert not any(path.is_file() for path in settings.FILES.rglob("*"))


def test_a_masked_copy_is_not_compared(cast, word_file, as_user):
    Report.objects.update(options={"masked": "names"})
    assert "脱敏版" in check(as_user(cast.leader), word_file())
