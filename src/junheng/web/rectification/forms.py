"""What people type about gaps, and how they filter the list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.web.accounts.models import User
from junheng.web.filings.models import Period
from junheng.web.rectification.models import GapState, Part
from junheng.web.rectification.selectors import periods_with_gaps, possible_owners
from junheng.web.rectification.services import OF_EACH_SCHOOL

DUE = (
    ("", _("不限")),
    ("overdue", _("已逾期")),
    ("week", _("7 天内到期")),
    ("month", _("8–30 天内到期")),
    ("later", _("30 天以后到期")),
    ("none", _("没有时限")),
)
STATES = (
    ("", _("未销号的全部")),
    *((state.value, state.label) for state in GapState),
    ("all", _("全部")),
)


class GapFilter(forms.Form):
    """The filters of the list; blank ones select everything."""

    period = forms.ChoiceField(label=_("周期"), required=False)
    q = forms.CharField(label=_("学校、乡镇或问题"), required=False, max_length=60)
    part = forms.ChoiceField(label=_("板块"), required=False, choices=[("", _("全部")), *Part.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)
    owner = forms.ChoiceField(label=_("责任人"), required=False)
    due = forms.ChoiceField(label=_("完成时限"), required=False, choices=DUE)
    indicator = forms.CharField(required=False, widget=forms.HiddenInput)
    stage = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User) -> None:  # noqa: ANN401 - a query
        self.periods = {str(period.pk): period for period in periods_with_gaps(user)}
        super().__init__(data)
        counties = {period.county_id for period in self.periods.values()}
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (pk, f"{period.county} {period}" if len(counties) > 1 else str(period))
            for pk, period in self.periods.items()
        ]
        people = [(str(entry.pk), entry.name) for entry in possible_owners(user, self.chosen_period)]
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("全部")),
            ("mine", _("我负责的")),
            ("none", _("没有责任人")),
            *people,
        ]

    @property
    def chosen_period(self) -> Period | None:
        """The period asked for; the newest one, of the county that is named, where none is."""
        asked = self.periods.get(str(self.data.get("period", "")))
        if asked is not None:
            return asked
        return next((period for period in self.periods.values() if self.county in ("", period.county.code)), None)

    @property
    def county(self) -> str:
        """The county that a link names; it may have no gaps. A period that is asked for says more."""
        return "" if str(self.data.get("period", "")) in self.periods else str(self.data.get("county", ""))

    def wanted(self) -> dict[str, Any]:
        """The filters that read; what somebody made up in the address counts for nothing."""
        self.is_valid()
        return {**self.cleaned_data, "period": self.chosen_period, "county": self.county}


class AssignForm(forms.Form):
    """Who mends gaps, until when."""

    owner = forms.ChoiceField(label=_("指派给"), required=False)
    due_on = forms.DateField(label=_("时限改为"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any = None, *, people: list[User], initial: Any = None) -> None:  # noqa: ANN401 - as Django
        super().__init__(data, initial=initial)
        self._people = {str(entry.pk): entry for entry in people}
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("不改")),
            (OF_EACH_SCHOOL, _("各校校长（学校的问题）")),
            *((pk, entry.name) for pk, entry in self._people.items()),
        ]

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if due_on is not None and due_on < today and due_on != self.initial.get("due_on"):
            words = _("时限 %(due)s 已经过去（今天是 %(today)s），没有指派。请填今天或以后的日期。")
            raise forms.ValidationError(words, params={"due": due_on.isoformat(), "today": today.isoformat()})
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("owner") and not cleaned.get("due_on") and not self.errors:
            raise forms.ValidationError(_("请选责任人，或填完成时限。"))
        return cleaned

    @property
    def chosen_owner(self) -> User | str | None:
        chosen: str = self.cleaned_data["owner"]
        return self._people.get(chosen, chosen or None)


class MeasureForm(forms.Form):
    """What is done about a gap."""

    measure = forms.CharField(
        label=_("整改措施"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    expects = forms.CharField(label=_("预计达成情况"), max_length=300, required=False)
    evidence = forms.CharField(
        label=_("佐证说明"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    expects.help_text = _("如：12 月底前补 2 名音乐教师，达到每百名学生 0.92 人")
    evidence.help_text = _("文件、照片、合同在哪里，谁可以证明")
