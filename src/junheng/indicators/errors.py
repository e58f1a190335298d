"""What can be wrong with an indicator."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class UnknownKindError(JunhengError):
    """A standard names a kind of computation that does not exist."""

    code = "JH-N001"
    zh = "标准 {standard} 的“{indicator}”写了计算方式 {kind}，系统没有这一种。请改用参考手册“指标”一页列出的计算方式。"
    en = "{standard}: “{indicator}” names the kind {kind}, which does not exist."
