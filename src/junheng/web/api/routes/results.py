"""Evaluations: what was judged, the result, the long table, what is missing, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from junheng.reporting.result import Result, long_table, result_document
from junheng.verdict.errors import NotInJudgementError
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages
from junheng.verdict.reason import Reason
from junheng.web.api.paging import Asked, Paging, part_of
from junheng.web.api.responses import reads
from junheng.web.api.shapes import EvaluationOut, Line, Listed, ReasonOut
from junheng.web.api.tokens import owner
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import evaluations_for, get_evaluation, judgement_of
from junheng.workflow import explain

router = Router(tags=["results"])


@router.get("/evaluations", response=reads(Listed[EvaluationOut]), summary="判定清单 evaluations")
def evaluations(
    request: HttpRequest,
    asked: Asked,
    county: Annotated[str, Query(max_length=60)] = "",
    school_year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
) -> dict[str, Any]:
    found = evaluations_for(owner(request)).defer("rows", "summary")
    if county:
        found = found.filter(period__county__code=county)
    if school_year is not None:
        found = found.filter(period__school_year=school_year)
    total, items = part_of(found, asked)
    return {"total": total, "items": [_evaluation(evaluation) for evaluation in items]}


@router.get("/evaluations/{uuid:code}", response=reads(EvaluationOut), summary="一次判定 one evaluation")
def evaluation(request: HttpRequest, code: UUID) -> dict[str, Any]:
    return _evaluation(get_evaluation(code=code, user=owner(request)))


@router.get("/evaluations/{uuid:code}/result", response=reads(Result), summary="完整结果 the whole result")
def result(request: HttpRequest, code: UUID) -> HttpResponse:
    """The document of ``junheng judge --format json``; its schema is ``junheng schema result``."""
    text = result_document(_judgement(request, code)).model_dump_json()
    return HttpResponse(text, content_type="application/json")


@router.get("/evaluations/{uuid:code}/indicators", response=reads(Listed[Line]), summary="指标长表 long table")
def indicators(request: HttpRequest, code: UUID, asked: Asked) -> dict[str, Any]:
    """One line a school, stage and indicator, as ``junheng judge --format csv`` writes them."""
    return _lines(long_table(_judgement(request, code)), asked)


@router.get("/evaluations/{uuid:code}/shortages", response=reads(Listed[Line]), summary="缺口 what is missing")
def missing(request: HttpRequest, code: UUID, asked: Asked) -> dict[str, Any]:
    """What every school lacks, in units that can be appointed, built or bought."""
    return _lines(shortages(_judgement(request, code)), asked)


@router.get("/evaluations/{uuid:code}/reasons", response=reads(list[ReasonOut]), summary="判定理由 the reasons")
def reasons(
    request: HttpRequest,
    code: UUID,
    school: Annotated[str, Query(max_length=60, description="学校标识码；空为全县 empty: the county")] = "",
    stage: Annotated[str, Query(max_length=20, description="primary junior")] = "",
    indicator: Annotated[str, Query(max_length=80)] = "",
) -> list[dict[str, Any]]:
    judgement = _judgement(request, code)
    try:
        found: Iterable[Reason] = explain(
            judgement, school=school or None, stage=stage or None, indicator=indicator or None
        )
    except NotInJudgementError as error:
        raise Http404 from error
    return [_reason(reason) for reason in found]


def _judgement(request: HttpRequest, code: UUID) -> Judgement:
    return judgement_of(get_evaluation(code=code, user=owner(request)))


def _lines(frame: pl.DataFrame, asked: Paging) -> dict[str, Any]:
    total = frame.height
    rows = frame.slice(asked.offset, asked.limit).to_dicts()
    return {"total": total, "items": [{name: _plain(value) for name, value in row.items()} for row in rows]}


def _plain(value: object) -> object:
    """Exact numbers as text, so that no reader rounds them."""
    return value if value is None or isinstance(value, str | int | bool | float | list) else str(value)


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "key": reason.key,
        "title": reason.title,
        "outcome": str(reason.outcome) if reason.outcome else None,
        "because": reason.because,
        "source": reason.source,
        "cells": [asdict(cell) for cell in reason.cells],
        "children": [_reason(child) for child in reason.children],
    }


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    own = ("code", "basis", "standard", "day", "outcome", "snapshot", "approved", "expected", "made_at")
    county = evaluation.period.county
    return {
        "county": county.code,
        "county_name": county.name,
        "period": evaluation.period_id,
        "school_year": evaluation.period.school_year,
        **{name: getattr(evaluation, name) for name in own},
    }
