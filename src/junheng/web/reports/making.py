"""The job that makes a report: writes it, draws it in every form that was asked for, keeps both."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.reporting.facts.facts import Writer
from junheng.reporting.library import load_report
from junheng.reporting.redact import Mask
from junheng.reporting.report.report import Report as Model
from junheng.reporting.report.runs import words_of
from junheng.reporting.report.serial import to_json
from junheng.verdict.judgement import Judgement
from junheng.web.access import Action, require
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.jobs.files import keep, new_file
from junheng.web.jobs.work import Work
from junheng.web.plans.models import Plan
from junheng.web.reports.errors import PlanGoneError
from junheng.web.reports.models import Masked, Report, ReportFile
from junheng.web.reports.people import names_people
from junheng.web.reports.services import hides_names, record_made
from junheng.web.reports.sources import judgement_of_counties
from junheng.workflow import Written, report_on, write_report

FORMS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
_WRITTEN = ("content", "checksum", "title", "snapshot", "standard", "day", "software", "names_people")
_MASKS = {Masked.NAMES: Mask(figures=False), Masked.FIGURES: Mask(names=False), Masked.ALL: Mask()}


def make_report(work: Work) -> None:
    """Make a report that was asked for; arguments: ``report`` (its code)."""
    found = Report.objects.select_related("place", "evaluation__period")
    report = found.filter(code=work.arguments["report"]).first()
    if report is None:
        raise Http404
    require(work.user, Action.MAKE_REPORT, report.place)
    work.result["url"] = reverse("reports:detail", args=[report.code])
    forms = [form for form in FORMS if form in report.options["formats"]]
    work.tell(0, 1 + len(forms), _("正在写报告"))
    made = written_from(report, _judgement(report))
    with ExitStack() as drafts:
        files = []
        for count, form in enumerate(forms, 1):
            work.tell(count, 1 + len(forms), _("正在排 %(form)s 文件") % {"form": FORMS[form]})
            draft = drafts.enter_context(new_file(f".{form}"))
            files.append((form, write_report(made, draft, template=load_report(report.maker).template)))
        with work.ending():
            _keep(report, made, files)
            record_made(report, work.user)


def written_from(report: Report, judgement: Judgement | None) -> Model:
    """The report, written as it was asked for.

    Args:
        judgement: what it is written from; None for reports on plans.

    Raises:
        JunhengError: what is missing or does not fit, and what to do.
    """
    maker = load_report(report.maker)
    is_school = maker.definition.scope == "school"
    return report_on(
        judgement,
        report.maker,
        county=report.place.code if maker.definition.scope == "county" else "",
        school=report.place.code if is_school else "",
        plans=[plan.document for plan in _plans(report)],
        writer=writer_of(report.options),
        mask=_MASKS.get(Masked(report.options.get("masked", ""))),
    )


def _judgement(report: Report) -> Judgement | None:
    if codes := report.options.get("counties"):
        found = Evaluation.objects.filter(code__in=codes).select_related("period").defer("rows", "filings")
        return judgement_of_counties(list(found.order_by("period__county__path")))
    return judgement_of(report.evaluation) if report.evaluation else None


def _plans(report: Report) -> list[Plan]:
    """The plans that it draws on, in the order of their kinds.

    Raises:
        PlanGoneError: one of them was deleted.
    """
    codes = report.options.get("plans", [])
    found = list(Plan.objects.filter(code__in=codes).order_by("kind", "made_at", "pk"))
    if len(found) < len(codes):
        raise PlanGoneError(report=report.label)
    return found


def writer_of(options: dict[str, Any]) -> Writer:
    """What only the writer knows, as the form took it."""
    said = options.get("writer", {})
    day = said.get("written_on")
    return Writer(
        office=said.get("office", ""),
        to=said.get("to", ""),
        number=said.get("number", ""),
        written_on=date.fromisoformat(day) if day else None,
        texts=options.get("texts", {}),
    )


def _keep(report: Report, made: Model, files: list[tuple[str, Written]]) -> None:
    """Write the row and its files; called inside the last transaction of the job."""
    provenance = made.provenance
    report.content, report.checksum, report.title = to_json(made), made.checksum, words_of(made.title)[:200]
    report.snapshot, report.standard = provenance.snapshot[:64], provenance.standard[:80]
    report.day, report.software = provenance.day, provenance.version[:30]
    on_people = load_report(report.maker).definition.needs.plan == "rotation"
    report.names_people = not hides_names(report.options) and (on_people or names_people(made))
    # Nothing else of the row: somebody may have marked it as kept since this began.
    report.save(update_fields=_WRITTEN)
    report.files.all().delete()  # of an attempt that was done over
    for form, written in files:
        size = written.path.stat().st_size
        ReportFile.objects.create(
            report=report,
            form=form,
            digest=keep(Path(written.path)),
            size=size,
            pages=written.pages,
            rows=written.rows,
            notices=[str(notice) for notice in written.notices],
        )
