"""Plans as files: tables with all their rows, the document itself, the map, the inputs."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from junheng.base.errors import JunhengError
from junheng.reporting.plan_book import write_plan_book
from junheng.web.access import Action, require
from junheng.web.exports import export_response
from junheng.web.failures import words_of
from junheng.web.plans import resources_content, rotation_content, zoning_content
from junheng.web.plans.inputs import InputFile
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.plans.selectors import get_plan, sees_names
from junheng.web.plans.workbooks import file_response
from junheng.web.signed_in import SignedInRequest


@require_GET
@login_required
def table(request: SignedInRequest, code: UUID, what: str) -> HttpResponseBase:
    """One table of a plan, whole, as ``?format=`` asks."""
    plan = _made(request, code)
    title, heads, rows = _table(plan, _document(request, plan), what)
    return export_response(request, f"{plan.title}{title}", heads, rows, (str(plan.code),))


def _table(plan: Plan, document: dict[str, Any], what: str) -> tuple[str, tuple[str, ...], Any]:
    match plan.kind, what:
        case PlanKind.RESOURCES, "additions":
            return _("增配明细"), resources_content.addition_heads(), resources_content.addition_rows(document)
        case PlanKind.RESOURCES, "tasks":
            return _("任务清单"), resources_content.task_heads(), resources_content.task_rows(document)
        case PlanKind.RESOURCES, "schools":
            return _("各校指标"), resources_content.school_heads(), resources_content.school_rows(document)
        case PlanKind.ROTATION, "people":
            everybody = rotation_content.people(document, rotation_content.PeopleFilter({}))
            return _("交流名单"), rotation_content.people_heads(), rotation_content.people_rows(everybody)
        case PlanKind.ROTATION, "needs":
            return _("各校缺口"), rotation_content.need_heads(), rotation_content.need_rows(document)
        case PlanKind.ZONING, "zones":
            return _("学区"), zoning_content.zone_heads(), zoning_content.zone_rows(document)
        case PlanKind.ZONING, "blocks":
            return _("地块"), zoning_content.block_heads(), zoning_content.block_rows(document)
        case _:
            raise Http404


@require_GET
@login_required
def book(request: SignedInRequest, code: UUID) -> FileResponse:
    """方案册: the whole plan as one workbook, in Chinese as it is handed on."""
    plan = _made(request, code)
    with TemporaryDirectory(prefix="junheng-plan-") as folder:
        path = Path(folder) / "book.xlsx"
        write_plan_book(_document(request, plan), path)
        return FileResponse(BytesIO(path.read_bytes()), as_attachment=True, filename=f"{plan.title}.xlsx")


@require_GET
@login_required
def as_json(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The document of a plan, as the command line writes it."""
    plan = _made(request, code)
    return _text(_document(request, plan), f"{plan.title}.json", "application/json")


@require_GET
@login_required
def as_geojson(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The zones of a plan as a map that other programs open."""
    plan = _made(request, code)
    if plan.kind != PlanKind.ZONING:
        raise Http404
    return _text(plan.document["geojson"], f"{plan.title}.geojson", "application/geo+json")


@require_GET
@login_required
def inputs(request: SignedInRequest, code: UUID) -> HttpResponseBase:
    """The input file as it was sent; a roster has names, so only those who make plans get it."""
    plan = get_plan(code=code, user=request.user)
    require(request.user, Action.MAKE_PLAN, plan.county)
    try:
        return file_response(InputFile(plan.inputs, plan.inputs_name))
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect("plans:detail", code=code)


def _made(request: SignedInRequest, code: UUID) -> Plan:
    plan = get_plan(code=code, user=request.user)
    if not plan.is_made:
        raise Http404
    return plan


def _document(request: SignedInRequest, plan: Plan) -> dict[str, Any]:
    if plan.kind == PlanKind.ROTATION and not sees_names(request.user, plan):
        return rotation_content.without_names(plan.document)
    found: dict[str, Any] = plan.document
    return found


def _text(content: object, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
