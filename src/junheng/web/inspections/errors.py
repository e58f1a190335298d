"""Errors of inspecting; each says what to do next."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class FindingClosedError(JunhengError):
    """A finding that is closed was to be answered or closed again."""

    code = "JH-B066"
    zh = "这条督导意见已经办结，不能再{step}。请刷新页面查看结论；有新问题，请另提一条。"
    en = "This finding is closed; “{step}” is not possible any more. Reload the page, or leave a new finding."
