"""Who one is, and the places and periods one has to do with."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import Http404, HttpRequest
from ninja import Query, Router

from junheng.standards.library import load_standard, standard_ids
from junheng.tables.model import Column, Table
from junheng.web.access import Action, places_for, roles_of
from junheng.web.api.paging import Asked, part_of
from junheng.web.api.responses import reads
from junheng.web.api.shapes import HeldRole, Listed, Me, PeriodOut, PlaceOut, TableOut
from junheng.web.api.tokens import TokenRequest, owner
from junheng.web.filings.models import Period
from junheng.web.filings.selectors import periods_for
from junheng.web.regions.models import Place
from junheng.workflow import DEFAULT_STANDARD, tables_for

router = Router(tags=["places"])


@router.get("/me", response=reads(Me), summary="我是谁 who am I")
def me(request: HttpRequest) -> Me:
    user, token = owner(request), cast(TokenRequest, request).auth
    roles = [
        HeldRole(role=held.role, place=held.place.code, place_name=held.place.name, office=held.office)
        for held in roles_of(user)
    ]
    return Me(
        username=user.username, name=user.name, may_write=token.may_write, expires_on=token.expires_on, roles=roles
    )


@router.get("/places", response=reads(Listed[PlaceOut]), summary="可见的地区和学校 places")
def places(
    request: HttpRequest,
    asked: Asked,
    kind: Annotated[str, Query(max_length=10, description="nation province city county town school")] = "",
) -> dict[str, Any]:
    found = places_for(owner(request), *Action).select_related("parent")
    total, items = part_of(found.filter(kind=kind) if kind else found, asked)
    return {"total": total, "items": [_place(place) for place in items]}


@router.get("/periods", response=reads(Listed[PeriodOut]), summary="填报周期 periods of filing")
def periods(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    total, items = part_of(periods_for(owner(request)), asked)
    return {"total": total, "items": [_period(period) for period in items]}


@router.get("/tables", response=reads(list[TableOut]), summary="数据表和列的定义 definitions of tables and columns")
def tables(
    request: HttpRequest, standard: Annotated[str, Query(max_length=80)] = DEFAULT_STANDARD
) -> list[dict[str, Any]]:
    if standard not in standard_ids():  # a name, never a folder of the server
        raise Http404
    return [_table(table) for table in tables_for(load_standard(standard)).tables.values()]


def _place(place: Place) -> dict[str, Any]:
    return {
        "code": place.code,
        "kind": place.kind,
        "name": place.name,
        "parent": place.parent.code if place.parent else None,
        "opened_on": place.opened_on,
        "closed_on": place.closed_on,
    }


def _period(period: Period) -> dict[str, Any]:
    own = ("label", "school_year", "standard", "gate", "day", "opens_on", "due_on", "closed_at")
    return {
        "id": period.pk,
        "county": period.county.code,
        "county_name": period.county.name,
        **{name: getattr(period, name) for name in own},
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "label": _words(table.label),
        "row": _words(table.row),
        "key": list(table.key),
        "columns": [_column(column) for column in table.columns.values()],
    }


def _column(column: Column) -> dict[str, Any]:
    codes = column.codes.codes if column.codes else {}
    return {
        "name": column.name,
        "label": _words(column.label),
        "definition": _words(column.definition),
        "type": str(column.type),
        "unit": column.unit,
        "form_unit": column.form_unit,
        "need": str(column.need),
        "minimum": column.minimum,
        "maximum": column.maximum,
        "codes": {name: _words(code.label) for name, code in codes.items()},
        "filled_by": column.filled_by,
    }


def _words(label: Any) -> dict[str, str]:  # noqa: ANN401 - anything with both languages
    return {"zh": label.zh, "en": label.en}
