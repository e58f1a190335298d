"""Limits that a figure is said to meet: judged by the exact figure, and by which way is better."""

from __future__ import annotations

import pytest
from marked import limit_met

from junheng.claims.claim import Met

CASES = [
    ("在校学生800人,图书25600册,⟦生均32册⟧,达到生均不少于30册的标准。", Met.YES),
    ("在校学生800人,图书22400册,⟦生均28册⟧,达到生均不少于30册的标准。", Met.NO),
    ("在校学生603人,图书23939册,⟦生均40册⟧,达到不低于40册的要求。", Met.NO),
    ("在校学生800人,专任教师50人,⟦生师比16:1⟧,达到不高于19:1的标准。", Met.YES),
    ("在校学生800人,专任教师40人,⟦生师比20:1⟧,达到不高于19:1的标准。", Met.NO),
    ("学校18个班,学生774人,⟦平均班额43人⟧,没有超过45人的规定。", Met.YES),
    ("学校18个班,学生846人,⟦平均班额47人⟧,符合班额不超过45人的规定。", Met.NO),
    ("住宿生300人,宿舍面积960平方米,⟦住宿生生均3.2平方米⟧,达到3平方米以上。", Met.YES),
    ("骨干教师12人,交流教师80人,⟦占交流教师总数的15%⟧,不低于20%的要求没有达到。", Met.NO),
    ("在园幼儿2000人,其中公办园1080人,⟦占54%⟧,超过50%的标准。", Met.YES),
]


@pytest.mark.parametrize(("marked", "met"), CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_the_exact_figure_decides(marked: str, met: Met):
    assert limit_met(marked) is met
