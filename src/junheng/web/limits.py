"""Rate limits: how often a person, a token or an address may do something. Sign-in has its own lock-out (axes).

They are counted in files of the installation, which all server processes share: a cache in memory would give every
process a count of its own, and one in the database would let a flood of requests wait for the same lock as everybody
who saves figures. Two requests in the same instant may count as one, which a limit can bear. Where several machines
serve one installation each counts for itself; the limits of a proxy before them then come on top.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from junheng.base.errors import JunhengError

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


class TooOftenError(JunhengError):
    """Somebody asked more often than the limit allows."""

    code = "JH-B003"
    zh = "操作太频繁：{seconds} 秒内最多 {count} 次。请 {wait} 秒后再试，已保存的内容没有丢失。"
    en = "Too often: at most {count} times in {seconds} seconds. Try again in {wait} seconds; nothing saved is lost."

    @property
    def wait(self) -> int:
        return int(str(self.values["wait"]))


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` times in ``seconds``."""

    name: str
    count: int
    seconds: int

    def take(self, who: str) -> None:
        """Count one more.

        Raises:
            TooOftenError: there were too many in this span of time.
        """
        now = time.time()
        span = int(now // self.seconds)
        key = hashlib.sha256(f"{self.name}/{who}/{span}".encode()).hexdigest()
        store = caches["limits"]
        if store.add(key, 1, timeout=self.seconds + 1):
            return
        try:
            taken = store.incr(key)
        except ValueError:  # it ran out between the two
            return
        if taken > self.count:
            wait = max(1, int((span + 1) * self.seconds - now))
            raise TooOftenError(count=self.count, seconds=self.seconds, wait=wait)


API = Limit("api", count=600, seconds=60)
API_REFUSED = Limit("api-refused", count=30, seconds=60)  # requests without a valid token, by address
UPLOADS = Limit("uploads", count=30, seconds=300)
SIGN_IN = Limit("sign-in", count=150, seconds=300)  # tries, by address: a whole county may come from one
JOBS = Limit("jobs", count=30, seconds=300)

Page = Callable[Concatenate[R, P], HttpResponseBase]


def limited(limit: Limit) -> Callable[[Page[R, P]], Page[R, P]]:
    """A view that takes something in: each POST of a person counts."""
    return _limited(limit, lambda request: f"user/{request.user.pk}")


def limited_by_address(limit: Limit) -> Callable[[Page[R, P]], Page[R, P]]:
    """A view that asks who one is: each POST from an address counts."""
    return _limited(limit, lambda request: f"address/{request.META.get('REMOTE_ADDR', '')}")


def _limited(limit: Limit, who: Callable[[HttpRequest], str]) -> Callable[[Page[R, P]], Page[R, P]]:
    def of(view: Page[R, P]) -> Page[R, P]:
        def answer(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "POST":
                try:
                    limit.take(who(request))
                except TooOftenError as error:
                    return too_often(request, error)
            return view(request, *args, **kwargs)

        update_wrapper(answer, view)
        return answer

    return of


def too_often(request: HttpRequest, error: TooOftenError) -> HttpResponse:
    """The page of a limit that was reached."""
    page = render(request, "429.html", status=429)
    page.headers["Retry-After"] = str(error.wait)
    return page
