from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from junheng.web.accounts.tokens import make_token


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    settings.SNAPSHOTS = tmp_path / "snapshots"
    caches["limits"].clear()


@pytest.fixture
def token_of():
    """A new token of somebody: the row and its text."""

    def made(user, *, may_write=True, days=30):
        expires_on = timezone.localdate() + timedelta(days=days)
        return make_token(user=user, name="程序", expires_on=expires_on, may_write=may_write, acting_user=user)

    return made


@pytest.fixture
def call(client, token_of):
    """Ask the interface as somebody: ``call(cast.clerk, "get", "/api/me")``."""
    texts = {}

    def asked(user, method, address, body=None, *, may_write=True):
        known = texts.setdefault((user.pk, may_write), None) or token_of(user, may_write=may_write)[1]
        texts[user.pk, may_write] = known
        options = {"content_type": "application/json", "data": body} if body is not None else {}
        return getattr(client, method)(address, headers={"Authorization": f"Bearer {known}"}, **options)

    return asked
