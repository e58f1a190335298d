"""Forms of places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from junheng.web.regions.levels import BELOW, county_of
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.profile import columns_of, faults_of_school, fields_of, row_of
from junheng.web.regions.school_list import official
from junheng.web.regions.selectors import towns_of

_DATE = forms.DateInput({"type": "date"}, "%Y-%m-%d")


class PlaceFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("名称或代码"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), required=False, choices=[("", gettext_lazy("全部")), *PlaceKind.choices]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[("", gettext_lazy("全部")), ("open", gettext_lazy("在办")), ("closed", gettext_lazy("已撤并"))],
    )


class PlaceForm(forms.Form):
    """A place: its name, its opening day, and its profile by the definition of its table."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    code = forms.CharField(
        label=gettext_lazy("代码"),
        max_length=40,
        help_text=gettext_lazy("行政区划代码或学校标识码，以后不能改。"),
    )
    town = forms.ModelChoiceField(
        label=gettext_lazy("乡镇（学区）"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=gettext_lazy("县直"),
    )
    opened_on = forms.DateField(label=gettext_lazy("建校（设立）日期"), required=False, widget=_DATE)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kind: PlaceKind,
        parent: Place | None,
        place: Place | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(place) if place else None)
        self.kind, self.parent, self.place = kind, parent, place
        root = place or parent
        self.county = county_of(root) if root else None
        if place is not None or kind is PlaceKind.TOWN:
            del self.fields["code"]
        if kind is PlaceKind.SCHOOL and self.county:
            self.fields["town"].queryset = towns_of(self.county)  # type: ignore[attr-defined]
            if place is None and parent and parent.kind == PlaceKind.TOWN:
                self.fields["town"].initial = parent
        else:
            del self.fields["town"]
        self.fields |= fields_of(kind)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.kind is PlaceKind.SCHOOL and self.county and not self.errors:
            self._check_school(self.county, cleaned)
        return cleaned

    def _check_school(self, county: Place, cleaned: dict[str, Any]) -> None:
        town = cleaned.get("town")
        row = {
            "school_code": self.place.code if self.place else cleaned["code"],
            "school_name": cleaned["name"],
            "county_code": county.code,
            "town": town.name if town else "",
            "opened_on": cleaned["opened_on"].isoformat() if cleaned.get("opened_on") else "",
            "closed_on": self.place.closed_on.isoformat() if self.place and self.place.closed_on else "",
            **self.record,
        }
        main = self.record.get("campus_of", "")
        known = Place.objects.filter(code=main, path__below=county.path).select_related("parent") if main else ()
        others = [row_of(other, county) for other in known if other.code != row["school_code"]]
        own = {"school_code": "code", "school_name": "name"}
        for column, message in faults_of_school(row, county, others):
            name = own.get(column, column)
            self.add_error(name if name in self.fields else None, message)

    @property
    def record(self) -> dict[str, str]:
        """The profile: what was filled in, as it was written."""
        names = [column.name for column in columns_of(self.kind)]
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}

    @property
    def wanted_parent(self) -> Place | None:
        """Below which place: of a school its town, or the county itself."""
        if self.kind is PlaceKind.SCHOOL:
            return self.cleaned_data.get("town") or self.county
        return self.parent


def _initial(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {"name": place.name, "opened_on": place.opened_on}
    if place.parent and place.parent.kind == PlaceKind.TOWN:
        found["town"] = place.parent
    columns = columns_of(place.kind)
    return found | {column.name: official(column, place.record.get(column.name, "")) for column in columns}


class CloseForm(forms.Form):
    """The day of closing; of a school also the one that it joins."""

    closed_on = forms.DateField(label=gettext_lazy("撤并日期"), widget=_DATE)
    into = forms.ModelChoiceField(
        label=gettext_lazy("并入"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=gettext_lazy("不并入，直接撤销"),
    )

    def __init__(self, data: QueryDict | None = None, *, place: Place) -> None:
        super().__init__(data)
        county = county_of(place)
        others = Place.objects.filter(kind=place.kind, closed_on__isnull=True).exclude(pk=place.pk)
        root = county if county and county.pk != place.pk else place.parent
        self.fields["into"].queryset = (  # type: ignore[attr-defined]
            others.filter(path__below=root.path).order_by("name") if root else others.none()
        )


class SchoolListForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("学校名录"), widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}))


def kinds_below(place: Place) -> list[tuple[str, str]]:
    """What can be added below a place: kind and word."""
    return [(kind.value, str(kind.label)) for kind in BELOW[PlaceKind(place.kind)]]


def kind_named(place: Place, kind: str) -> PlaceKind | None:
    return next((found for found in BELOW[PlaceKind(place.kind)] if found.value == kind), None)
