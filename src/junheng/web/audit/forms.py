"""The search of the log."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from junheng.web.audit.words import ACTIONS

_DATE = {"type": "date"}


class EventFilter(forms.Form):
    begin = forms.DateField(label=_("从"), required=False, widget=forms.DateInput(_DATE))
    end = forms.DateField(label=_("到"), required=False, widget=forms.DateInput(_DATE))
    person = forms.CharField(label=pgettext_lazy("one", "人员"), required=False, max_length=60)
    action = forms.ChoiceField(label=_("操作"), required=False, choices=[("", _("全部")), *ACTIONS.items()])
    place = forms.CharField(label=_("单位名称或代码"), required=False, max_length=60)
    subject = forms.CharField(
        label=_("对象编号"), required=False, max_length=60, widget=forms.TextInput({"placeholder": "user:3"})
    )
    q = forms.CharField(label=_("内容"), required=False, max_length=60)
