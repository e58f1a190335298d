"""What a person fills in to start a job."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.web.access import Action, places_for
from junheng.web.accounts.models import User
from junheng.web.filings.models import Period
from junheng.web.regions.models import Place, PlaceKind


def _label(period: Period) -> str:
    """Every county calls its periods alike."""
    return f"{period.county} · {period}"


class ExportForm(forms.Form):
    """The period whose filings are to be written into a workbook."""

    period = forms.ModelChoiceField(Period.objects.none(), label=_("填报周期"), empty_label=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ModelChoiceField)
        field.label_from_instance = _label  # type: ignore[assignment]
        field.queryset = Period.objects.filter(county__in=counties_to_export(user)).select_related("county")


def counties_to_export(user: User) -> QuerySet[Place]:
    """The counties of which somebody reads every filing."""
    return places_for(user, Action.VIEW_FILING).filter(kind=PlaceKind.COUNTY)


class ImportForm(forms.Form):
    """A county's workbook, and the period whose filings it fills."""

    period = forms.ModelChoiceField(Period.objects.none(), label=_("填报周期"), empty_label=None)
    file = forms.FileField(
        label=_("县工作簿"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}), max_length=200
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        counties = places_for(user, Action.MANAGE_PERIODS)
        field = self.fields["period"]
        assert isinstance(field, forms.ModelChoiceField)
        field.label_from_instance = _label  # type: ignore[assignment]
        field.queryset = Period.objects.filter(
            county__in=counties, closed_at__isnull=True, opens_on__lte=timezone.localdate()
        ).select_related("county")
