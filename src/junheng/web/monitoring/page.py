"""What every page of monitoring has around its own content."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from polars.exceptions import PolarsError

from junheng.base.errors import JunhengError
from junheng.store.judged import JudgedYears
from junheng.web.access import Action, may_anywhere
from junheng.web.dashboards.answers import listed
from junheng.web.failures import words_of
from junheng.web.monitoring.asked import Asked, name_of_standard
from junheng.web.monitoring.errors import SentFileDamagedError, StoreUnreadableError
from junheng.web.monitoring.watch import nation
from junheng.web.templatetags.words import label
from junheng.workflow.nation import stale_years

P = ParamSpec("P")
Request = TypeVar("Request", bound=HttpRequest)
_log = logging.getLogger(__name__)


def page(asked: Asked, tab: str, answer: str, own: Mapping[str, Any]) -> dict[str, Any]:
    """The context of a page: its tabs, its subject, and where its figures come from."""
    abouts = {about.year: about for about in JudgedYears(nation()).years(asked.watch.standard)}
    by_reason: dict[str, list[int]] = {}
    for year, why in stale_years(nation(), standard=asked.watch.standard).items():
        by_reason.setdefault(label(why), []).append(year)
    return {
        "stale": [(listed(map(str, years)), why) for why, years in by_reason.items()],
        "asked": asked,
        "tabs": asked.tabs(tab),
        "answer": answer,
        "about": abouts.get(asked.year),
        "standard_name": name_of_standard(asked.watch.standard),
        **own,
    }


def empty(request: HttpRequest) -> HttpResponse:
    """The page while nothing was judged: what to do about it, for whoever can."""
    context = {"may_load": may_anywhere(request.user, Action.LOAD_NATION)}
    return render(request, "monitoring/nothing_loaded.html", context)


def readable(
    view: Callable[Concatenate[Request, P], HttpResponseBase],
) -> Callable[Concatenate[Request, P], HttpResponseBase]:
    """Where the national store does not read, the page says so, and what to do, instead of failing."""

    @wraps(view)
    def shown(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except SentFileDamagedError as error:
            why = words_of(error)
        except (JunhengError, PolarsError, OSError) as error:
            _log.exception("national store")  # its words name folders of the server: they are for the log
            reason = error.code if isinstance(error, JunhengError) else type(error).__name__
            why = words_of(StoreUnreadableError(reason=reason))
        return render(request, "monitoring/unreadable.html", {"why": why}, status=503)

    return shown
