"""All of them (全部达标), and yet some not (目前还有5所未达标), said of the same thing in one piece of writing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood, mood_of
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import terms

_DONE = (
    r"(?P<done>达标|达到[^,。;、]{0,10}?标准|合格|通过[^,。;、]{0,8}?验收"
    r"|完成[^,。;、]{0,8}?(?:改造|建设)|接入[^,。;、]{0,6}|持证|入学)"
)
_ALL = re.compile(
    r"(?P<who>[一-鿿]{2,14}?)(?:已|现已|目前已?)?(?:经)?(?:100%|全部|全都|百分之百)(?:均|都|已经?|实现了?)*"
    rf"{_DONE}(?![率的校])"
)
_NOT_YET = re.compile(rf"^(?:学校|[一-鿿]{{0,6}}?)?(?:未能?|没有|尚未|还未|仍未|不)(?:{_DONE})")
_STILL = re.compile(r"(?:还|尚|仍|目前)有$")


def universal_claims(report: Report) -> list[Claim]:
    """Judge every 全部 that a stated exception of the same kind and the same words takes back."""
    found = []
    text = report.cleaned.text
    exceptions = [(mention, done) for mention in report.mentions if (done := _exception(report, mention)) is not None]
    for match in _ALL.finditer(text) if exceptions else ():
        sentence = report.built.sentences[report.built.at(match.start())]
        before = text[sentence.start : match.start("done")]
        who = terms().named(match["who"])
        if who.concept != "schools" or who.facets or who.rest:
            continue
        if mood_of(before, "", sentence.headings, rules=sentence.rules) is not Mood.RESULT:
            continue
        same = [
            mention
            for mention, done in exceptions
            if done == match["done"] and report.chapter(mention) == sentence.chapter
        ]
        if same:
            found.append(_untrue(report, match, sentence.headings, same[0]))
    return found


def _untrue(report: Report, match: re.Match[str], headings: Sequence[str], exception: Mention) -> Claim:
    quote, start = report.quoted(match.start(), match.end())
    given = report.input(exception)
    return Claim(
        quote=quote,
        start=start,
        section=" › ".join(headings),
        relation="universal",
        claimed=True,
        written=match.group(),
        unit="",
        inputs=(given,),
        recomputed=False,
        verdict=Verdict.INCONSISTENT,
        threshold=None,
        threshold_met=None,
        why=Reason("exception_stated", {"other": given.quote}),
    )


def _exception(report: Report, mention: Mention) -> str | None:
    """What some schools have not done: 达标 of 还有5所未达标; None when a figure is no such exception."""
    if mention.role is not Role.STATED or mention.mood is Mood.PLAN or mention.figure.unit.base != "school":
        return None
    if not mention.figure.numeral.value or not _STILL.search(report.text(mention.start, mention.figure.start)):
        return None
    found = _NOT_YET.match(report.text(mention.end, mention.end + 24))
    return found["done"] if found else None
