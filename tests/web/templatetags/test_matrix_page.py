"""The matrix as a table: every figure a link, heads with limits, absences said."""

from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import translation

from junheng.base.terms import Label
from junheng.reporting.charts.matrix import Cell, Column, Matrix, Row

MATRIX = Matrix(
    [Column(Label("骨干教师", "backbone teachers"), "人", limit=Decimal("1.0"), href="/i/1/"), Column("用房")],
    [
        Row(
            "西关小学",
            [Cell(0.9, outcome="tolerated", href="/c/1/"), Cell(None, absent="not_filed")],
            href="/s/1/",
            note="6/7",
        )
    ],
    corner="学校",
)


def test_a_matrix_shows_values_outcomes_limits_and_absences():
    with translation.override("zh-hans"):
        html = render_to_string("components/matrix.html", {"matrix": MATRIX})
    assert 'class="shade-b2"' in html
    assert 'href="/c/1/"' in html
    assert "0.90" in html
    assert "余项容许" in html
    assert "≥ 1" in html
    assert "未填报" in html
    assert 'class="shade-none"' in html
    assert html.count('scope="row"') == 1
    with translation.override("en"):
        assert "backbone teachers" in render_to_string("components/matrix.html", {"matrix": MATRIX})
