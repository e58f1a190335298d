"""Sending the outlines of counties for the map."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.base.errors import JunhengError
from junheng.web.access import Action, places_for
from junheng.web.failures import words_of
from junheng.web.limits import UPLOADS, limited
from junheng.web.monitoring.area import area_of
from junheng.web.monitoring.boundaries import MOST_MEGABYTES, keep_boundaries, outlines_of
from junheng.web.monitoring.outlines import NAMES
from junheng.web.regions.models import Place
from junheng.web.signed_in import SignedInRequest


class BoundariesForm(forms.Form):
    """The area that the outlines are of, and the file."""

    place = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("地区"), empty_label=None, to_field_name="code"
    )
    file = forms.FileField(
        label=gettext_lazy("县界文件（GeoJSON）"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json"}),
    )


@login_required
@limited(UPLOADS)
def boundaries(request: SignedInRequest) -> HttpResponse:
    """Send outlines; what is kept of the area is replaced only by a file that reads."""
    held = places_for(request.user, Action.DRAW_MAP)
    tops = held.exclude(parent__in=held).order_by("path")
    if not tops:
        raise Http404
    form = BoundariesForm(request.POST or None, request.FILES or None, initial={"place": tops[0].code})
    form.fields["place"].queryset = tops  # type: ignore[attr-defined]
    if form.is_valid():
        place = form.cleaned_data["place"]
        try:
            count = keep_boundaries(
                upload=form.cleaned_data["file"], area=area_of(place), place=place, acting_user=request.user
            )
        except JunhengError as error:
            form.add_error("file", words_of(error))
        else:
            messages.success(request, _("已保存 %(count)s 个县的边界。") % {"count": count})
            return redirect("monitoring:overview")
    context = {
        "form": form,
        "kept": sum(len(outlines_of(area_of(place))) for place in tops),
        "names": NAMES,
        "most": MOST_MEGABYTES,
    }
    return render(request, "monitoring/boundaries.html", context)
