"""Choosing a county where somebody sees several: the same list before comparing and before trying out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from junheng.web.dashboards.selectors import counties_for, evaluations_for, newest_by_county
from junheng.web.paging import page_of


def counties_context(request: HttpRequest, title: object) -> dict[str, Any]:
    """A page of the counties with what counts of each, to lead back to the same address with ``?county=``."""
    counties = counties_for(request.user)
    if text := request.GET.get("q", "").strip():
        counties = counties.filter(name__icontains=text)
    page = page_of(request, counties)
    newest = newest_by_county(evaluations_for(request.user).filter(period__county__in=list(page)))
    rows = [(county, newest.get(county.pk)) for county in page]
    return {"page": page, "rows": rows, "title": title, "q": text}
