"""The published table that the primary stage reproduces.

鸠江区2023年义务教育基本均衡发展状况监测结果 (www.jjq.gov.cn) prints, for the seven resource indicators of the
primary schools, the county's mean and the coefficient of variation with six decimals. It prints no pupils; but up to
300,000 only 47,994 and its multiples are numbers of pupils for which whole teachers (2,647, 426 and 422) give the first
three means.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

PRIMARY_PUPILS = 47_994


@dataclass(frozen=True)
class Published:
    """Mean (in the indicator's unit, per ``per`` pupils) and CV of one indicator."""

    mean: Decimal
    cv: Decimal
    per: int = 1


PRIMARY = {
    "higher_degree_teachers": Published(Decimal("5.515273"), Decimal("0.297929"), 100),
    "backbone_teachers": Published(Decimal("0.887611"), Decimal("0.501787"), 100),
    "pe_arts_teachers": Published(Decimal("0.879277"), Decimal("0.401952"), 100),
    "teaching_area": Published(Decimal("4.563288"), Decimal("0.288419")),
    "sports_area": Published(Decimal("7.925946"), Decimal("0.375450")),
    "equipment_value": Published(Decimal("2496.674864"), Decimal("0.312782")),
    "multimedia_classrooms": Published(Decimal("2.784743"), Decimal("0.394205"), 100),
}
