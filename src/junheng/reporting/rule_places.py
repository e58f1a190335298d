"""A place in a standard, as ``Standard.sources`` names it, in the words of the standard."""

from __future__ import annotations

from junheng.standards.model import Standard

_RULES = {
    "in_force": "生效",
    "split": "一贯制学校拆分",
    "campuses": "校区",
    "compare": "数值比较",
    "school_rule": "学校达标规则",
    "balance_rule": "校际均衡规则",
    "balance_rule.limits": "校际均衡限值",
}


def place_words(standard: Standard, place: str) -> str:
    """``不计入：特殊教育学校``, ``政府保障程度：班额``, ``生均图书册数（2017-04-19 起）``."""
    name, _, rest = place.partition("[")
    index = rest.removesuffix("]")
    if name == "leave_out":
        return f"不计入：{standard.leave_out[int(index)].label.zh}"
    since = f"（{index} 起）" if index else ""
    if name in _RULES:
        return _RULES[name] + since
    labels = {key: indicator.label.zh for key, indicator in standard.indicators()}
    if (owner := name.removesuffix(".deductions")) != name:
        return f"{place_words(standard, owner)}：扣分规则（{labels[index]}）"
    for key, part in standard.parts():
        labels |= {key: part.label.zh, f"{key}.pass_score": f"{part.label.zh}：合格线"}
        labels |= {f"{key}.{item}": f"{part.label.zh}：{entry.label.zh}" for item, entry in part.items.items()}
    labels |= {f"relaxations.{key}": f"可选宽限：{entry.label.zh}" for key, entry in standard.relaxations.items()}
    return labels.get(name, name) + since
