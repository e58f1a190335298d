"""核对报告: hold a Word report that people have worked on against what is judged now, or write today's figures into it.

A file is hostile until it is known as one of ours: it is bounded, read under a name of our own, and gone with the
answer. What it says of itself only finds the report among those that somebody sees; that one says how to make it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from junheng.base.errors import JunhengError
from junheng.reporting.library import installed_report
from junheng.reporting.lint.finding import Finding
from junheng.reporting.lint.lint import lint_file
from junheng.web.access import Action, may_anywhere
from junheng.web.accounts.models import User
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import judgement_of, newest_of
from junheng.web.failures import words_of
from junheng.web.filings.errors import UploadTooLargeError
from junheng.web.filings.uploads import MOST_MEGABYTES
from junheng.web.limits import UPLOADS, limited
from junheng.web.reports.errors import (
    NotComparableError,
    NothingToCompareError,
    TooLongToCheckError,
    UnknownReportError,
)
from junheng.web.reports.making import written_from
from junheng.web.reports.models import Report
from junheng.web.reports.selectors import reports_for
from junheng.web.reports.sources import evaluations_to_report
from junheng.web.signed_in import SignedInRequest
from junheng.workflow import Difference, Verification, compare_report, read_report, refresh_report

if TYPE_CHECKING:
    from junheng.reporting.word.marked import MarkedReport

ROWS_SHOWN = 200  # of each list
MOST_UNPACKED = 24  # megabytes, which take some seconds to read; a report of 500 schools has 5 to 15
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OWN_NAME = "上传的报告.docx"  # zh: data


class CheckForm(forms.Form):
    """The Word file to check."""

    file = forms.FileField(
        label=gettext_lazy("Word 文件"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={"required": gettext_lazy("请选一个 Word 文件。")},
    )


@dataclass(frozen=True)
class Row:
    """A figure that does not say what it should, as the page lists it."""

    place: str
    about: str
    text: str
    now: str
    reason: str


@dataclass(frozen=True)
class Checked:
    """What came out: the report that the file is of, the judgement it was compared with, and the comparison."""

    report: Report
    evaluation: Evaluation | None
    verification: Verification
    findings: tuple[Finding, ...] = ()

    @property
    def rows(self) -> list[Row]:
        return [_row(one) for one in self.verification.differences]


@require_http_methods(["GET", "POST"])
@login_required
@limited(UPLOADS)
def check(request: SignedInRequest) -> HttpResponse:
    """Compare a file and list what differs; with ``refresh`` answer with the file as it should be."""
    if not may_anywhere(request.user, Action.VIEW_REPORT):
        raise Http404
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if not form.is_valid():
        return _page(request, form)
    upload = form.cleaned_data["file"]
    name = PurePath(upload.name.replace("\\", "/")).name[-120:]
    try:
        with _received(upload, name) as file:
            checked = _compared(file, name, request.user)
            if "refresh" in request.POST:
                return _refreshed(file, checked)
            findings = lint_file(file, county=checked.verification.marked.provenance.county)
    except JunhengError as error:
        form.add_error("file", words_of(error).replace(_OWN_NAME, name))
        return _page(request, form)
    return _page(request, CheckForm(), Checked(checked.report, checked.evaluation, checked.verification, findings))


def _page(request: SignedInRequest, form: CheckForm, checked: Checked | None = None) -> HttpResponse:
    context = {"form": form, "checked": checked, "most": ROWS_SHOWN, "limit": MOST_MEGABYTES}
    return render(request, "reports/check.html", context)


@contextmanager
def _received(upload: UploadedFile[bytes], name: str) -> Iterator[Path]:
    """The file under a name of our own; it is gone afterwards.

    Args:
        name: what its sender calls it.

    Raises:
        UploadTooLargeError, TooLongToCheckError: it is not read at all.
    """
    if (upload.size or 0) > MOST_MEGABYTES * 2**20:
        raise UploadTooLargeError(file=name, size=(upload.size or 0) / 2**20, limit=MOST_MEGABYTES)
    with TemporaryDirectory(prefix="junheng-report-") as folder:
        file = Path(folder) / _OWN_NAME
        with file.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        size = _unpacked(file)
        if size > MOST_UNPACKED * 2**20:
            raise TooLongToCheckError(file=name, size=size >> 20, limit=MOST_UNPACKED)
        yield file


def _unpacked(file: Path) -> int:
    """The bytes in a zip file; 0 for what is none, which whoever reads it says."""
    try:
        with ZipFile(file) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return 0


def _compared(file: Path, name: str, user: User) -> Checked:
    marked = read_report(file)
    report = _report_of(marked, name, user)
    evaluation = _evaluation_now(report, user)
    rebuilt = written_from(report, judgement_of(evaluation) if evaluation else None)
    return Checked(report, evaluation, compare_report(marked, rebuilt))


def _report_of(marked: MarkedReport, name: str, user: User) -> Report:
    """The report that a file was written for, among those that somebody sees.

    Raises:
        UnknownReportError: there is none.
        NotComparableError: its figures have no keys to compare by, or it takes a job to make again.
    """
    made = marked.provenance
    found = reports_for(user).exclude(checksum="").order_by("-pk")
    report = found.filter(checksum=marked.checksum).first()
    if report is None:  # a file with newer figures in it has a checksum of its own
        same = found.filter(maker=marked.report, place__code=made.school or made.county, options__masked="")
        year = made.school_year or 0  # a report on plans has none, nor a judgement
        report = same.filter(standard=made.standard, evaluation__period__school_year=year).first()
    if report is None:
        raise UnknownReportError(file=name)
    if report.masked:
        raise NotComparableError(report=report, kind=_("脱敏版"))
    if report.options.get("counties"):
        raise NotComparableError(report=report, kind=_("几个县的汇总报告"))
    return report


def _evaluation_now(report: Report, user: User) -> Evaluation | None:
    """What counts now of the year and standard that the report was written from; None for reports on plans.

    Raises:
        NothingToCompareError: there is nothing any more.
    """
    if report.evaluation is None:
        return None
    found = evaluations_to_report(user, report.place, installed_report(report.maker)).filter(
        period__school_year=report.evaluation.period.school_year, standard=report.evaluation.standard
    )
    evaluation = newest_of(found)
    if evaluation is None:
        raise NothingToCompareError(report=report)
    return evaluation


def _refreshed(file: Path, checked: Checked) -> HttpResponse:
    """The file with the figures of today in it; all other words stay."""
    done = file.with_name("refreshed.docx")
    refresh_report(file, done, checked.verification.rebuilt)
    name = _("%(report)s（更新）.docx") % {"report": checked.report}
    answer = HttpResponse(done.read_bytes(), content_type=_WORD)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _row(one: Difference) -> Row:
    now = _("（不再出现）") if one.now is None else one.now.text
    return Row(one.marked.place, one.marked.figure.about, one.marked.text or _("（空）"), now, _reason(one))


def _reason(one: Difference) -> str:
    if one.now is None:
        return _("报告里不再有这个数")
    if one.edited:
        return _("手工改过，数据也变了") if one.stale else _("手工改过")
    return _("数据变了")
