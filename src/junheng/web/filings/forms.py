"""Forms of the filing pages that are not made from table definitions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """A workbook to fill the filing with."""

    file = forms.FileField(
        label=_("填好的工作簿"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv", "aria-describedby": "upload-hint"}),
    )


class RemarkForm(forms.Form):
    """A remark on a cell or on the filing."""

    text = forms.CharField(label=_("批注"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectionForm(forms.Form):
    """A correction of an approved figure (数据调整)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(label=_("改为"), max_length=500, required=False)
    reason = forms.CharField(
        label=_("调整原因"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("记入日志，供督导核查"),
    )
