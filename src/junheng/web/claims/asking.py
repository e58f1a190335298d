"""What a check is asked with: the file, the data and the standard to hold it against; and the token that repeats it.

The page of a check that is not kept holds everything itself. To export from it the browser sends the same file once
more, with a token that says what it was held against, and for whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from junheng.standards.library import load_standard
from junheng.web.accounts.models import User
from junheng.web.claims.apart import Against, Judged
from junheng.web.claims.errors import CheckForgottenError
from junheng.web.claims.upload import SUFFIXES
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import (
    counties_for,
    evaluations_for,
    get_evaluation,
    newest_by_county,
    newest_by_year,
)
from junheng.web.templatetags.words import label
from junheng.workflow import list_standards

_SALT = "claims-check"
_VALID_FOR = 12 * 3600  # seconds; no session lasts longer


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document is held against besides itself.

    Attributes:
        day: on which the limits of ``standard`` are meant.
    """

    evaluation: Evaluation | None = None
    standard: str = ""
    day: date | None = None

    @property
    def against(self) -> Against:
        """The same as plain values."""
        return Against(self.standard, self.day, _judged(self.evaluation) if self.evaluation else None)


def _judged(evaluation: Evaluation) -> Judged:
    return Judged(
        store=settings.SNAPSHOTS,
        snapshot=evaluation.snapshot,
        standard=evaluation.standard,
        gate=evaluation.gate,
        day=evaluation.day,
        year=evaluation.period.school_year,
    )


class CheckForm(forms.Form):
    """The file, and what to hold it against; data only for those who see the results of a whole county."""

    file = forms.FileField(
        label=gettext_lazy("要核对的材料"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"required": gettext_lazy("请选一份材料。")},
    )
    evaluation = forms.ModelChoiceField(
        Evaluation.objects.none(),
        label=gettext_lazy("与哪次判定的数据和结论比较"),
        required=False,
        empty_label=gettext_lazy("不比较，只在材料内部核对"),
        to_field_name="code",
        error_messages={"invalid_choice": gettext_lazy("这次判定不在可选的之列，请重新选择。")},
    )
    standard = forms.ChoiceField(
        label=gettext_lazy("“达到省定标准”指哪个标准"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("这个标准不在可选的之列，请重新选择。")},
    )
    day = forms.DateField(
        label=gettext_lazy("按哪一天的要求"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("这不是日期，请写成 2025-12-31 的样子。")},
    )
    keep = forms.BooleanField(label=gettext_lazy("保存这份材料"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        offered = evaluations_to_check(user)
        if offered.exists():
            field = self.fields["evaluation"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = offered
            field.label_from_instance = _evaluation_label  # type: ignore[assignment]
        else:
            del self.fields["evaluation"]
        standards = [(standard.id, label(standard)) for standard in list_standards()]
        self.fields["standard"].choices = [("", gettext_lazy("不选，只看材料自己写出的数")), *standards]  # type: ignore[attr-defined]
        self.fields["day"].initial = timezone.localdate()

    @property
    def asked(self) -> Asked:
        """What was chosen; without a day the limits of today are meant."""
        standard = self.cleaned_data["standard"]
        day = (self.cleaned_data["day"] or timezone.localdate()) if standard else None
        return Asked(self.cleaned_data.get("evaluation"), standard, day)

    @property
    def further(self) -> list[forms.BoundField]:
        """The fields below the file."""
        return [self[name] for name in ("evaluation", "standard", "day") if name in self.fields]


def evaluations_to_check(user: User) -> QuerySet[Evaluation]:
    """Of one county the judgement that counts of each year, of several counties the newest of each.

    What is found against a county's data tells of all of its schools.
    """
    visible = evaluations_for(user)
    counting = newest_by_year(visible) if counties_for(user).count() == 1 else newest_by_county(visible)
    return visible.filter(pk__in=[entry.pk for entry in counting.values()]).order_by("-period__school_year", "pk")


def sign(asked: Asked, *, digest: str, user: User) -> str:
    """The token of a check: for this person and this file only."""
    content = {
        "digest": digest,
        "evaluation": str(asked.evaluation.code) if asked.evaluation else "",
        "standard": asked.standard,
        "day": asked.day.isoformat() if asked.day else "",
        "user": user.pk,
    }
    return signing.dumps(content, salt=_SALT, compress=True)


def asked_before(token: str, *, user: User) -> tuple[Asked, str]:
    """What a token says: what the file was held against, and its digest.

    Raises:
        CheckForgottenError: it is forged, too old or of another person.
        Http404: the data may no longer be seen.
    """
    try:
        content: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=_VALID_FOR)
    except signing.BadSignature as error:
        raise CheckForgottenError from error
    if content["user"] != user.pk:
        raise CheckForgottenError
    code, day = content["evaluation"], content["day"]
    evaluation = get_evaluation(code=UUID(code), user=user) if code else None
    return Asked(evaluation, content["standard"], date.fromisoformat(day) if day else None), content["digest"]


def _evaluation_label(evaluation: Evaluation) -> str:
    made = timezone.localtime(evaluation.made_at)
    standard = label(load_standard(evaluation.standard))
    return f"{evaluation.period.county} {evaluation.period} · {made:%Y-%m-%d %H:%M} · {standard}"
