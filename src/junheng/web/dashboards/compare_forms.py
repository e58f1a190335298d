"""What a comparison is about: the year and the indicator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.web.dashboards.models import Evaluation


class CompareForm(forms.Form):
    """Which evaluation, which indicator; what does not read counts for nothing."""

    evaluation = forms.ChoiceField(label=_("判定"), required=False)
    indicator = forms.ChoiceField(label=_("指标"), required=False)
    by = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, indicators: Mapping[str, str], evaluations: Mapping[int, Evaluation]) -> None:  # noqa: ANN401 - a query
        super().__init__(data)
        self.fields["evaluation"].choices = [  # type: ignore[attr-defined]
            (str(entry.code), f"{entry.period} · {entry.get_basis_display()}") for entry in evaluations.values()
        ]
        self.fields["indicator"].choices = [*indicators.items()]  # type: ignore[attr-defined]

    @property
    def chosen_indicator(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("indicator", ""))
