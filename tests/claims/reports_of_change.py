"""Sentences about change: differences, growth, percentage points, series of years."""

from __future__ import annotations

from fractions import Fraction

from drawn import Draw, amount, between, figure, one_of, pattern, printed


@pattern
def difference(draw: Draw, true: bool) -> str:
    before, change = between(draw, 300, 9000), between(draw, 21, 270)
    up = one_of(draw, [True, False])
    after = before + change if up else before - change
    value = figure(draw, change, 0, true=true)
    more = one_of(draw, ["增加", "净增"] if up else ["减少"])
    return one_of(
        draw,
        [
            f"2021年教育支出为{before}万元,2022年教育支出为{after}万元,⟦比上年{more}{value}万元⟧。",
            f"在校学生由2020年的{before}人变为2023年的{after}人,⟦{more}{value}人⟧。",
        ],
    )


@pattern
def growth(draw: Draw, true: bool) -> str:
    before = between(draw, 3000, 90000)
    after = before * between(draw, 103, 160) // 100
    value = figure(draw, Fraction((after - before) * 100, before), between(draw, 1, 2), true=true)
    return one_of(
        draw,
        [
            f"2021年教育财政拨款为{before}万元,2022年为{after}万元,⟦增长{value}%⟧。",
            f"2022年教育支出{after}万元,比上年的{before}万元⟦增长{value}%⟧。",
            f"公用经费由{before}万元提高到{after}万元,⟦增长{value}%⟧。",
            f"公用经费从{before}万元增加到{after}万元,⟦增幅{value}%⟧。",
        ],
    )


@pattern
def growth_of_unnamed_base(draw: Draw, true: bool) -> str:
    before = between(draw, 3000, 90000)
    change = before * between(draw, 3, 60) // 100 + 1
    up = one_of(draw, [True, False])
    after = before + change if up else before - change
    value = figure(draw, Fraction(change * 100, before), between(draw, 1, 2), true=true)
    more, grew = ("增加", "增长") if up else ("减少", "下降")
    year = one_of(draw, ["比上年", "比上年同期", "较上年", "同比"])
    return f"2022年教育财政拨款为{amount(draw, after)}万元,{year}{more}{amount(draw, change)}万元,⟦{grew}{value}%⟧。"


@pattern
def percentage_points(draw: Draw, true: bool) -> str:
    before, change = between(draw, 600, 900), between(draw, 11, 90)
    value = figure(draw, Fraction(change, 10), 1, true=true)
    first, second = printed(Fraction(before, 10), 1), printed(Fraction(before + change, 10), 1)
    return f"学前三年毛入园率由{first}%提高到{second}%,⟦提高{value}个百分点⟧。"


@pattern
def trend(draw: Draw, true: bool) -> str:
    first = between(draw, 900, 9000)
    second = first + between(draw, 20, 400)
    third = second + between(draw, 20, 400) if true else second - between(draw, 20, 400)
    way = one_of(draw, ["逐年增长", "逐年增加", "逐年提高", "连年增长", "逐年递增"])
    return one_of(
        draw,
        [
            f"2020年、2021年、2022年教育经费投入分别为{first}万元、{second}万元、{third}万元,⟦{way}⟧。",
            f"2020—2022年教育经费投入分别为{first}万元、{second}万元和{third}万元,实现⟦{way}⟧。",
            f"教育经费投入2020年为{first}万元,2021年为{second}万元,2022年为{third}万元,⟦{way}⟧。",
        ],
    )
