"""Totals of figures in other sentences and paragraphs, and of what there was and what was added."""

from __future__ import annotations

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

HOLDS, FAILS = Verdict.CONSISTENT, Verdict.INCONSISTENT


def verdict_of(text: str, quote: str) -> Verdict:
    claims = check_document(plain_document(text))
    return next(claim.verdict for claim in claims if claim.quote.endswith(quote))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "普通高中在校生3120人,教职工264人;义务教育阶段在校生21460人,教职工1508人。在园幼儿6015人。"
            "全县学生总数30595人。",
            "30595人",
        ),
        ("在校生9460人,其中:小学22所,学生5810人;初中8所,学生2940人;普通高中1所,学生710人。", "9460人"),
        ("七年级216人、八年级208人、九年级195人,全校学生619人。", "619人"),
        (
            "高中段教育有学校4所;招生1480人;在校生4215人。\n普通高中招生1100人;在校生3190人。\n"
            "中等职业学校招生380人;在校生1025人。\n",
            "4215人",
        ),
    ],
)
def test_figures_gone_through_one_by_one_confirm_their_total(text: str, quote: str) -> None:
    assert verdict_of(text, quote) is HOLDS


def test_where_they_do_not_other_figures_may_be_meant() -> None:
    text = "普通高中在校生3120人;义务教育阶段在校生21460人。在园幼儿6015人。全县学生总数33595人。"
    assert verdict_of(text, "33595人") is not FAILS


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("今年建成塑胶跑道14条,累计达到53条,此前已有39条。", "53条", HOLDS),
        ("今年建成塑胶跑道14条,累计达到63条,此前已有39条。", "63条", FAILS),
        ("去年全县小学图书41.2万册;今年新购8.3万册,总量达到49.5万册。", "49.5万册", HOLDS),
        ("新建跑道14条,维修跑道5条,累计达到63条,此前已有39条。", "63条", Verdict.NOT_CHECKABLE),
    ],
)
def test_what_there_was_and_what_was_added_make_what_there_is(text: str, quote: str, verdict: Verdict) -> None:
    assert verdict_of(text, quote) is verdict
