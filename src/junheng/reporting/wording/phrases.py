"""Small words: operators, conclusions, lists of names, and counts of which some are left out when they are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from junheng.base.outcome import Outcome
from junheng.reporting.facts.digits import fewest
from junheng.reporting.report.runs import Figure, Name, Quote, Text, listed, say

OPERATORS = {"at_least": "不低于", "at_most": "不超过", "above": "高于", "below": "低于"}
ITEM_WORDS = {
    Outcome.MET: "达到",
    Outcome.TOLERATED: "基本达到",
    Outcome.UNMET: "未达到",
    Outcome.UNKNOWN: "尚不能判定",
}
VETO_WORDS = {
    Outcome.MET: "未发生",
    Outcome.TOLERATED: "基本未发生",
    Outcome.UNMET: "存在",
    Outcome.UNKNOWN: "尚不能判定",
}
NOT_CONCERNED = "不涉及"


def conclusion_word(part: str, outcome: Outcome | str | None) -> str:
    """What is said of an item: 达到, 未达到, …; of a veto whether it happened."""
    if not outcome:
        return NOT_CONCERNED
    return (VETO_WORDS if part == "vetoes" else ITEM_WORDS)[Outcome(outcome)]


def required(operator: str | None, limit: Figure) -> Text:
    """``不低于95%``, ``100%``; empty where no limit is known or where it only says which way a difference goes."""
    if not operator or not limit.value:
        return ()
    everything = limit.unit == "%" and limit.value == 100 and operator == "at_least"
    return (limit,) if everything else (OPERATORS[operator], limit)


def brief(figure: Figure) -> Figure:
    """The figure with as few decimals as a speaker would read out."""
    return replace(figure, digits=fewest(figure.value))


def visible(change: Figure) -> bool:
    """Whether a change is known and printed as something: 0.04 个百分点 with one decimal is not."""
    return change.value is not None and change.number.strip("-0.") != ""


def several(names: Sequence[Name | Quote | str], most: int = 5) -> Text:
    """``甲、乙、丙``; ``甲、乙等`` where there are more than ``most``: how many stands beside it."""
    return (*listed(names[:most]), *(("等",) if len(names) > most else ()))


_PER = re.compile(r"^每百名学生拥有(.+?)数?$")


def short_label(label: str) -> str:
    """A label as a column of a long list has room for: 每百名学生拥有县级以上骨干教师数 → 县级以上骨干教师."""
    return _PER.sub(r"\1", re.sub(r"（[^（）]*）", "", label))


def quoted(labels: Sequence[Quote], most: int = 8) -> Text:
    """``“音乐、美术专用教室”“班额”``: labels that may hold commas themselves."""
    told = [run for label in labels[:most] for run in ("“", label, "”")]
    return (*told, *(("等",) if len(labels) > most else ()))


def counted(parts: Iterable[tuple[str, Figure]], between: str = "，") -> Text:
    """Clauses with a count each (``{count}达标``), without those that count nothing."""
    return listed([say(words, count=count) for words, count in parts if count.value], between)


def joined(clauses: Iterable[Text], between: str = "；") -> Text:
    """Clauses that say something, one after another."""
    return listed([clause for clause in clauses if clause], between)
