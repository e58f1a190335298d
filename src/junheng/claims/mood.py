"""Does a sentence report a result, or does it plan, demand or deny one?"""

from __future__ import annotations

import re
from enum import StrEnum


class Mood(StrEnum):
    """What a figure is meant as."""

    RESULT = "result"
    PLAN = "plan"  # 预计, 力争, 到2025年达到
    RULE = "rule"  # 编制标准为, 应当, 按…核定
    LIMIT = "limit"  # 不低于40册, 省定40册的标准


_PLAN = re.compile(
    r"预计|预期|(?<![造动持生度程项国省])计划(?!生育|》|”|的|书|内|外|加大|资金|项目资金)|拟(?![定订])|规划(?:到|新|建|总|期|投)|将(?=达到?|投入|新建|改|建|完成|继续|全面|实现|增加|提高|有|再|逐步|于|在|按|从|由|为)"
    r"|力争|争取(?!了|到了|资金|项目|上级|专项)|努力(?:实现|达到|使)|目标|有望|下一步|今后|明年|未来"
    r"|(?:确保|要|使|保证)[^,。;]{0,14}(?:达到|实现|提高到|控制在|不低于|不少于|建成|完成)(?!了)"
    r"|到20\d\d年(?:底|末|秋季?)?[,]?(?!底?(?:止|为止))[^,。;]{0,10}(?:达到|实现|建成|完成|提高到|力争)(?!了)"
)
_RULE = re.compile(
    r"编制标准|标准为|标准是|标准不|规定[^,。;]{0,8}(?:为|是|不|须|应)|应当|应该|应(?=达到|不|按|在|为|有|配)|必须|须(?=达到|不|按|在)"
    r"|不得|原则上|基准定额|定额|按照?[^,。;]{0,24}(?:核定|核拨|标准(?:拨|执行|安排|补|配|计|核)|的比例(?:配|提|核)|计算得分|赋分)"
    r"|每生每年|标准(?=\d)|得\d+分|满分|分值|权重|要求[^,。;]{0,6}(?:不低于|不少于|达到)"
)
_LIMIT_BEFORE = re.compile(
    r"(?:不低于|不少于|不小于|不超过|不高于|不大于|不多于|不得低于|不得超过|控制在|至少达到|≥|≤|>=|<=|>|<|最低)(?:了|为|在)?$"
)
_LIMIT_AFTER = re.compile(
    r"[^,。;、\d]{0,6}?(?:及?以[上下内])?的?(?:省定|国家|规定|评估|最低)?(?:标准(?!化)|要求|规定|底线|指标|红线|限额|门槛)"
)
_DONE = re.compile(r"目前|现有|现已|已(?!有的)|截至|截止|实际|完成了|达到了|提高了|增加了")
_PLAN_HEADING = re.compile(
    r"(?:下一步|今后|下阶段|努力方向|工作打算|工作计划|目标任务|总体目标|工作目标|发展目标|整改目标|任务目标|打算)"
)
_DENIED = re.compile(
    r"(?:没有|未能?|尚未|还没|不能|仍未)(?:达到|完成|实现|落实)|达不到|未达标?|不达标|没有达|距[^,。;]{0,12}差距"
)


def mood_of(before: str, after: str, headings: tuple[str, ...], *, rules: bool) -> Mood:
    """What a figure is meant as.

    Args:
        before: its sentence up to the number.
        after: its sentence after number and unit.
        headings: those above it.
        rules: its chapter lays down rules.
    """
    if _LIMIT_BEFORE.search(before) or _LIMIT_AFTER.match(after):
        return Mood.LIMIT
    if rules or _RULE.search(_clauses(before, 2) + after[:6]):
        return Mood.RULE
    if _planned(before) or any(_PLAN_HEADING.search(heading) for heading in headings):
        return Mood.PLAN
    return Mood.RESULT


def _planned(before: str) -> bool:
    """A plan holds to the end of its sentence, unless a later clause says how things are."""
    found = list(_PLAN.finditer(before))
    return bool(found) and not _DONE.search(before, found[-1].end())


def denied(after: str) -> bool:
    """Whether the words after a figure take it back (20%没有达到)."""
    return bool(_DENIED.search(re.split(r"[。;]", after, maxsplit=1)[0]))


def _clauses(before: str, count: int) -> str:
    """The last clauses before a figure: a plan three clauses ago is another matter."""
    return ",".join(re.split(r"[,;]", before)[-count:])
