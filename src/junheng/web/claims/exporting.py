"""What was found, as files: the report with comments, a page, JSON, the list of what somebody accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.claims.account import amount, place_words, threshold_words, why_words, written_amount
from junheng.claims.claim import Claim
from junheng.claims.marking import Only, mark_of
from junheng.claims.reasons import words
from junheng.claims.serial import figures
from junheng.web.claims.apart import Checked
from junheng.web.claims.decisions import Decision, Said, keys_of
from junheng.web.exports import csv_response, xlsx_response
from junheng.web.templatetags.words import in_english, label
from junheng.workflow import annotate_claims

# By the last part of the address: what the button says.
FORMS = {
    "docx": gettext_lazy("Word 批注版"),
    "html": gettext_lazy("网页"),
    "json": "JSON",
    "xlsx": gettext_lazy("Excel 清单"),
    "csv": gettext_lazy("CSV 清单"),
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def export(form: str, path: Path, checked: Checked, decisions: Mapping[str, Decision]) -> HttpResponseBase:
    """An answer that the browser saves: what was dismissed stands in none, lists hold what was accepted.

    Args:
        form: one of ``FORMS``.
        path: the file that was checked; a Word file keeps its looks.
        decisions: by the key of the figure.

    Raises:
        JunhengError: the file cannot be written.
    """
    name = _("%(name)s（核对）") % {"name": PurePath(checked.document.name).stem}
    language = _language()
    document, claims = checked.document, _without_dismissed(checked.claims, decisions)
    match form:
        case "docx":
            return _annotated(name, ".docx", _WORD, path, Checked(document, claims), Only.INCONSISTENT)
        case "html":
            return _annotated(name, ".html", "text/html; charset=utf-8", path, Checked(document, claims), Only.ALL)
        case "json":
            text = figures(claims, language).model_dump_json(indent=2)
            return _saved(f"{name}.json", "application/json", text.encode())
        case "xlsx":
            return xlsx_response(name, _heads(), _accepted(checked, decisions, language))
        case _:
            return csv_response(name, _heads(), _accepted(checked, decisions, language))


def _annotated(name: str, suffix: str, kind: str, path: Path, checked: Checked, only: Only) -> HttpResponse:
    """A copy of the file that was checked: a Word file keeps its looks, of others the copy has the text."""
    original = path if path.suffix == ".docx" == suffix else None
    with TemporaryDirectory(prefix="junheng-claims-") as folder:
        written = Path(folder) / f"file{suffix}"
        annotate_claims(checked.document, checked.claims, written, original=original, only=only, language=_language())
        return _saved(name + suffix, kind, written.read_bytes())


def _language() -> str:
    return "en" if in_english() else "zh"


def _without_dismissed(claims: tuple[Claim, ...], decisions: Mapping[str, Decision]) -> tuple[Claim, ...]:
    dismissed = {key for key, decision in decisions.items() if decision.said is Said.DISMISSED}
    return tuple(claim for key, claim in zip(keys_of(claims), claims, strict=True) if key not in dismissed)


def _heads() -> list[str]:
    return [
        _("序号"),
        _("位置"),
        _("原文"),
        _("结论"),
        _("写的"),
        _("重算"),
        _("理由"),
        _("可能的原因"),
        _("标准"),
    ]


def _accepted(checked: Checked, decisions: Mapping[str, Decision], language: str) -> Iterator[list[object]]:
    number = 0
    for key, claim in zip(keys_of(checked.claims), checked.claims, strict=True):
        decision = decisions.get(key)
        if decision is None or decision.said is not Said.ACCEPTED:
            continue
        number += 1
        yield [
            number,
            place_words(checked.document, claim, language),
            " ".join(claim.quote.split()),
            label(mark_of(claim)),
            written_amount(claim),
            amount(claim.recomputed, claim.unit, language),
            why_words(claim, language),
            words(claim.cause, language) if claim.cause else "",
            threshold_words(claim, language),
        ]


def _saved(name: str, kind: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
