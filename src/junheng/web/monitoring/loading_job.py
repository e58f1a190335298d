"""The job that puts counties into the national store and judges their years."""

from __future__ import annotations

from django.urls import reverse

from junheng.base.errors import JunhengError
from junheng.web.audit.services import record
from junheng.web.failures import words_of
from junheng.web.jobs.work import Work
from junheng.web.monitoring import loading
from junheng.web.monitoring.errors import NothingApprovedError


def load_nation(work: Work) -> None:
    """Load the counties below the job's place, then judge the years. What was loaded before is not loaded again.

    Raises:
        NothingApprovedError: no county has approved data.
    """
    place = work.job.place
    evaluations = loading.judged_on_approved(loading.counties_to_load(work.user).filter(path__below=place.path))
    if not evaluations:
        raise NothingApprovedError(place=place)
    loaded, not_done = [], []
    for count, evaluation in enumerate(evaluations):
        work.tell(count, len(evaluations), str(evaluation.period.county))
        try:
            loaded.append((evaluation, loading.load_snapshot(evaluation)))
        except JunhengError as error:
            not_done.append([str(evaluation.period.county), words_of(error)])
    years = loading.years_to_judge(loaded)
    for count, judged in enumerate(loading.judge_years(years), start=1):
        work.tell(count, len(years), str(judged.about.year))
    with work.ending():
        work.result |= {"done": len(loaded), "not_done": not_done, "url": reverse("monitoring:overview")}
        record(
            acting_user=work.user,
            action="load_nation",
            subject=f"place:{place.pk}",
            place=place,
            summary=f"{place}：{len(loaded)} 个县汇入监测，判定 {len(years)} 个学年",
            changes=[{"what": "counties", "before": None, "after": len(loaded)}],
        )
