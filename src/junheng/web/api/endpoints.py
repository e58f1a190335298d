"""The interface put together: every operation behind a token, every error in one form."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Swagger
from ninja.errors import HttpError, ValidationError

from junheng.base.errors import JunhengError
from junheng.web.api.errors import (
    NothingThereError,
    OwnFaultError,
    UnreadableRequestError,
    WrongRequestError,
    status_of,
)
from junheng.web.api.routes import filings, places, results, tracking
from junheng.web.api.tokens import Token
from junheng.web.failures import in_both
from junheng.web.limits import TooOftenError

_log = logging.getLogger(__name__)
_ABOUT = (
    "读取和填报。令牌在“我的账号”里新建，权限与本人相同；看不到的内容一律 404。\n\n"
    "Reading and filing. Make a token in “account”; it may what its owner may, and what she may not see is 404. "
    "Errors have one form: code, zh, en. Lists take limit and offset."
)

api = NinjaAPI(
    title="均衡 Junheng",
    version="1",
    description=_ABOUT,
    auth=Token(),
    docs=Swagger(settings={"persistAuthorization": False, "defaultModelsExpandDepth": -1, "validatorUrl": None}),
)
for routes in (places, filings, results, tracking):
    api.add_router("", routes.router)


def _problem(request: HttpRequest, error: JunhengError) -> HttpResponse:
    response = api.create_response(request, {"code": error.code, **in_both(error)}, status=status_of(error))
    if isinstance(error, TooOftenError):
        response["Retry-After"] = str(error.wait)
    return response


@api.exception_handler(JunhengError)
def _refused(request: HttpRequest, error: JunhengError) -> HttpResponse:
    return _problem(request, error)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return _problem(request, NothingThereError())


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [f"{'.'.join(map(str, entry['loc'][1:]))}: {entry['msg']}" for entry in error.errors[:5]]
    return _problem(request, WrongRequestError(problems="; ".join(problems)))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _problem(request, UnreadableRequestError())


@api.exception_handler(Exception)
def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.exception("%s %s failed", request.method, request.path)
    return _problem(request, OwnFaultError())
