"""Filings: reading, typing, checking, moving on."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router

from junheng.web.api.errors import CellsConflictError, status_of
from junheng.web.api.paging import Asked, part_of
from junheng.web.api.responses import reads, writes
from junheng.web.api.shapes import CellsIn, CheckOut, ConflictProblem, FilingCells, FilingOut, Listed, SavedOut, StepIn
from junheng.web.api.tokens import owner
from junheng.web.failures import in_both
from junheng.web.filings import selectors, services
from junheng.web.filings.models import Filing
from junheng.web.filings.reading import rows_of

router = Router(tags=["filings"])


@router.get("/filings", response=reads(Listed[FilingOut]), summary="填报清单 filings")
def filings(
    request: HttpRequest,
    asked: Asked,
    period: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    state: Annotated[
        str, Query(max_length=20, description="draft handed_in signed town_passed approved verified locked returned")
    ] = "",
) -> dict[str, Any]:
    found = selectors.filings_for(owner(request))
    if period is not None:
        found = found.filter(period=period)
    if state:
        found = found.filter(state=state)
    total, items = part_of(found, asked)
    return {"total": total, "items": [_filing(filing) for filing in items]}


@router.get("/filings/{uuid:code}", response=reads(FilingOut), summary="一份填报 one filing")
def filing(request: HttpRequest, code: UUID) -> dict[str, Any]:
    return _filing(selectors.get_filing(code=code, user=owner(request)))


@router.get("/filings/{uuid:code}/cells", response=reads(FilingCells), summary="填报的数 cells as typed")
def cells(request: HttpRequest, code: UUID) -> dict[str, Any]:
    found = selectors.get_filing(code=code, user=owner(request))
    rows = [
        {"table": table, "key": key, "values": values}
        for table, keys in rows_of(found).items()
        for key, values in keys.items()
    ]
    return {"version": found.version, "rows": rows}


@router.patch(
    "/filings/{uuid:code}/cells", response=writes(SavedOut, ConflictProblem), summary="保存若干个数 save cells"
)
def save_cells(request: HttpRequest, code: UUID, sent: CellsIn) -> dict[str, Any] | HttpResponse:
    """Each cell names what stood there before; one that somebody else has changed meanwhile is not written, and is
    told with both values (409). The others are saved."""
    user = owner(request)
    found = selectors.get_filing_to_fill(code=code, user=user)
    changes = [services.CellChange(c.table, c.key, c.column, c.before, c.after) for c in sent.changes]
    saved = services.save_cells(filing=found, changes=changes, acting_user=user)
    if not saved.conflicts:
        return {"version": saved.version, "taken": saved.taken}
    error = CellsConflictError(count=len(saved.conflicts), taken=saved.taken)
    conflicts = [
        {"table": c.table, "key": c.key, "column": c.column, "mine": c.mine, "theirs": c.theirs, "who": c.who}
        for c in saved.conflicts
    ]
    body = {"code": error.code, **in_both(error)}
    return JsonResponse(
        {**body, "version": saved.version, "taken": saved.taken, "conflicts": conflicts}, status=status_of(error)
    )


@router.get("/filings/{uuid:code}/check", response=reads(CheckOut), summary="校验 check now")
def check(request: HttpRequest, code: UUID) -> dict[str, Any]:
    found = selectors.get_filing(code=code, user=owner(request))
    checked = selectors.checked(found)
    findings = [
        {
            "check": entry.finding.check,
            "severity": str(entry.finding.severity),
            "table": entry.table,
            "key": entry.key,
            "column": entry.column,
            "value": entry.finding.value,
            "message": entry.finding.message,
            "explained": entry.explained,
        }
        for entry in checked.findings
    ]
    counts = ("is_sound", "errors", "to_explain", "filled", "asked")
    return {"version": found.version, **{name: getattr(checked, name) for name in counts}, "findings": findings}


@router.post("/filings/{uuid:code}/steps", response=writes(FilingOut), summary="提交、审核、退回等步骤 take a step")
def take_step(request: HttpRequest, code: UUID, sent: StepIn) -> dict[str, Any]:
    """hand_in take_back sign send_back pass_in_town return_in_town approve return verify lock unlock"""
    user = owner(request)
    found = selectors.get_filing(code=code, user=user)
    moved = services.take_step(filing=found, step=sent.step, version=sent.version, reason=sent.reason, acting_user=user)
    return _filing(moved)


def _filing(filing: Filing) -> dict[str, Any]:
    own = ("code", "office", "state", "version", "filled", "asked", "errors", "to_explain", "changed_at")
    return {
        "period": filing.period_id,
        "place": filing.place.code,
        "place_name": filing.place.name,
        "handed_in_at": filing.handed_in_at,
        **{name: getattr(filing, name) for name in own},
    }
