"""Addresses of the pages of one evaluation."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from junheng.web.dashboards.matrix_content import Doors
from junheng.web.dashboards.models import Evaluation


def overview_url(evaluation: Evaluation) -> str:
    return _with(reverse("dashboards:overview"), evaluation)


def school_url(school: str, evaluation: Evaluation | None = None, **more: str) -> str:
    address = reverse("dashboards:school", args=[school])
    return _with(address, evaluation, **more) if evaluation else address


def indicator_url(name: str, evaluation: Evaluation, **more: str) -> str:
    return _with(reverse("dashboards:indicator", args=[name]), evaluation, **more)


def reasons_url(evaluation: Evaluation, *about: str) -> str:
    """The reasons of the county, of a school, or of one indicator of a school (school, stage, indicator)."""
    return reverse("dashboards:reasons", args=[evaluation.code, *about])


def doors_of(evaluation: Evaluation) -> Doors:
    return Doors(
        school=lambda school: school_url(school, evaluation),
        indicator=lambda name, stage: indicator_url(name, evaluation, stage=stage),
        reasons=lambda school, stage, name: reasons_url(evaluation, school, stage, name),
    )


def _with(address: str, evaluation: Evaluation, **more: str) -> str:
    query = {"evaluation": str(evaluation.code), **{name: value for name, value in more.items() if value}}
    return f"{address}?{urlencode(query)}"
