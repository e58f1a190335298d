"""Sentences about what there is for how many: per head, per class, ratios, shares."""

from __future__ import annotations

from fractions import Fraction

from drawn import Draw, amount, between, figure, one_of, pattern, printed

SCHOOLS = ["青石小学", "柳林镇中心小学", "第二中学", "育才学校", "我校", "学校"]
PUPILS = ["在校学生{}人", "现有学生{}名", "在校生{}人", "共有学生{}人", "在校学生共{}名"]
TEACHERS = ["专任教师{}人", "现有专任教师{}名", "专任教师{}名"]
CLASSES = ["教学班{}个", "现有{}个教学班", "共设{}个班", "教学班{}个"]


@pattern
def per_pupil(draw: Draw, true: bool) -> str:
    school, pupils = one_of(draw, SCHOOLS), between(draw, 120, 2900)
    thing, low, high, ways = one_of(
        draw,
        [
            ("占地面积{}平方米", 9, 40, ["生均{}平方米", "生均占地面积{}平方米", "生均占地{}平方米"]),
            ("校舍建筑面积{}平方米", 4, 12, ["生均{}平方米", "生均校舍建筑面积为{}平方米"]),
            ("教学及辅助用房面积{}平方米", 3, 8, ["生均{}平方米", "生均教学及辅助用房面积{}平方米"]),
            ("图书室藏书{}册", 12, 45, ["生均{}册", "生均图书{}册", "生均达{}册"]),
            ("共有图书{}册", 12, 45, ["生均{}册", "生均图书达到{}册"]),
        ],
    )
    total = pupils * between(draw, low, high) + between(draw, 0, pupils - 1)
    value = figure(draw, Fraction(total, pupils), between(draw, 1, 2), true=true)
    people, stock = one_of(draw, PUPILS).format(amount(draw, pupils)), thing.format(amount(draw, total))
    way = one_of(draw, ways).format(value)
    return one_of(draw, [f"{school}{people}。{stock},⟦{way}⟧。", f"{school}{people},{stock},⟦{way}⟧。"])


@pattern
def per_boarder(draw: Draw, true: bool) -> str:
    pupils = between(draw, 400, 1500)
    boarders = between(draw, 100, pupils * 3 // 5)
    area = boarders * between(draw, 2, 4) + between(draw, 0, boarders - 1)
    value = figure(draw, Fraction(area, boarders), between(draw, 1, 2), true=true)
    way = one_of(draw, ["寄宿生生均{}平方米", "住宿生人均{}平方米", "寄宿生人均{}平方米"]).format(value)
    who = "住宿生" if "住宿" in way else "寄宿生"
    return f"学校有学生{pupils}人,其中{who}{boarders}人,学生宿舍面积{area}平方米,⟦{way}⟧。"


@pattern
def per_hundred(draw: Draw, true: bool) -> str:
    pupils = between(draw, 150, 3000)
    count = max(between(draw, 5, 30) * pupils // 200, 9)
    value = figure(draw, Fraction(count * 100, pupils), between(draw, 1, 2), true=true)
    has, way = one_of(
        draw,
        [
            ("学生用计算机{}台", "每百名学生拥有计算机{}台"),
            ("学生用计算机{}台", "百名学生拥有计算机{}台"),
            ("县级以上骨干教师{}人", "每百名学生拥有县级以上骨干教师{}人"),
            ("网络多媒体教室{}间", "每百名学生拥有网络多媒体教室{}间"),
        ],
    )
    people = one_of(draw, PUPILS).format(amount(draw, pupils))
    return f"{one_of(draw, SCHOOLS)}{people},{has.format(count)},⟦{way.format(value)}⟧。"


@pattern
def class_size(draw: Draw, true: bool) -> str:
    classes = between(draw, 6, 60)
    pupils = classes * between(draw, 22, 52) + between(draw, 0, classes - 1)
    value = figure(draw, Fraction(pupils, classes), one_of(draw, [1, 1, 2]), true=true)
    rooms, people = one_of(draw, CLASSES).format(classes), one_of(draw, PUPILS).format(pupils)
    way = one_of(draw, ["平均班额{}人", "班均{}人", "平均每班{}人", "每班平均{}人"]).format(value)
    return f"学校{rooms},{people},⟦{way}⟧。"


@pattern
def ratio(draw: Draw, true: bool) -> str:
    staff = between(draw, 20, 300)
    pupils = staff * between(draw, 8, 19) + between(draw, 0, staff - 1)
    value = figure(draw, Fraction(pupils, staff), between(draw, 1, 2), true=true)
    colon = one_of(draw, [":", "：", "∶"])
    people = one_of(draw, PUPILS).format(pupils)
    has, way = one_of(
        draw,
        [
            (one_of(draw, TEACHERS).format(staff), "生师比为{}" + colon + "1"),
            (one_of(draw, TEACHERS).format(staff), "师生比为1" + colon + "{}"),
            (one_of(draw, TEACHERS).format(staff), "师生比达到1" + colon + "{}"),
            (f"教职工{staff}人", "教职工与学生比为1" + colon + "{}"),
            (f"学生用计算机{staff}台", "生机比为{}" + colon + "1"),
        ],
    )
    return f"学校{people},{has},⟦{way.format(value)}⟧。"


@pattern
def share(draw: Draw, true: bool) -> str:
    whole = between(draw, 40, 900)
    part = between(draw, whole // 8 + 2, whole - 4)
    value = figure(draw, Fraction(part * 100, whole), between(draw, 0, 2), true=true)
    of, have, ways = one_of(
        draw,
        [
            ("专任教师{}人", "其中本科及以上学历{}人", ["占{}%", "占专任教师的{}%", "占专任教师总数的{}%", "占比{}%"]),
            ("在校学生{}人", "其中留守儿童{}人", ["占{}%", "占学生总数的{}%", "占在校学生的{}%"]),
            ("教职工{}人", "其中女教职工{}人", ["占{}%", "占教职工总数的{}%", "占全体教职工的{}%"]),
            ("在园幼儿{}人", "其中公办园在园幼儿{}人", ["占{}%", "占在园幼儿总数的{}%"]),
        ],
    )
    return f"{of.format(whole)},{have.format(part)},⟦{one_of(draw, ways).format(value)}⟧。"


@pattern
def counted_in_ten_thousands(draw: Draw, true: bool) -> str:
    pupils = between(draw, 40, 300) * 100
    books = pupils * between(draw, 15, 45) // 10000
    value = int(printed(Fraction(books * 10000, pupils), 0))
    shown = value if true else one_of(draw, [value * 2, value + 8, value * 10])
    return f"全县在校学生{pupils}人,图书{books}.0万册,⟦生均图书{shown}册⟧。"
