"""One finished report of the example county, so that the page of reports has something to open."""

from __future__ import annotations

from datetime import date

from junheng.reporting.library import load_report
from junheng.web.accounts.models import User
from junheng.web.dashboards.models import Basis, Evaluation
from junheng.web.dashboards.selectors import newest_of
from junheng.web.jobs.running import run
from junheng.web.regions.models import Place
from junheng.web.reports.models import Report
from junheng.web.reports.services import start_report


def write_example_report(county: Place, officer: User) -> Report:
    """The self-assessment of the newest year that is approved, written here and now.

    Not inside a transaction of its own: a job commits what it keeps. Without the packages that write Word and PDF it
    ends as failed, and its page says what to install.
    """
    maker = load_report("self_assessment")
    evaluation = newest_of(Evaluation.objects.filter(period__county=county, basis=Basis.APPROVED))
    assert evaluation is not None, "the example has years that are over"
    signed = {
        "to": "示例省人民政府教育督导委员会",
        "number": "",
        "office": "示例县人民政府",
        "written_on": date(evaluation.day.year + 1, 1, 8).isoformat(),
    }
    options = {"formats": list(maker.definition.formats), "masked": "", "writer": signed, "texts": {}}
    report = start_report(
        maker=maker, place=county, evaluation=evaluation, plans=(), options=options, acting_user=officer
    )
    assert report.job is not None, "whoever asks for a report queues its job"
    run(str(report.job.code))
    return Report.objects.select_related("job").get(pk=report.pk)
