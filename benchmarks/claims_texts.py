"""Made-up reports for the benchmark of the figure checker: paragraphs about schools, whose truth is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

PAGE = 22 * 28  # characters on a page of an official document (GB/T 9704)
WRONG = 0.1  # of the figures that can be computed again
_FACTORS = (0.8, 0.9, 1.1, 1.25)  # what a wrong figure is off by: no rounding explains it
_PLACES = [a + b for a in "青柳石东白双大南松清高沙红长梅竹云北新" for b in ("桥", "湾", "坪")]
_A_TOWN = 18  # schools
_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True)
class School:
    """Headings and paragraphs about one school, and how many of their figures are true and how many wrong."""

    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    true: int
    wrong: int


def report(pages: int, seed: int) -> list[School]:
    """Schools, town by town, until as many pages are full."""
    rng, found, length = random.Random(seed), [], 0
    for school in _schools(rng):
        found.append(school)
        length += sum(map(len, school.headings + school.paragraphs))
        if length >= pages * PAGE:
            break
    return found


def _schools(rng: random.Random) -> Iterator[School]:
    for number, (school, town) in enumerate(product(_PLACES, repeat=2)):
        chapter, place = divmod(number, _A_TOWN)
        counts = {True: 0, False: 0}

        def said(value: float, places: int, counts: dict[bool, int] = counts) -> str:
            true = rng.random() >= WRONG
            counts[true] += 1
            return f"{value if true else value * rng.choice(_FACTORS):.{places}f}"

        name = f"{town}镇{school}小学"
        headings: tuple[str, ...] = (f"（{_chinese(place + 1)}）{name}",)
        if place == 0:
            headings = (f"{_chinese(chapter + 1)}、第{_chinese(chapter + 1)}学区", *headings)
        pupils, classes = rng.randint(300, 1900), rng.randint(8, 40)
        staff = pupils // rng.randint(10, 18)
        teachers = staff - rng.randint(2, staff // 5)
        degrees = rng.randint(teachers // 2, teachers - 2)
        area, books = (
            pupils * rng.randint(14, 30) + rng.randint(1, 99),
            pupils * rng.randint(16, 44) + rng.randint(1, 99),
        )
        before, more = rng.randint(400, 900), rng.randint(21, 90)
        repair, ground, goods = (rng.randint(30, 400) for _ in range(3))
        paragraphs = (
            f"{name}现有教学班{classes}个，在校学生{pupils}人，平均每班{said(pupils / classes, 1)}人。教职工{staff}人，"
            f"其中专任教师{teachers}人；专任教师中本科及以上学历{degrees}人，占{said(degrees / teachers * 100, 1)}%。"
            "学校坚持德育为先，开齐开足课程，课后服务覆盖全部年级，家长委员会每学期召开会议，听取意见，改进工作。",
            f"学校占地面积{area}平方米，生均占地面积{said(area / pupils, 2)}平方米。藏书{books}册，"
            f"生均图书{said(books / pupils, 1)}册。校园布局合理，教学区、运动区、生活区分开，各功能教室按课表开放使用。"
            "力争三年内再添置一批图书，使生均图书达到50册。",
            f"2024年公用经费支出{before}万元，2025年公用经费支出{before + more}万元，比上年增加{said(more, 0)}万元，"
            f"增长{said(more / before * 100, 1)}%。共投入改造资金{said(repair + ground + goods, 0)}万元，"
            f"其中校舍维修{repair}万元，运动场改造{ground}万元，设备购置{goods}万元。资金专款专用，使用情况定期公开。",
        )
        yield School(headings, paragraphs, counts[True], counts[False])


def _chinese(number: int) -> str:
    """1 to 39 as it is read."""
    tens, ones = divmod(number, 10)
    leading = _NUMBERS[tens - 1] if tens > 1 else ""
    return f"{leading}{'十' if tens else ''}{_NUMBERS[ones - 1] if ones else ''}"
