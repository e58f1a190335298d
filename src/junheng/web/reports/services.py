"""Writing reports: asking for one, keeping, deleting. Each is one event of the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from junheng.reporting.library import Maker
from junheng.web.access import Action, require
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.dashboards.models import Evaluation
from junheng.web.errors import ReasonMissingError
from junheng.web.jobs import files
from junheng.web.jobs.services import start_job
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.regions.models import Place
from junheng.web.reports.errors import ReportKeptError, ReportRunningError
from junheng.web.reports.models import Masked, Report, ReportFile
from junheng.web.reports.selectors import is_open, may_remove
from junheng.web.templatetags.words import label


def start_report(
    *,
    maker: Maker,
    place: Place,
    evaluation: Evaluation | None,
    plans: Iterable[Plan],
    options: Mapping[str, Any],
    acting_user: User,
) -> Report:
    """Ask for a report; a job writes it.

    Args:
        options: plain JSON values, see ``Report``; ``plans`` are written into them.
    """
    require(acting_user, Action.MAKE_REPORT, place)
    chosen = list(plans)
    rosters = any(plan.kind == PlanKind.ROTATION for plan in chosen)
    with transaction.atomic():
        report = Report.objects.create(
            maker=maker.id,
            place=place,
            evaluation=evaluation,
            options={**options, "plans": [str(plan.code) for plan in chosen]},
            names_people=rosters and not hides_names(options),
            made_by=acting_user,
        )
        report.job = start_job(
            kind="report",
            title=_("生成报告：%(place)s %(report)s") % {"place": place, "report": label(maker)},
            arguments={"report": str(report.code)},
            place=place,
            acting_user=acting_user,
        )
        report.save(update_fields=["job"])
        changes = {"what": "maker", "before": None, "after": maker.id}
        _record(report, acting_user, "start_report", f"要求报告“{maker.label.zh}”（{place}）", changes)
    return report


def hides_names(options: Mapping[str, Any]) -> bool:
    """Whether a report asked for like this masks names."""
    return options.get("masked", "") in (Masked.NAMES, Masked.ALL)


def keep_report(*, report: Report, kept: bool, acting_user: User) -> None:
    """Mark a report as kept, so that nobody deletes it, or release it."""
    _require_removal(acting_user, report)
    with transaction.atomic():
        Report.objects.filter(pk=report.pk).update(is_kept=kept)
        changes = {"what": "is_kept", "before": report.is_kept, "after": kept}
        _record(report, acting_user, "keep_report", f"报告“{report}”：{'保留' if kept else '取消保留'}", changes)


def delete_report(*, report: Report, reason: str, acting_user: User) -> None:
    """Delete a report and its files for good; the log keeps that there was one, and why it is gone.

    Raises:
        ReasonMissingError, ReportRunningError, ReportKeptError: it stays.
    """
    _require_removal(acting_user, report)
    if not reason.strip():
        raise ReasonMissingError(step=_("删除报告"))
    with transaction.atomic():
        standing = Report.objects.select_for_update(of=("self",)).select_related("job", "place").get(pk=report.pk)
        if is_open(standing):
            raise ReportRunningError(report=report)
        if standing.is_kept:
            raise ReportKeptError(report=report)
        changes = {"what": "checksum", "before": standing.checksum, "after": None}
        _record(standing, acting_user, "delete_report", f"删除报告“{report}”", changes, reason.strip())
        digests = list(standing.files.values_list("digest", flat=True))
        standing.delete()
        transaction.on_commit(lambda: _forget_unused(digests))


def _require_removal(user: User, report: Report) -> None:
    if not may_remove(user, report):
        raise Http404


def record_made(report: Report, acting_user: User) -> None:
    """Note in the log that a report was written, in the transaction that keeps it."""
    changes = {"what": "checksum", "before": None, "after": report.checksum}
    _record(report, acting_user, "make_report", f"生成报告“{report}”", changes)


def _forget_unused(digests: Iterable[str]) -> None:
    for digest in digests:
        if not ReportFile.objects.filter(digest=digest).exists():
            files.forget(digest)


def _record(
    report: Report, user: User, action: str, summary: str, changes: Mapping[str, Any], reason: str = ""
) -> None:
    record(
        acting_user=user,
        action=action,
        subject=f"report:{report.pk}",
        place=report.place,
        summary=summary,
        changes=[changes],
        reason=reason,
    )
