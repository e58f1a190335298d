"""Sentences whose figures are written in other ways: hedged, in Chinese numerals, in full width."""

from __future__ import annotations

from fractions import Fraction

from drawn import DIGITS, Draw, between, figure, one_of, pattern, printed
from reports_of_change import growth
from reports_of_stock import class_size, per_pupil, share

FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


@pattern
def hedged(draw: Draw, true: bool) -> str:
    whole = between(draw, 200, 900)
    part = between(draw, whole // 5, whole * 4 // 5)
    exact = Fraction(part * 100, whole)
    way = one_of(draw, ["约占{}%", "占比近{}%", "占比超过{}%"])
    if "近" in way:
        right, wrong = int(exact) + 1, int(exact) - 14
    elif "超过" in way:
        right, wrong = int(exact - Fraction(1, 1000)), int(exact) + 15
    else:
        right, wrong = int(printed(exact, 0)), int(exact) + 15
    return f"在校学生{whole}人,其中留守儿童{part}人,⟦{way.format(right if true else wrong)}⟧。"


@pattern
def in_chinese_numerals(draw: Draw, true: bool) -> str:
    tenths, base = between(draw, 2, 8), between(draw, 20, 90)
    said = tenths if true else one_of(draw, [n for n in range(1, 10) if abs(n - tenths) >= 2])
    whole, part = base * 10, base * tenths
    return one_of(
        draw,
        [
            f"在校学生{whole}人,其中寄宿生{part}人,⟦占{DIGITS[said]}成⟧。",
            f"在校学生{whole}人,其中寄宿生{part}人,⟦占十分之{DIGITS[said]}⟧。",
            f"公用经费由{whole}万元增加到{whole + part}万元,⟦增长{DIGITS[said]}成⟧。",
        ],
    )


@pattern
def in_full_width(draw: Draw, true: bool) -> str:
    return one_of(draw, [per_pupil, share, class_size, growth])(draw, true).translate(FULL_WIDTH)


@pattern
def with_a_stop_for_the_point(draw: Draw, true: bool) -> str:
    pupils = between(draw, 200, 2000)
    area = pupils * between(draw, 8, 30) + between(draw, pupils // 5, pupils - 1)
    value = figure(draw, Fraction(area, pupils), 1, true=true).replace(".", "。")
    return f"学校现有学生{pupils}人,占地面积{area}平方米,⟦生均{value}平方米⟧,布局合理。"
