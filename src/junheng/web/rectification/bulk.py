"""What a bulk form selected: the rows that were ticked, or everything filtered, as many as the person confirmed."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from junheng.web.rectification.errors import CountDiffersError, NothingPickedError
from junheng.web.rectification.forms import GapFilter
from junheng.web.rectification.models import Gap
from junheng.web.rectification.selectors import gaps_for, selected
from junheng.web.signed_in import SignedInRequest


def gaps_selected(request: SignedInRequest) -> QuerySet[Gap]:
    """The gaps that a posted bulk form is about.

    Raises:
        CountDiffersError: the filter does not select as many as was confirmed.
        NothingPickedError: no row was ticked.
    """
    user = request.user
    if not request.POST.get("all"):
        picked = gaps_for(user).filter(code__in=_codes(request.POST.getlist("row")))
        if not picked:
            raise NothingPickedError
        return picked
    form = GapFilter(QueryDict(request.POST.get("filter", "")), user=user)
    found = selected(gaps_for(user), form.wanted(), today=timezone.localdate(), user=user)
    confirmed, count = request.POST.get("count", ""), found.count()
    if confirmed != str(count):
        raise CountDiffersError(confirmed=confirmed or "0", found=count)
    return found


def _codes(texts: list[str]) -> list[UUID]:
    codes = []
    for text in texts:
        try:
            codes.append(UUID(text))
        except ValueError:
            continue  # made up: nothing has such a code
    return codes
