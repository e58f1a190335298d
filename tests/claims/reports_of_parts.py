"""Sentences about wholes: their parts, parts of parts, what each of several has, the same said again."""

from __future__ import annotations

from fractions import Fraction

from drawn import DIGITS, Draw, between, figure, one_of, pattern, printed, whole_of_some


@pattern
def part_of_whole(draw: Draw, true: bool) -> str:
    whole = between(draw, 30, 400)
    part = between(draw, 5, whole) if true else between(draw, whole + 2, whole * 2)
    return one_of(
        draw,
        [
            f"学校现有教职工{whole}人,其中⟦专任教师{part}人⟧。",
            f"在校学生{whole}人,其中⟦寄宿生{part}人⟧。",
            f"全县有小学{whole}所(其中⟦教学点{part}所⟧)。",
        ],
    )


@pattern
def total(draw: Draw, true: bool) -> str:
    first, second, third = (between(draw, 23, 4000) for _ in range(3))
    two, three = (figure(draw, value, 0, true=true) for value in (first + second, first + second + third))
    pupils = whole_of_some(draw, [first, second], true=true)
    money = whole_of_some(draw, [first, second, third], true=true)
    return one_of(
        draw,
        [
            f"全县⟦在校学生{pupils}人⟧,其中小学生{first}人,初中生{second}人。",
            f"⟦在校学生{two}人⟧,其中男生{first}人、女生{second}人。",
            f"现有男生{first}人、女生{second}人,⟦共{two}人⟧。",
            f"⟦全县义务教育学校专任教师{two}人⟧,其中:小学{first}人,初中{second}人。",
            f"各级财政共⟦投入{money}万元⟧,其中中央资金{first}万元、省级资金{second}万元、县级配套{third}万元。",
            f"2021年、2022年、2023年分别投入{first}万元、{second}万元、{third}万元,⟦三年累计投入{three}万元⟧。",
        ],
    )


@pattern
def total_of_nested(draw: Draw, true: bool) -> str:
    first, second, third = (between(draw, 12, 140) for _ in range(3))
    inside = between(draw, 1, min(first, second) - 1)
    value = whole_of_some(draw, [first, second, third], true=true)
    return one_of(
        draw,
        [
            f"全县⟦共有学校{value}所⟧,其中幼儿园{third}所,小学{first}所(含教学点{inside}个),初中{second}所。",
            f"全县⟦共有学校{value}所⟧,其中小学{first}所,初中{second}所(其中九年制学校{inside}所),幼儿园{third}所。",
        ],
    )


@pattern
def each(draw: Draw, true: bool) -> str:
    rooms, seats = between(draw, 2, 12), between(draw, 30, 60)
    value = figure(draw, rooms * seats, 0, true=true)
    spelled = "两" if rooms == 2 else DIGITS[rooms] if rooms <= 10 else str(rooms)
    return one_of(
        draw,
        [
            f"学校有计算机教室{rooms}间,每间配备学生机{seats}台,⟦共有学生机{value}台⟧。",
            f"为{rooms}所学校各配备计算机{seats}台,⟦共计{value}台⟧。",
            f"全县{spelled}所初中各招聘教师{seats}名,⟦合计{value}名⟧。",
        ],
    )


@pattern
def mixed_magnitudes(draw: Draw, true: bool) -> str:
    first, second, third = (between(draw, 10, 90) for _ in range(3))
    value = printed(Fraction(whole_of_some(draw, [first, second, third], true=true), 100), 2)
    central, rest = printed(Fraction(first, 100), 2), f"省级资金{second}00万元、县级资金{third}00万元"
    return one_of(
        draw,
        [
            f"⟦总投资{value}亿元⟧,其中中央资金{first}00万元、{rest}。",
            f"⟦共投入资金{value}亿元⟧,其中中央资金{central}亿元、{rest}。",
        ],
    )


@pattern
def respectively(draw: Draw, true: bool) -> str:
    teachers = between(draw, 60, 200), between(draw, 30, 59)
    pupils = teachers[0] * between(draw, 14, 19) + 7, teachers[1] * between(draw, 9, 13) + 5
    primary, junior = (figure(draw, Fraction(p, t), 1, true=true) for p, t in zip(pupils, teachers, strict=True))
    shares = [between(draw, t // 3, t - 3) for t in teachers]
    first, second = (figure(draw, Fraction(s * 100, t), 1, true=true) for s, t in zip(shares, teachers, strict=True))
    staff = f"小学、初中专任教师分别为{teachers[0]}人、{teachers[1]}人"
    degrees = f"小学、初中本科以上学历教师分别为{shares[0]}人、{shares[1]}人"
    return one_of(
        draw,
        [
            f"全县小学、初中在校生分别为{pupils[0]}人、{pupils[1]}人,{staff},小学、初中生师比分别为⟦{primary}:1⟧、⟦{junior}:1⟧。",
            f"全县小学、初中在校生分别为{pupils[0]}人、{pupils[1]}人,{staff},初中、小学生师比分别为⟦{junior}:1⟧和⟦{primary}:1⟧。",
            f"全县{staff},{degrees},分别占专任教师的⟦{first}%⟧、⟦{second}%⟧。",
        ],
    )


@pattern
def said_again(draw: Draw, true: bool) -> str:
    count = between(draw, 45, 2000)
    again = figure(draw, count, 0, true=true)
    return one_of(
        draw,
        [
            f"一、基本情况\n学校现有专任教师{count}人。\n二、教师队伍\n全校现有⟦专任教师{again}人⟧,师德良好。",
            f"一、基本情况\n我校现有在校学生{count}人。\n二、学生情况\n学校现有⟦在校学生{again}人⟧,均建有档案。",
            f"一、基本情况\n学校占地面积{count * 20}平方米。\n二、办学条件\n"
            f"⟦学校占地面积{figure(draw, count * 20, 0, true=true)}平方米⟧,布局合理。",
        ],
    )
