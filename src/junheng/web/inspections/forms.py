"""What inspectors type, what is answered, and how the list is filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.web.inspections.models import FindingState, Method


class FindingForm(forms.Form):
    """What was found, how, and what is asked for."""

    method = forms.ChoiceField(label=_("方法"), choices=Method.choices)
    text = forms.CharField(label=_("发现的问题"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    asks_to = forms.CharField(
        label=_("整改要求"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("答复"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class ClosingForm(forms.Form):
    closing = forms.CharField(label=_("核查结论"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class FindingFilter(forms.Form):
    """The filters of the list; blank ones select everything."""

    q = forms.CharField(label=_("学校、乡镇或内容"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *FindingState.choices])
    method = forms.ChoiceField(label=_("方法"), required=False, choices=[("", _("全部")), *Method.choices])
    period = forms.ChoiceField(label=_("学年"), required=False)
    place = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, years: Sequence[int]) -> None:  # noqa: ANN401 - a query
        super().__init__(data)
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("", _("全部")),
            *((str(year), f"{year}—{year + 1}") for year in years),
        ]

    def wanted(self) -> dict[str, str]:
        """The filters that read; what somebody made up in the address counts for nothing."""
        self.is_valid()
        return self.cleaned_data
