"""阶段目标: planned and actual shares of counties that pass, and sending the table of targets."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from junheng.base.errors import JunhengError
from junheng.intake.template import write_workbook
from junheng.tables.catalogue import target_tables
from junheng.web.access import Action, may_anywhere, places_for
from junheng.web.exports import export_response
from junheng.web.failures import words_of
from junheng.web.limits import UPLOADS, limited
from junheng.web.monitoring import targets_content as content
from junheng.web.monitoring.area import area_of, said
from junheng.web.monitoring.asked import Choice, ask
from junheng.web.monitoring.page import empty, page
from junheng.web.monitoring.targets import MOST_MEGABYTES, SUFFIXES, keep_targets, targets_of
from junheng.web.paging import page_of
from junheng.web.regions.models import Place
from junheng.web.signed_in import SignedInRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TargetsChoice(Choice):
    """Besides: which counties of the list."""

    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)


class TargetsForm(forms.Form):
    """The area that the targets are of, and the table."""

    place = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("地区"), empty_label=None, to_field_name="code"
    )
    file = forms.FileField(
        label=gettext_lazy("阶段目标表（Excel 或 CSV）"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )


@require_GET
@login_required
def targets(request: HttpRequest) -> HttpResponseBase:
    """Planned and actual, and which counties are due and behind."""
    asked = ask(request, of_several=True)
    if asked is None:
        return empty(request)
    planned = targets_of(asked.area, asked.watch.hidden)
    may_set = may_anywhere(request.user, Action.SET_TARGETS)
    states = [("", _("全部")), ("late", _("到期没有达标")), *content.state_words().items()]
    form = TargetsChoice(asked.given(request), asked.choices(state=states))
    if planned is None:
        answer = _("%(area)s还没有阶段目标") % {"area": said(asked.area)}
        context = {"form": form, "may_set": may_set}
        return render(request, "monitoring/targets.html", page(asked, "targets", answer, context))
    progress, listed = content.progress_rows(asked, planned), content.due_rows(asked, planned)
    state = form.chosen["state"]
    chosen = [row for row in listed if not state or state in (row["state"], "late" if row["is_late"] else "")]
    if "format" in request.GET:
        name = _("%(area)s阶段目标%(year)s") % {"area": said(asked.area), "year": asked.year}
        return export_response(request, name, content.heads(), content.export_rows(chosen))
    context = {
        "form": form,
        "may_set": may_set,
        "chart": content.chart(progress),
        "progress": progress,
        "listed": listed,
        "rows": page_of(request, chosen),
    }
    answer = content.targets_answer(asked, progress, listed)
    return render(request, "monitoring/targets.html", page(asked, "targets", answer, context))


@login_required
@limited(UPLOADS)
def send_targets(request: SignedInRequest) -> HttpResponse:
    """Send targets; those of the area before are replaced only by a table that reads."""
    held = places_for(request.user, Action.SET_TARGETS)
    tops = held.exclude(parent__in=held).order_by("path")
    if not tops:
        raise Http404
    form = TargetsForm(request.POST or None, request.FILES or None, initial={"place": tops[0].code})
    form.fields["place"].queryset = tops  # type: ignore[attr-defined]
    if form.is_valid():
        place = form.cleaned_data["place"]
        try:
            count, elsewhere = keep_targets(
                upload=form.cleaned_data["file"], area=area_of(place), place=place, acting_user=request.user
            )
        except JunhengError as error:
            form.add_error("file", words_of(error))
        else:
            words = _("已保存 %(count)s 条阶段目标。") % {"count": count}
            if elsewhere:
                words += _("另有 %(count)s 条不是辖区的，没有保存。") % {"count": elsewhere}
            messages.success(request, words)
            return redirect("monitoring:targets")
    return render(request, "monitoring/send_targets.html", {"form": form, "most": MOST_MEGABYTES})


@require_GET
@login_required
def blank_targets(request: HttpRequest) -> HttpResponseBase:
    """The empty table of targets."""
    if not may_anywhere(request.user, Action.SET_TARGETS):
        raise Http404
    with TemporaryDirectory() as folder:
        path = Path(folder) / "targets.xlsx"
        write_workbook(path, target_tables(), title="阶段目标")  # zh: data
        answer = HttpResponse(path.read_bytes(), content_type=_XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('阶段目标'))}.xlsx"
    return answer
