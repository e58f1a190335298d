"""The form of one report: what it is written from, in which forms, and what only its writer knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from junheng.reporting.definition import ChapterEntry
from junheng.reporting.library import Maker
from junheng.standards.library import load_standard
from junheng.web.dashboards.models import Evaluation
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.reports.making import FORMS
from junheng.web.reports.models import Masked
from junheng.web.reports.sources import Round
from junheng.web.templatetags.words import label

_LONGEST = 4000  # characters of one's own words for a chapter


class ReportForm(forms.Form):
    """What a report is asked with; fields that it has no use for are left out."""

    evaluation = forms.ModelChoiceField(
        Evaluation.objects.none(),
        label=gettext_lazy("根据哪次判定"),
        empty_label=None,
        to_field_name="code",
        error_messages={"invalid_choice": gettext_lazy("这次判定不在可选的之列，请重新选择。")},
    )
    round = forms.ChoiceField(label=gettext_lazy("根据哪个学年的判定"))
    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=gettext_lazy("根据哪个方案"),
        empty_label=None,
        to_field_name="code",
        error_messages={"invalid_choice": gettext_lazy("这个方案不在可选的之列，请重新选择。")},
    )
    attached = forms.ModelMultipleChoiceField(
        Plan.objects.none(),
        label=gettext_lazy("一并写到的方案"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="code",
        help_text=gettext_lazy("可不选；选了的，在下一步打算和附件里写到。"),
        error_messages={
            "required": gettext_lazy("请至少选一个方案。"),
            "invalid_choice": gettext_lazy("这个方案不在可选的之列，请重新选择。"),
        },
    )
    formats = forms.MultipleChoiceField(
        label=gettext_lazy("文件"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选一种文件。")},
    )
    masked = forms.ChoiceField(
        label=gettext_lazy("脱敏"),
        choices=Masked.choices,
        required=False,
        help_text=gettext_lazy("脱敏版不附图；同一所学校始终用同一个代号。"),
    )
    to = forms.CharField(label=gettext_lazy("主送"), max_length=100, required=False)
    number = forms.CharField(label=gettext_lazy("文号"), max_length=60, required=False)
    office = forms.CharField(label=gettext_lazy("落款"), max_length=100, required=False)
    written_on = forms.DateField(
        label=gettext_lazy("成文日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("这不是日期，请写成 2025-12-31 的样子。")},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own
        maker: Maker,
        evaluations: QuerySet[Evaluation],
        rounds: Sequence[Round],
        plans: QuerySet[Plan],
        **kwargs: Any,  # noqa: ANN401 - Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {entry.key: entry for entry in rounds}
        definition = maker.definition
        self._offer("evaluation", evaluations, _evaluation_label, wanted=definition.scope in ("county", "school"))
        needs = definition.needs
        self._offer("plan", plans, _plan_label, wanted=bool(needs.plan))
        may_attach = not needs.plan and (needs.any_plan or (definition.scope == "county" and plans.exists()))
        self._offer("attached", plans, _plan_label, wanted=may_attach)
        if needs.any_plan:
            self.fields["attached"].required = True
            self.fields["attached"].label = _("写到哪些方案")
            self.fields["attached"].help_text = ""
        if definition.scope == "counties":
            self.fields["round"].choices = [(entry.key, _round_label(entry)) for entry in rounds]  # type: ignore[attr-defined]
        else:
            del self.fields["round"]
        self.fields["formats"].choices = [(form, FORMS[form]) for form in definition.formats]  # type: ignore[attr-defined]
        self.fields["formats"].initial = list(definition.formats)
        self.chapters = [entry for entry in definition.chapters if entry.heading]
        for number, entry in enumerate(self.chapters):
            self.fields[f"text:{number}"] = forms.CharField(
                label=entry.heading, max_length=_LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
            )

    def _offer(self, name: str, choices: QuerySet[Any], words: Any, *, wanted: bool) -> None:  # noqa: ANN401
        if not wanted:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices
        field.label_from_instance = words  # type: ignore[method-assign]

    def sources(self) -> list[forms.BoundField]:
        """What it is written from."""
        return [self[name] for name in ("evaluation", "round", "plan", "attached") if name in self.fields]

    def letter(self) -> list[forms.BoundField]:
        """What stands around the text of a letter."""
        return [self[name] for name in ("to", "number", "office", "written_on")]

    def own_words(self) -> list[forms.BoundField]:
        """A field for each chapter."""
        return [self[f"text:{number}"] for number in range(len(self.chapters))]

    @property
    def letter_is_filled(self) -> bool:
        """Whether something was written there, so that it is shown at once."""
        return any(field.value() or field.errors for field in self.letter())

    @property
    def has_own_words(self) -> bool:
        """Whether something was written for a chapter, so that it is shown at once."""
        return any(field.value() or field.errors for field in self.own_words())

    @property
    def plans(self) -> list[Plan]:
        """The plans that it draws on."""
        plan = self.cleaned_data.get("plan")
        return [plan] if plan else list(self.cleaned_data.get("attached", ()))

    @property
    def options(self) -> dict[str, Any]:
        """What was chosen, as plain JSON values."""
        said = self.cleaned_data
        day = said["written_on"]
        options: dict[str, Any] = {
            "formats": said["formats"],
            "masked": said["masked"],
            "writer": {
                **{name: said[name] for name in ("to", "number", "office")},
                "written_on": day.isoformat() if day else None,
            },
            "texts": {
                chapter_key(entry): text
                for number, entry in enumerate(self.chapters)
                if (text := said[f"text:{number}"])
            },
        }
        if "round" in self.fields:
            options["counties"] = [str(entry.code) for entry in self.rounds[said["round"]].evaluations]
        return options


def chapter_key(entry: ChapterEntry) -> str:
    """The name that a writer's words for a chapter are kept under."""
    return entry.chapter or entry.heading


def initial_of(options: dict[str, Any], chapters: Sequence[ChapterEntry]) -> dict[str, Any]:
    """What the form begins with to ask once more for what was asked before."""
    texts = options.get("texts", {})
    return {
        "formats": options.get("formats", []),
        "masked": options.get("masked", ""),
        "attached": options.get("plans", []),
        **options.get("writer", {}),
        **{f"text:{number}": texts.get(chapter_key(entry), "") for number, entry in enumerate(chapters)},
    }


def _evaluation_label(evaluation: Evaluation) -> str:
    made = timezone.localtime(evaluation.made_at)
    basis, standard = evaluation.get_basis_display(), label(load_standard(evaluation.standard))
    return f"{evaluation.period} · {basis} · {made:%Y-%m-%d %H:%M} · {standard}"


def _round_label(entry: Round) -> str:
    count = len(entry.evaluations)
    counties = ngettext("%(count)s 个县", "%(count)s 个县", count) % {"count": count}
    year = _("%(from)s—%(to)s 学年") % {"from": entry.year, "to": entry.year + 1}
    return f"{year} · {counties} · {label(load_standard(entry.standard))}"


def _plan_label(plan: Plan) -> str:
    return f"{PlanKind(plan.kind).label} · {plan.title} · {timezone.localtime(plan.made_at):%Y-%m-%d %H:%M}"
