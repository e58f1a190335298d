"""Reports on several schools or stages, each with true figures of its own: none of them contradicts another's."""

from __future__ import annotations

from fractions import Fraction

from drawn import Draw, amount, between, one_of, printed
from hypothesis import strategies as st

SCHOOLS = ["柳河小学", "东关小学", "龙湾中学", "城北学校", "马家教学点"]
SHORT_NAMES = ["一小", "二小", "一中", "实验小学"]
STAGES = ["小学", "初中", "普通高中"]


def _figures(draw: Draw, people: str) -> str:
    """What one place has: people, classes, teachers and books, and what follows from them."""
    pupils = between(draw, 60, 1900)
    classes, teachers = pupils // between(draw, 25, 48) + 1, pupils // between(draw, 9, 19) + 1
    books = pupils * between(draw, 15, 45) + between(draw, 1, 59)
    men = between(draw, 20, pupils - 20)
    derived = [
        f"生均图书{printed(Fraction(books, pupils), 1)}册",
        f"平均班额{printed(Fraction(pupils, classes), 1)}人",
        f"生师比{printed(Fraction(pupils, teachers), 1)}:1",
        f"其中男生{men}人、女生{pupils - men}人",
    ]
    first = f"{people}{amount(draw, pupils)}人"
    if (said := one_of(draw, derived)).startswith("其中"):
        return f"{first},{said};教师{teachers}人,教学班{classes}个,图书{books}册"
    return f"{first},教学班{classes}个,教师{teachers}人,图书{books}册,{said}"


@st.composite
def places(draw: Draw) -> str:
    """Two or three places, a line each or all in one paragraph."""
    known = st.sampled_from(one_of(draw, [SCHOOLS, SHORT_NAMES, STAGES]))
    names = draw(st.lists(known, min_size=2, max_size=3, unique=True))
    people = one_of(draw, ["在校学生", "学生", "在校生"])
    way, between_them = one_of(
        draw,
        [("——{}。{}。", "\n"), ("{}有{}。", ""), ("{}:{}。", "\n"), ("{}{};", ""), ("甲、{}。{}。", "\n")],
    )
    return between_them.join(way.format(name, _figures(draw, people)) for name in names)
