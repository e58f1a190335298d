"""What can be wrong with an indicator."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class FormulaError(JunhengError):
    """An indicator of a standard cannot be computed as it is written."""

    code = "JH-N001"
    zh = (
        "标准 {standard} 的“{indicator}”不能计算：{problems}。"
        "请照参考手册“计算方式”一页改正，再用“junheng standards check”查一遍。"
    )
    en = (
        "{standard}: “{indicator}” cannot be computed as it is written: {problems}. "
        "“junheng standards check {standard}” says where; the reference page on kinds of computation says how."
    )
