"""核对: a report is checked and its text shown with what was found; nothing of it stays unless somebody keeps it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from zipfile import ZipFile

import pytest

from junheng.web.audit.models import Event
from junheng.web.claims import upload
from junheng.web.claims.models import Check
from web.claim_documents import TEXT, checked

URL = "/reports/check/"
WRONG = f"{TEXT.index('生均图书32册')}-7-0"


def sent(client, file, **more) -> str:
    return client.post(URL, {"file": file, **more}).content.decode()


def token_of(page: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_text_comes_back_marked_with_the_reasoning_beside_it_and_nothing_is_kept(
    cast, as_user, asked, report, settings
):
    page = sent(as_user(cast.clerk), report())
    assert "有 2 处要看" in page
    assert re.search(r'class="claim is-wrong" href="#c3"[^>]*>生均图书32册</a>', page)
    assert re.search(r'class="claim is-missed"[^>]*>生均校舍7平方米</a>', page)
    assert f'href="#t{TEXT.index("图书30000册")}"' in page, "an input leads to its place in the text"
    assert "重算" in page
    assert not Check.objects.exists()
    assert files(settings.FILES) == []
    assert not asked[0][0].exists()


def test_what_the_text_holds_is_shown_and_never_taken_for_the_page(cast, as_user, asked, report):
    page = sent(as_user(cast.clerk), report(content=(TEXT + "<script>alert(1)</script>").encode()))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_was_dismissed_is_in_no_export_and_lists_hold_what_was_accepted(cast, as_user, asked, report):
    client = as_user(cast.clerk)
    token = token_of(sent(client, report()))
    missed = f"{TEXT.index('生均校舍7平方米')}-8-0"
    said = {"token": token, f"said:{WRONG}": "accepted", f"said:{missed}": "dismissed", f"reason:{missed}": "按新标准"}
    answer = client.post(URL, {"file": report(), "export": "csv", **said})
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:-1]] == ["生均图书32册"]
    listed = json.loads(client.post(URL, {"file": report(), "export": "json", **said}).content)
    assert [figure["quote"] for figure in listed] == ["学生1000人", "图书30000册", "生均图书32册", "师生比1:10"]
    word = client.post(URL, {"file": report(), "export": "docx", **said})
    with ZipFile(io.BytesIO(word.content)) as package:
        comments = package.read("word/comments.xml").decode()
    assert comments.count("<w:comment ") == 1
    page = client.post(URL, {"file": report(), "export": "html", **said})
    assert "生均图书32册" in page.content.decode()
    assert page["Content-Disposition"].startswith("attachment")


def test_a_dismissal_without_a_reason_does_not_count(cast, as_user, asked, report):
    client = as_user(cast.clerk)
    token = token_of(sent(client, report()))
    said = {"token": token, f"said:{WRONG}": "dismissed", f"reason:{WRONG}": " "}
    listed = json.loads(client.post(URL, {"file": report(), "export": "json", **said}).content)
    assert len(listed) == 5


def test_only_the_file_that_was_checked_is_exported_and_only_by_whoever_checked_it(cast, as_user, asked, report):
    token = token_of(sent(as_user(cast.clerk), report()))
    other = report(content=TEXT.replace("32", "33").encode())
    assert "不是刚才核对的那份材料" in sent(as_user(cast.clerk), other, token=token, export="csv")
    assert "已经失效" in sent(as_user(cast.principal), report(), token=token, export="csv")
    assert "已经失效" in sent(as_user(cast.principal), report(), token="forged", keep_checked="1")
    assert not Check.objects.exists()


def test_kept_only_when_asked_for_and_then_for_nobody_else_until_it_is_deleted(
    cast, as_user, asked, report, settings, django_capture_on_commit_callbacks
):
    client = as_user(cast.officer)
    client.post(URL, {"file": report("C:\\桌面\\自查报告.txt"), "keep": "on"})
    kept = Check.objects.get()
    assert kept.name == "自查报告.txt"
    assert files(settings.FILES) == [kept.path]
    assert kept.path.read_bytes() == TEXT.encode()
    own = f"{URL}{kept.code}/"
    assert "自查报告.txt" in client.get(URL).content.decode()
    assert client.get(own).status_code == 200
    assert as_user(cast.section).get(own).status_code == 404
    assert "自查报告.txt" not in as_user(cast.section).get(URL).content.decode()

    client = as_user(cast.officer)
    said = {"key": WRONG, f"said:{WRONG}": "dismissed", f"reason:{WRONG}": "另有口径"}
    client.post(f"{own}decide/", said)
    client.post(f"{own}decide/", said)
    assert 'value="另有口径"' in client.get(own).content.decode()
    assert len(json.loads(client.get(f"{own}json/").content)) == 4
    assert client.post(f"{own}decide/", {"key": "0-1-0"}).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{own}delete/")
    assert files(settings.FILES) == []
    assert not Check.objects.exists()
    events = Event.objects.filter(subject=f"check:{kept.pk}").order_by("pk")
    assert [event.action for event in events] == ["keep_check", "decide_finding", "delete_check"]
    assert {event.user for event in events} == {cast.officer}
    told = " ".join(f"{event.summary} {event.changes} {event.reason}" for event in events)
    assert "生均图书" not in told
    assert "另有口径" not in told


def test_what_was_decided_goes_along_when_a_check_is_kept_afterwards(cast, as_user, asked, report):
    client = as_user(cast.clerk)
    token = token_of(sent(client, report()))
    client.post(URL, {"file": report(), "token": token, "keep_checked": "1", f"said:{WRONG}": "accepted"})
    assert Check.objects.get().decisions == {WRONG: ["accepted", ""]}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("报告.exe", b"MZ", "没有读取"),
        ("报告.txt", b"x" * 2**20, "没有读取"),
    ],
)
def test_files_of_other_kinds_or_too_large_are_not_read(
    cast, as_user, asked, report, monkeypatch, name, content, words
):
    monkeypatch.setattr(upload, "MOST_MEGABYTES", 0.5)
    assert words in sent(as_user(cast.clerk), report(name, content))
    assert asked == []
    assert "请选一份材料" in as_user(cast.clerk).post(URL, {}).content.decode()


def test_data_are_offered_to_those_who_see_the_whole_county(cast, as_user, asked, report, evaluation):
    officer = as_user(cast.officer)
    assert str(evaluation.code) in officer.get(URL).content.decode()
    sent(officer, report(), evaluation=evaluation.code, standard="CN/youzhi_2017", day="2025-10-31")
    against = asked[0][1]
    assert (against.standard, against.day) == ("CN/youzhi_2017", date(2025, 10, 31))
    assert (against.judged.snapshot, against.judged.year) == (evaluation.snapshot, 2025)
    for user in (cast.clerk, cast.other_officer):
        assert str(evaluation.code) not in as_user(user).get(URL).content.decode()
    sent(as_user(cast.other_officer), report(), evaluation=evaluation.code)
    assert asked[-1][1].judged is None


def test_one_place_leads_to_both_ways_of_checking(cast, as_user):
    client = as_user(cast.clerk)
    for url in (URL, f"{URL}made/"):
        page = client.get(url).content.decode()
        assert f'href="{URL}" aria-current="page">核对<' in page
        assert page.count('class="tabs') == 1


def test_english_pages_are_english_but_for_the_report(cast, as_user, asked, report):
    client = as_user(cast.clerk)
    page = client.post(URL, {"file": report()}, headers={"Accept-Language": "en"}).content.decode()
    assert "does not hold" in page
    reasoning = re.sub(r'lang="zh-hans".*?</(?:article|p)>', "", page, flags=re.DOTALL)
    assert "重算" not in reasoning
    assert checked().claims[2].quote in page
