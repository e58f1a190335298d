"""Forms of plans: what every plan is asked with, and the table of measures of a resource plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.base.errors import JunhengError
from junheng.tables.dataset import Dataset
from junheng.web.dashboards.models import Evaluation
from junheng.web.failures import words_of
from junheng.web.plans.resource_inputs import (
    Blank,
    Frames,
    MeasureLine,
    ceilings_as_text,
    ceilings_from,
)

YEARS = 5  # budget years that the page offers
MOST_BLANKS = 60  # of values to suppose on the page; more are for the workbook
_SECONDS = (
    ("20", gettext_lazy("20 秒")),
    ("60", gettext_lazy("1 分钟")),
    ("300", gettext_lazy("5 分钟")),
    ("1200", gettext_lazy("20 分钟")),
)
_GAPS = (
    ("0.001", "0.1%"),
    ("0.005", "0.5%"),
    ("0.02", "2%"),
    ("0", gettext_lazy("求到证明最优")),
)


class TitleForm(forms.Form):
    """What a plan is called."""

    title = forms.CharField(label=gettext_lazy("方案名称"), max_length=80)


class AskForm(TitleForm):
    """What every kind of plan is asked with."""

    seconds = forms.ChoiceField(label=gettext_lazy("至多求多久"), choices=_SECONDS, initial="60")
    gap = forms.ChoiceField(
        label=gettext_lazy("离最优多近可以停"),
        choices=_GAPS,
        initial="0.001",
        help_text=gettext_lazy("差距是证明出来的：没有任何方案能比它再好这么多"),
    )

    @property
    def options(self) -> dict[str, Any]:
        return {"seconds": float(self.cleaned_data["seconds"]), "gap": float(self.cleaned_data["gap"])}


class FileForm(AskForm):
    """A plan whose inputs are a workbook: one that is sent, or that of the last plan again."""

    file = forms.FileField(
        label=gettext_lazy("输入工作簿"),
        max_length=200,
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    again = forms.BooleanField(required=False)
    evaluation = forms.ModelChoiceField(
        Evaluation.objects.none(),
        label=gettext_lazy("从哪次判定出发"),
        required=False,
        empty_label=gettext_lazy("不看判定，只按输入表"),
        to_field_name="code",
    )

    def __init__(self, *args: Any, evaluations: Any, may_repeat: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - as Django
        super().__init__(*args, **kwargs)
        _offer(self.fields["evaluation"], evaluations)
        self.fields["again"].label = _("沿用“%(name)s”") % {"name": may_repeat}
        if not may_repeat:
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("file") and not cleaned.get("again"):
            self.add_error("file", _("请选填好的输入工作簿。"))
        return cleaned


class RotationForm(FileForm):
    """A rotation plan: with what emphasis."""

    field_order = ("title", "evaluation", "emphasis", "seconds", "gap", "file", "again")
    emphasis = forms.ChoiceField(
        label=gettext_lazy("侧重"),
        choices=(
            ("gaps", gettext_lazy("补缺优先")),
            ("moves", gettext_lazy("少动优先")),
            ("distance", gettext_lazy("就近优先")),
        ),
        help_text=gettext_lazy("各做一份，可以比较"),
    )

    @property
    def options(self) -> dict[str, Any]:
        return {**super().options, "emphasis": self.cleaned_data["emphasis"]}


class ZoningForm(FileForm):
    """A zoning plan: a workbook, a map, or a workbook with a map of its outlines; schools to open or to close."""

    field_order = ("title", "evaluation", "opened", "closed", "seconds", "gap", "file", "outlines", "again")
    opened = forms.CharField(
        label=gettext_lazy("启用的拟建学校"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("输入表里拟建学校的标识码，用逗号分开；结果与不启用的对照"),
    )
    closed = forms.CharField(
        label=gettext_lazy("撤并的学校"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("标识码，用逗号分开；结果与不撤并的对照"),
    )
    outlines = forms.FileField(
        label=gettext_lazy("地块边界（GeoJSON，可不传）"),
        max_length=200,
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json"}),
    )

    @property
    def options(self) -> dict[str, Any]:
        return {**super().options, **{name: _codes(self.cleaned_data[name]) for name in ("opened", "closed")}}


def _codes(text: str) -> list[str]:
    return text.replace("，", " ").replace(",", " ").replace("、", " ").split()


@dataclass(frozen=True, slots=True)
class MeasureFields:
    """The fields of one measure, a row of the table."""

    line: MeasureLine
    cost: forms.BoundField
    allowed: forms.BoundField
    most: forms.BoundField
    confirmed: forms.BoundField


class ResourceForm(AskForm):
    """A resource plan: costs, ceilings, budgets, supposed values; or the workbook that says them all."""

    ceilings = forms.CharField(
        label=gettext_lazy("学校上限"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("一行一条：学校，措施，至多多少。可以从表格里整块粘贴。没有空地的学校，新建用房写 0。"),
    )
    file = forms.FileField(
        label=gettext_lazy("输入工作簿"),
        required=False,
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - as Django
        files: Any = None,  # noqa: ANN401 - as Django
        *,
        measures: Sequence[MeasureLine],
        blanks: Sequence[Blank],
        schools: Mapping[str, str],
        last: Dataset | None,
        initial: Mapping[str, Any],
    ) -> None:
        self.measures, self.blanks, self.schools = measures, blanks[:MOST_BLANKS], schools
        said = set(last["budget"]["budget_year"]) if last else set()
        first = timezone.localdate().year
        self.years = sorted({*range(first, first + YEARS), *said})
        super().__init__(data, files, initial={**initial, **self._last(last)})
        for line in measures:
            name = line.label
            self.fields[f"cost:{line.name}"] = _decimal(line.cost, f"{name} " + _("单价"), required=False)
            self.fields[f"allowed:{line.name}"] = _flag(f"{name} " + _("可以采用"), initial=True)
            self.fields[f"most:{line.name}"] = _decimal(None, f"{name} " + _("每校至多"), required=False)
            self.fields[f"confirmed:{line.name}"] = _flag(f"{name} " + _("单价已核实"), initial=False)
        for year in self.years:
            words = _("%(year)s 年（万元）") % {"year": year}
            self.fields[f"budget:{year}"] = _decimal(None, words, required=False, label=words)
        for number, blank in enumerate(self.blanks):
            words = f"{blank.name} {blank.label}"
            self.fields[f"supposed:{number}"] = _decimal(None, words, required=False, label=words)

    def _last(self, last: Dataset | None) -> dict[str, Any]:
        """What was said last time, field by field."""
        if last is None:
            return {}
        found: dict[str, Any] = {}
        for row in last["measure"].iter_rows(named=True):
            for field, column in (("cost", "unit_cost"), ("allowed",) * 2, ("most",) * 2, ("confirmed",) * 2):
                found[f"{field}:{row['measure']}"] = _shown(row[column])
        for row in last["budget"].iter_rows(named=True):
            found[f"budget:{row['budget_year']}"] = _shown(row["budget"] / 10_000)
        known = {(blank.school, blank.stage, blank.column): n for n, blank in enumerate(self.blanks)}
        labels = {(blank.school, blank.stage, blank.label): n for n, blank in enumerate(self.blanks)}
        for row in last["supposed"].iter_rows(named=True):
            key = (row["school_code"], row["stage"], row["column"])
            if (number := known.get(key, labels.get(key))) is not None:
                found[f"supposed:{number}"] = _shown(row["value"])
        found["ceilings"] = ceilings_as_text(last, self.schools, self.measures)
        return found

    def rows(self) -> Iterator[MeasureFields]:
        for line in self.measures:
            cost, allowed, most, confirmed = (
                self[f"{name}:{line.name}"] for name in ("cost", "allowed", "most", "confirmed")
            )
            yield MeasureFields(line, cost, allowed, most, confirmed)

    def budgets(self) -> list[forms.BoundField]:
        return [self[f"budget:{year}"] for year in self.years]

    def supposed(self) -> list[tuple[Blank, forms.BoundField]]:
        return [(blank, self[f"supposed:{number}"]) for number, blank in enumerate(self.blanks)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("file"):
            return cleaned
        for line in self.measures:
            if not cleaned.get(f"allowed:{line.name}"):
                continue
            if cleaned.get(f"cost:{line.name}") is None and f"cost:{line.name}" not in self.errors:
                self.add_error(f"cost:{line.name}", _("请填单价，或不采用这项措施。"))
            if not cleaned.get(f"confirmed:{line.name}"):
                self.add_error(f"confirmed:{line.name}", _("请核实单价后勾选，或不采用。"))
        try:
            self.ceiling_rows = ceilings_from(cleaned.get("ceilings", ""), self.schools, self.measures)
        except JunhengError as error:
            self.add_error("ceilings", words_of(error))
        return cleaned

    def frames(self) -> Frames:
        """What was typed, as the tables of the input workbook."""
        said = self.cleaned_data
        return {
            "measure": [
                {
                    "measure": line.name,
                    "unit_cost": line.cost if (cost := said[f"cost:{line.name}"]) is None else cost,
                    "allowed": said[f"allowed:{line.name}"],
                    "most": said[f"most:{line.name}"],
                    "confirmed": said[f"confirmed:{line.name}"],
                    "note": None,
                }
                for line in self.measures
            ],
            "ceiling": self.ceiling_rows,
            "budget": [
                {"budget_year": year, "budget": budget * 10_000, "note": None}
                for year in self.years
                if (budget := said[f"budget:{year}"]) is not None
            ],
            "supposed": [
                {"school_code": b.school, "stage": b.stage, "column": b.column, "value": value, "note": None}
                for number, b in enumerate(self.blanks)
                if (value := said[f"supposed:{number}"]) is not None
            ],
        }


class EvaluationForm(forms.Form):
    """Which judgement a plan starts from."""

    evaluation = forms.ModelChoiceField(
        Evaluation.objects.none(), label=gettext_lazy("从哪次判定出发"), empty_label=None, to_field_name="code"
    )

    def __init__(self, *args: Any, evaluations: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        _offer(self.fields["evaluation"], evaluations)


def _offer(field: forms.Field, evaluations: Any) -> None:  # noqa: ANN401 - a set of evaluations
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = evaluations
    field.label_from_instance = _evaluation_label  # type: ignore[assignment]


def _evaluation_label(evaluation: Evaluation) -> str:
    made = timezone.localtime(evaluation.made_at)
    return f"{evaluation.period} · {evaluation.get_basis_display()} · {made:%Y-%m-%d %H:%M} · {evaluation.standard}"


def _decimal(initial: Decimal | None, said: str, *, required: bool, label: str = "") -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"aria-label": said, "step": "any", "inputmode": "decimal"})
    return forms.DecimalField(
        label=label, initial=_shown(initial), min_value=Decimal(0), max_digits=18, required=required, widget=widget
    )


def _flag(said: str, *, initial: bool) -> forms.BooleanField:
    widget = forms.CheckboxInput(attrs={"aria-label": said})
    return forms.BooleanField(initial=initial, required=False, widget=widget)


def _shown(value: object) -> object:
    """A decimal without the zeros of its column."""
    return Decimal(f"{value.normalize():f}") if isinstance(value, Decimal) else value
