"""Judging a period: compose, check, commit, judge, keep what is needed to make it again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.metadata import version
from typing import Any

import polars as pl
from django.conf import settings
from django.db import transaction

from junheng.store.snapshot import Store
from junheng.tables.finding import blocking
from junheng.verdict.judgement import Judgement
from junheng.web.accounts.models import User
from junheng.web.audit.services import in_chinese, record
from junheng.web.dashboards.models import Basis, Evaluation, SchoolResult
from junheng.web.dashboards.school_lines import SEVERITY, school_lines
from junheng.web.errors import DataNotSoundError, NothingToJudgeError
from junheng.web.filings.composing import compose
from junheng.web.filings.models import Period
from junheng.web.regions.models import Place
from junheng.workflow import judge


def evaluate(
    *,
    period: Period,
    basis: str,
    acting_user: User | None,
    within: Callable[[], AbstractContextManager[None]] = transaction.atomic,
) -> Evaluation:
    """Judge a county's period and keep the evaluation.

    Args:
        within: the transaction in which it is kept; judging itself takes longer than one should hold.

    Raises:
        NothingToJudgeError: no filing may go in yet.
        DataNotSoundError: the data put together have errors; nothing was judged.
    """
    composed = compose(period, only_approved=basis == Basis.APPROVED)
    dataset = composed.reading.dataset
    if dataset["stage_year"].filter(pl.col("school_year") == period.school_year).is_empty():
        raise NothingToJudgeError(period=period, basis=Basis(basis).label)
    # What is wrong with an earlier year keeps nobody from being judged this year.
    years = ("", str(period.school_year))
    errors = [finding for finding in blocking(composed.reading.findings) if composed.year_of(finding.cell) in years]
    if errors:
        raise DataNotSoundError(period=period, count=len(errors), place=errors[0].cell, first=errors[0].message)
    committed = Store(settings.SNAPSHOTS).commit(dataset)
    judgement = judge(
        committed, standard=period.standard, on=period.day, year=period.school_year, gate=period.gate or None
    )
    with within():
        evaluation = Evaluation.objects.create(
            period=period,
            basis=basis,
            snapshot=committed.snapshot,
            standard=period.standard,
            gate=period.gate,
            day=period.day,
            software=version("junheng"),
            rows={
                name: [[[s.filing, s.version, s.key, list(s.columns)] for s in sources] for sources in rows]
                for name, rows in composed.sources.items()
            },
            filings={str(entry.filing.pk): entry.mark for entry in composed.chosen},
            outcome=str(judgement.outcome(period.county.code)),
            summary=summary_of(judgement, period.county.code),
            approved=composed.approved,
            expected=composed.expected,
            made_by=acting_user,
        )
        SchoolResult.objects.bulk_create(_school_results(evaluation, judgement))
        record(
            acting_user=acting_user,
            action="evaluate",
            subject=f"evaluation:{evaluation.pk}",
            place=period.county,
            summary=f"{period.county} {period}：判定（{in_chinese(Basis(basis).label)}）",
            changes=[{"what": "outcome", "before": None, "after": evaluation.outcome}],
        )
    return evaluation


def _school_results(evaluation: Evaluation, judgement: Judgement) -> list[SchoolResult]:
    lines = school_lines(judgement)
    places = dict(Place.objects.filter(code__in={line.school for line in lines}).values_list("code", "pk"))
    return [
        SchoolResult(
            evaluation=evaluation,
            place_id=places[line.school],
            stage=line.stage,
            outcome=line.outcome,
            severity=SEVERITY[line.outcome],
            met=line.met,
            counted=line.counted,
            pupils=line.pupils,
            worst=line.worst,
            lacks=[[lack.indicator, lack.amount, lack.unit, lack.outcome] for lack in line.lacks],
        )
        for line in lines
        if line.school in places
    ]


def summary_of(judgement: Judgement, county: str) -> dict[str, Any]:
    """What lists of counties and trends show: parts, coefficients, how many schools pass."""
    here = pl.col("county_code") == county
    schools = judgement.in_scope.filter(here)
    return {
        "parts": dict(judgement.parts.filter(here).select("part", "outcome").iter_rows()),
        "balance": [
            {name: row[name] for name in ("stage", "indicator", "cv", "limit", "outcome", "mean")}
            for row in judgement.balance.filter(here).iter_rows(named=True)
        ],
        "schools": {
            stage: dict(schools.filter(pl.col("stage") == stage).group_by("outcome").len().drop_nulls().iter_rows())
            for stage in schools["stage"].unique().sort()
        },
        "pupils": int(schools["pupils"].sum() or 0),
    }
