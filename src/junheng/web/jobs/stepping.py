"""The job that takes one step for many filings."""

from __future__ import annotations

from django.utils.translation import gettext as _

from junheng.web.filings.bulk import take_steps as take_all
from junheng.web.filings.selectors import filings_for
from junheng.web.jobs.work import Work


def take_steps(work: Work) -> None:
    """Take a step for each filing; arguments: ``filings`` (their codes), ``action`` of ``filings.bulk``, ``reason``.

    Each filing is a part of its own: what was done before an interruption is not tried again.
    """
    codes = work.arguments["filings"]
    filings = {str(filing.code): filing for filing in filings_for(work.user).filter(code__in=codes)}
    for count, code in enumerate(codes):
        if work.is_done(code):
            continue
        if code not in filings:
            with work.part(code):
                gone = [code, _("已不存在，或您的角色已没有这项权限。")]
                work.result.setdefault("not_done", []).append(gone)
            continue
        work.tell(count, len(codes), str(filings[code]))
        with work.part(code):
            taken = take_all(
                filings=[filings[code]],
                action=work.arguments["action"],
                acting_user=work.user,
                reason=work.arguments.get("reason", ""),
            )
            work.result["done"] = work.result.get("done", 0) + taken.done
            work.result.setdefault("not_done", []).extend([entry.name, entry.why] for entry in taken.not_done)
    with work.ending():
        work.tell(len(codes), len(codes))
