"""A written report as small as the pages need it, and what a checker says of its figures."""

from __future__ import annotations

from fractions import Fraction

from junheng.claims.claim import Claim, Input, Met, Reason, Threshold, Verdict
from junheng.documents.document import Document, plain_document
from junheng.web.claims.apart import Checked
from junheng.web.claims.models import Check

TEXT = """全县有学生1000人，图书30000册，
生均图书32册。校舍7000平方米，生均校舍7平方米，达到不少于8平方米的要求。
教师100人，师生比1:10。
"""


def checked(text: str = TEXT, name: str = "自查报告.txt") -> Checked:
    """The report, with one figure that does not hold, one that misses its limit, one that holds, others open."""
    document = plain_document(text, name)

    def given(quote: str, value: int) -> Input:
        return Input(quote.rstrip("0123456789人册"), Fraction(value), quote[-1], quote, text.index(quote))

    pupils, books = given("学生1000人", 1000), given("图书30000册", 30000)
    limit = Threshold(">=", Fraction(8), "平方米", "不少于8平方米")
    found = [
        _claim(document, "学生1000人", 1000, "人"),
        _claim(document, "图书30000册", 30000, "册"),
        _claim(
            document, "生均图书32册", 32, "册", Verdict.INCONSISTENT, inputs=(pupils, books), recomputed=Fraction(30)
        ),
        _claim(document, "生均校舍7平方米", 7, "平方米", Verdict.CONSISTENT, threshold=limit, threshold_met=Met.NO),
        _claim(document, "师生比1:10", 10, "", Verdict.CONSISTENT, inputs=(pupils,), recomputed=Fraction(10)),
    ]
    return Checked(document, tuple(found))


def _claim(
    document: Document,
    quote: str,
    value: int,
    unit: str,
    verdict: Verdict = Verdict.NOT_CHECKABLE,
    *,
    inputs: tuple[Input, ...] = (),
    recomputed: Fraction | None = None,
    threshold: Threshold | None = None,
    threshold_met: Met | None = None,
) -> Claim:
    return Claim(
        quote=quote,
        start=document.text.index(quote),
        section="",
        relation="",
        claimed=Fraction(value),
        written=str(value),
        unit=unit,
        inputs=inputs,
        recomputed=recomputed,
        verdict=verdict,
        threshold=threshold,
        threshold_met=threshold_met,
        why=Reason("nothing_to_compare"),
    )


def kept_check(place, user) -> Check:
    """A check that somebody kept, whose file is not there."""
    return Check.objects.create(
        name="自查报告.txt", digest="0" * 64, figures=5, inconsistent=1, missed=1, place=place, made_by=user
    )
