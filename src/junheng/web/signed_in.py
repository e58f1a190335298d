"""The request of a page that only somebody who is signed in can open."""

from __future__ import annotations

from django.http import HttpRequest

from junheng.web.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose view is behind ``login_required``."""

    user: User
