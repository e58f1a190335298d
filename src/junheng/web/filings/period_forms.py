"""Forms of periods: open one, change its dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.standards.applying import Applying, applying, basic_standard
from junheng.web.access import Person
from junheng.web.filings.models import Period
from junheng.web.filings.period_selectors import counties_for
from junheng.web.regions.models import Place
from junheng.web.templatetags.words import label
from junheng.workflow import DEFAULT_STANDARD

_USUAL_DAYS = 30  # for filing, where nothing else is known


class _DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _date(words: Any, help_text: Any = "") -> forms.DateField:  # noqa: ANN401 - lazy strings
    return forms.DateField(label=words, help_text=help_text, widget=_DateInput())


class DatesForm(forms.Form):
    """What of a period may be changed at any time."""

    label = forms.CharField(label=gettext_lazy("名称"), max_length=60, required=False)
    opens_on = _date(gettext_lazy("开始填报"))
    due_on = _date(gettext_lazy("截止日期"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("opens_on") and cleaned.get("due_on") and cleaned["due_on"] < cleaned["opens_on"]:
            self.add_error("due_on", _("截止日期早于开始填报的日期，请改成之后的日期。"))
        return cleaned


class WhereForm(forms.Form):
    """First question of a new period: for which county, as of which day; the standards that apply follow from these."""

    county = forms.ChoiceField(label=gettext_lazy("县（市、区）"))
    day = _date(gettext_lazy("评估日期"), gettext_lazy("按这一天有效的标准判定"))

    def __init__(self, data: Any = None, *, user: Person) -> None:  # noqa: ANN401 - as forms take it
        super().__init__(data)
        self.counties = {place.code: place for place in counties_for(user)}
        field = self.fields["county"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, place.name) for code, place in self.counties.items()]


class PeriodForm(DatesForm):
    """A new period of a county; the choices are the standards that apply to it on the day."""

    field_order = ("school_year", "standard", "gate", "opens_on", "due_on", "label")
    school_year = forms.IntegerField(
        label=gettext_lazy("学年（开始的年份）"),
        min_value=2000,
        max_value=2100,
        help_text=gettext_lazy("2025 即 2025—2026 学年"),
    )
    standard = forms.ChoiceField(label=gettext_lazy("评估标准"))
    gate = forms.ChoiceField(
        label=gettext_lazy("办学基本标准"), required=False, help_text=gettext_lazy("作为先决条件一并判定；没有则留空")
    )

    def __init__(self, data: Any = None, *, county: Place, day: date) -> None:  # noqa: ANN401 - as forms take it
        super().__init__(data, initial=_usual(county, day))
        found = applying(county.code, day)
        for name, purposes in (("standard", ("evaluation",)), ("gate", ("gate",))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            entries = [entry for entry in found if entry.standard.purpose in purposes]
            field.choices = [*([("", _("不另设"))] if name == "gate" else []), *map(_choice, entries)]


def _choice(entry: Applying) -> tuple[str, str]:
    words = label(entry.standard.label)
    if entry.because == "candidate":
        words = _("%(standard)s（候选：省份不明，请与本省文件核对）") % {"standard": words}
    return entry.standard.id, words


def _usual(county: Place, day: date) -> dict[str, Any]:
    """What is offered: the school year of the day, the standard of the period before if it still applies."""
    year = day.year if day.month >= 9 else day.year - 1
    found = applying(county.code, day)
    evaluations = [entry.standard.id for entry in found if entry.standard.purpose == "evaluation"]
    earlier = Period.objects.filter(county=county).order_by("-school_year").first()
    wanted = earlier.standard if earlier else DEFAULT_STANDARD
    kept = wanted if wanted in evaluations else next(iter(evaluations), "")
    gate = basic_standard(found)
    opens_on = max(timezone.localdate(), date(year, 9, 1))
    return {
        "school_year": year,
        "standard": kept,
        "gate": gate.id if gate else "",
        "opens_on": opens_on,
        "due_on": max(opens_on + timedelta(days=_USUAL_DAYS), date(year, 10, 31)),
    }
