"""Chromium against a running server: somebody is signed in by her session, not by typing a password each time."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from emptying import triggers_laid_aside_while_emptying
from junheng.web.accounts.models import User
from web.conftest import cast

# Playwright's own loop runs in the thread of the test, which also looks into the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# How long to wait for what must come and then stays, in milliseconds: it bounds a test that fails, no more.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
# Messages in the corner stay, so that a slow machine finds them still there.
MESSAGES_STAY = """
const remove = Element.prototype.remove;
Element.prototype.remove = function () { if (!this.classList.contains("toast")) remove.call(this); };
"""

__all__ = ["cast", "triggers_laid_aside_while_emptying"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}


@pytest.fixture
def watch() -> Callable[[BrowserContext], None]:
    """What is looked at in every browser that a test opens; tests of their own kind put more here."""
    return lambda _context: None


@pytest.fixture
def open_as(browser: Browser, live_server, watch: Callable[[BrowserContext], None]) -> Callable[..., Page]:
    """A page in a browser of her own: ``open_as(cast.clerk, "/filings/")``."""
    contexts = []

    def opened(user: User, path: str, **options: object) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(locale="zh-CN", base_url=live_server.url, **options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        context.set_default_timeout(PATIENCE)
        context.add_init_script(MESSAGES_STAY)
        contexts.append(context)
        watch(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
