"""Reports whose truth is known: sentences by pattern, limits that are met or not, and what states no result at all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import reports_of_change
import reports_of_numerals
import reports_of_parts
import reports_of_stock
from drawn import PATTERNS, Draw, between, one_of, printed, sentences
from hypothesis import strategies as st
from marked import Written, written

__all__ = ["PATTERNS", "Limited", "controls", "limited", "sentences"]

WAYS_OF_WRITING = (reports_of_stock, reports_of_parts, reports_of_change, reports_of_numerals)  # known by being read


@dataclass(frozen=True)
class Limited:
    """A sentence whose figure is right, with a limit that it is said to meet, and whether it does."""

    sentence: Written
    met: bool


@st.composite
def limited(draw: Draw) -> Limited:
    pupils = between(draw, 100, 2000)
    if draw(st.booleans()):
        limit = one_of(draw, [15, 20, 30, 40])
        per = Fraction(limit) + Fraction(one_of(draw, [-50, -8, 3, 40]), 10)
        count = int(per * pupils)
        said = one_of(draw, ["达到生均不少于{}册的标准", "达到不低于{}册的要求", "高于{}册的省定标准"])
        value = printed(Fraction(count, pupils), 2)
        met = Fraction(count, pupils) > limit if "高于" in said else Fraction(count, pupils) >= limit
        return Limited(written(f"在校学生{pupils}人,图书{count}册,⟦生均图书{value}册⟧,{said.format(limit)}。"), met)
    limit = one_of(draw, [Fraction(27, 2), Fraction(19), Fraction(16)])
    staff = max(int(pupils / (limit + one_of(draw, [-3, -1, 1, 3]))), 1)
    value = printed(Fraction(pupils, staff), 2)
    said = f"达到不高于{printed(limit, 1)}:1的标准"
    return Limited(
        written(f"在校学生{pupils}人,专任教师{staff}人,⟦生师比为{value}:1⟧,{said}。"), Fraction(pupils, staff) <= limit
    )


@st.composite
def controls(draw: Draw) -> str:
    """What states no result: a rule, a target, a plan, a mask. The figures beside it would contradict a result."""
    pupils, books = between(draw, 300, 900), between(draw, 20, 24)
    facts = (
        f"学校现有学生{pupils}人,图书{pupils * books}册,专任教师{pupils // 20}人,"
        f"占地面积{pupils * 17}平方米,教学班{pupils // 40}个。"
    )
    more = one_of(draw, [30, 35, 40])
    return facts + one_of(
        draw,
        [
            f"标准规定,小学生均图书不少于{more}册。",
            f"到2025年,生均图书要达到{more}册以上。",
            f"力争生均占地面积达到{more}平方米。",
            f"下一步,计划新购图书,使生均图书达到{more}册。",
            f"小学班额不得超过{more + 5}人。",
            f"按照编制标准,小学师生比为1:{more - 16}。",
            f"要求专任教师本科以上学历比例不低于{more + 45}%。",
            f"预计明年在校学生达到{pupils * 2}人。",
            f"拟招聘教师{more}名,确保生师比降到{more - 25}:1。",
            "生均图书xx册,生均占地面积x.x平方米。",
            "其中本年新增图书1xx8册,生均2x册。",
            "生均占地面积平方米,生均图书册。",
            "师生比为1:xx,专任教师学历合格率xx%。",
            f"邻县某校生均图书{more}册,值得学习。",
            f"上一学年生均图书{books - 5}册。",
            f"根据教督〔2017〕{more}号文件,第{more}条对此作了规定,联系电话05{more}-8{pupils}17。",
        ],
    )
