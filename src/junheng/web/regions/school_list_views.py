"""Pages of 学校名录: template, upload, what it would change, confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from junheng.base.errors import JunhengError
from junheng.web.failures import words_of
from junheng.web.filings.uploads import keep
from junheng.web.limits import UPLOADS, limited
from junheng.web.regions import selectors
from junheng.web.regions.errors import SchoolListChangedError
from junheng.web.regions.forms import SchoolListForm
from junheng.web.regions.school_list import compare_schools
from junheng.web.regions.school_workbook import read_schools, shown_changes, workbook_of
from junheng.web.regions.services import apply_schools
from junheng.web.signed_in import SignedInRequest
from junheng.web.waiting_files import forget, remember, remembered

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def template(request: SignedInRequest, pk: int) -> HttpResponse:
    county = selectors.get_county(pk=pk, user=request.user)
    answer = HttpResponse(workbook_of(county), content_type=_XLSX)
    name = f"%E5%AD%A6%E6%A0%A1%E5%90%8D%E5%BD%95-{county.code}.xlsx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@login_required
@require_http_methods(["GET", "POST"])
@limited(UPLOADS)
def upload(request: SignedInRequest, pk: int) -> HttpResponse:
    county = selectors.get_county(pk=pk, user=request.user)
    form = SchoolListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            kept = keep(form.cleaned_data["file"])
            reading, faults = read_schools(kept)
        except JunhengError as error:
            form.add_error("file", words_of(error))
        else:
            mark = "" if faults else compare_schools(county, reading.dataset).mark
            remember(request.session, _purpose(pk), kept, mark)
            return redirect("regions:schools-preview", pk=pk)
    return render(request, "regions/schools_upload.html", {"form": form, "county": county})


@login_required
@require_http_methods(["GET", "POST"])
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    county = selectors.get_county(pk=pk, user=request.user)
    try:
        kept, mark = remembered(request.session, _purpose(pk))
        reading, faults = read_schools(kept)
        if faults:
            context = {"county": county, "file": kept.name, "findings": faults[:500], "total": len(faults)}
            return render(request, "regions/schools_preview.html", context)
        with transaction.atomic():
            found = compare_schools(county, reading.dataset)
            if request.method == "POST":
                if found.mark != mark:
                    remember(request.session, _purpose(pk), kept, found.mark)
                    raise SchoolListChangedError
                new, changed = apply_schools(found, acting_user=request.user)
                forget(request.session, _purpose(pk))
                told = _("学校名录已写入：新增 %(new)s 所，修改 %(changed)s 所。")
                messages.success(request, told % {"new": new, "changed": changed})
                return redirect("regions:place", pk=pk)
    except JunhengError as error:
        messages.error(request, words_of(error))
        again = isinstance(error, SchoolListChangedError)
        return redirect("regions:schools-preview" if again else "regions:schools-upload", pk=pk)
    context = {
        "county": county,
        "file": kept.name,
        "found": found,
        "findings": found.findings[:500],
        "total": len(found.findings),
        "changes": shown_changes(found),
    }
    return render(request, "regions/schools_preview.html", context)


def _purpose(pk: int) -> str:
    return f"schools:{pk}"
