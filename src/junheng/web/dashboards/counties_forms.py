"""How the counties side by side are filtered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

OUTCOMES = (
    ("", _("全部")),
    ("met", _("达标")),
    ("unmet", _("未达标")),
    ("unknown", _("无法判定")),
    ("none", _("还没有判定")),
)


class CountiesFilter(forms.Form):
    """Year, name, city, verdict, and what the picture shows; what does not read counts for nothing."""

    year = forms.ChoiceField(label=_("学年"), required=False)
    q = forms.CharField(label=_("县"), required=False, max_length=60)
    city = forms.ChoiceField(label=_("市"), required=False)
    outcome = forms.ChoiceField(label=_("结论"), required=False, choices=OUTCOMES)
    measure = forms.ChoiceField(label=_("图中比较"), required=False)

    def __init__(self, data: Any, *, years: Sequence[int], cities: Sequence[str], measures: Mapping[str, str]) -> None:  # noqa: ANN401 - a query
        super().__init__(data)
        choices: dict[str, list[tuple[str, Any]]] = {
            "year": [(str(year), f"{year}—{year + 1}") for year in years],
            "city": [("", _("全部")), *((city, city) for city in cities)],
            "measure": list(measures.items()),
        }
        for name, own in choices.items():
            self.fields[name].choices = own  # type: ignore[attr-defined]
        self.is_valid()
        self.chosen = {name: self.cleaned_data.get(name, "") for name in self.fields}
