"""Judging a period: compose, check, commit, judge, keep what is needed to make it again."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import polars as pl
from django.conf import settings
from django.db import transaction

from junheng.store.snapshot import Store
from junheng.tables.finding import blocking
from junheng.verdict.judgement import Judgement
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.dashboards.models import Basis, Evaluation
from junheng.web.errors import DataNotSoundError, NothingToJudgeError
from junheng.web.filings.composing import compose
from junheng.web.filings.models import Period
from junheng.workflow import judge


def evaluate(*, period: Period, basis: str, acting_user: User | None) -> Evaluation:
    """Judge a county's period and keep the evaluation.

    Raises:
        NothingToJudgeError: no filing may go in yet.
        DataNotSoundError: the data put together have errors; nothing was judged.
    """
    composed = compose(period, only_approved=basis == Basis.APPROVED)
    dataset = composed.reading.dataset
    if dataset["school"].is_empty() or dataset["stage_year"].is_empty():
        raise NothingToJudgeError(period=period, basis=Basis(basis).label)
    if errors := blocking(composed.reading.findings):
        raise DataNotSoundError(period=period, count=len(errors), place=errors[0].cell, first=errors[0].message)
    committed = Store(settings.SNAPSHOTS).commit(dataset)
    judgement = judge(
        committed, standard=period.standard, on=period.day, year=period.school_year, gate=period.gate or None
    )
    with transaction.atomic():
        evaluation = Evaluation.objects.create(
            period=period,
            basis=basis,
            snapshot=committed.snapshot,
            standard=period.standard,
            gate=period.gate,
            day=period.day,
            software=version("junheng"),
            rows={
                name: [[source.filing, source.version, source.key] for source in sources]
                for name, sources in composed.sources.items()
            },
            outcome=str(judgement.outcome(period.county.code)),
            summary=summary_of(judgement, period.county.code),
            approved=composed.approved,
            expected=composed.expected,
            made_by=acting_user,
        )
        record(
            acting_user=acting_user,
            action="evaluate",
            subject=f"evaluation:{evaluation.pk}",
            place=period.county,
            summary=f"{period.county} {period}：判定（{evaluation.get_basis_display()}）",
            changes=[{"what": "outcome", "before": None, "after": evaluation.outcome}],
        )
    return evaluation


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
