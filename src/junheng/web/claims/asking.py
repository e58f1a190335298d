"""What a check is asked with: the file, the judgement to compare it with; and the token that repeats it.

The page of a check that is not kept holds everything itself. To export from it the browser sends the same file once
more, with a token that says what it was compared with, and for whom.
"""

from __future__ import annotations

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
from junheng.web.claims.apart import Against
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

_SALT = "claims-check"
_VALID_FOR = 12 * 3600  # seconds; no session lasts longer


def against(evaluation: Evaluation | None) -> Against | None:
    """A judgement as plain values."""
    if evaluation is None:
        return None
    return Against(
        store=settings.SNAPSHOTS,
        snapshot=evaluation.snapshot,
        standard=evaluation.standard,
        gate=evaluation.gate,
        day=evaluation.day,
        year=evaluation.period.school_year,
    )


class CheckForm(forms.Form):
    """The file, and what to compare it with: only for those who see the results of a whole county."""

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

    @property
    def chosen(self) -> Evaluation | None:
        """The judgement to compare with, where one was chosen."""
        chosen: Evaluation | None = self.cleaned_data.get("evaluation")
        return chosen


def evaluations_to_check(user: User) -> QuerySet[Evaluation]:
    """Of one county the judgement that counts of each year, of several counties the newest of each.

    What is found against a county's data tells of all of its schools.
    """
    visible = evaluations_for(user)
    counting = newest_by_year(visible) if counties_for(user).count() == 1 else newest_by_county(visible)
    return visible.filter(pk__in=[entry.pk for entry in counting.values()]).order_by("-period__school_year", "pk")


def sign(evaluation: Evaluation | None, *, digest: str, user: User) -> str:
    """The token of a check: for this person and this file only."""
    code = str(evaluation.code) if evaluation else ""
    return signing.dumps({"digest": digest, "evaluation": code, "user": user.pk}, salt=_SALT, compress=True)


def asked_before(token: str, *, user: User) -> tuple[Evaluation | None, str]:
    """What a token says: what the file was compared with, and its digest.

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
    code = content["evaluation"]
    return get_evaluation(code=UUID(code), user=user) if code else None, content["digest"]


def _evaluation_label(evaluation: Evaluation) -> str:
    made = timezone.localtime(evaluation.made_at)
    standard = label(load_standard(evaluation.standard))
    return f"{evaluation.period.county} {evaluation.period} · {made:%Y-%m-%d %H:%M} · {standard}"
