"""Errors of trying out; each says what to do next."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class CannotRaiseError(JunhengError):
    """A school cannot be brought to a limit by one cell."""

    code = "JH-B055"
    zh = "{school}的“{indicator}”不能一键补到达标：{why}。请在“改数”里自己改。"
    en = "“{indicator}” of {school} cannot be raised to its limit by one click: {why}. Change the cells yourself."


class TooManyChangesError(JunhengError):
    """More cells were changed than one try-out keeps."""

    code = "JH-B056"
    zh = "一次试算最多改 {most} 个数，现在是 {count} 个，这次的改动没有计入。请先删去一些，或把数填报后重新判定。"
    en = "One try-out changes at most {most} cells; these would be {count}, so they were not taken. Drop some first."
