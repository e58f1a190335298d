"""Files of the national store that do not read: a page that says so, never a failure."""

import pytest

from junheng.web.monitoring import outlook_content
from web.monitoring.conftest import text_of

PAGES = ("", "trends/", "warnings/", "ranking/", "inequality/", "targets/", "counties/336001/")


@pytest.mark.parametrize("damage", [b"", b"PAR1 and then nothing", b"\x00" * 4096])
@pytest.mark.parametrize("kind", ["counties.parquet", "measures.parquet", "schools.parquet", "about.json"])
def test_a_damaged_file_of_a_judged_year_is_said(watchers, own_nation, as_user, kind, damage):
    for file in (own_nation / "judged").glob(f"*/year=2025/*/{kind}"):
        file.write_bytes(damage)
    client = as_user(watchers.province)
    client.raise_request_exception = False
    shown = {page: client.get(f"/monitoring/{page}") for page in PAGES}
    assert {answer.status_code for answer in shown.values()} <= {200, 503}
    said = [text_of(answer) for answer in shown.values() if answer.status_code == 503]
    assert said
    assert all("监测的数据暂时读不出来" in text and str(own_nation) not in text for text in said)


@pytest.mark.parametrize(("kind", "page"), [("boundaries", ""), ("targets", "targets/"), ("boundaries", "boundaries/")])
def test_a_damaged_file_that_was_sent_is_named(watchers, own_nation, as_user, kind, page):
    (own_nation / kind).mkdir()
    (own_nation / kind / "33.json").write_text('{"336001": [[[')
    answer = as_user(watchers.province).get(f"/monitoring/{page}")
    assert answer.status_code == 503
    assert "33.json 已损坏" in text_of(answer)


def test_while_somebody_judges_the_years_to_come_another_is_asked_to_wait(watchers, nation, as_user, monkeypatch):
    monkeypatch.setitem(outlook_content._patience, True, 0.01)
    client = as_user(watchers.officer)
    with outlook_content._locks[True]:
        page = client.get("/monitoring/counties/336001/outlook/", {"falls": "1"})
    assert page.status_code == 200
    assert "请十几秒后再点一次" in text_of(page)
    assert page.context["charts"]
    assert "falls_url" in page.context
    assert not page.context["judged"]
