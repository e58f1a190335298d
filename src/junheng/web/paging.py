"""Pages of long lists: ``?page=`` and ``?size=``, whatever somebody types there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

SIZES = (20, 50, 100, 200)
USUAL = 50


def page_of(request: HttpRequest, items: QuerySet[Any] | Sequence[Any], count: int | None = None) -> Page[Any]:
    """The page asked for; the nearest one where there is none such.

    Args:
        count: how many items there are, where that is known already.
    """
    asked = request.GET.get("size", "")
    size = int(asked) if asked in map(str, SIZES) else USUAL
    paginator = Paginator(items, size)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))
