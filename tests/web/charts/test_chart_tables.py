"""The table under a chart says what the chart shows, absent values included."""

from fractions import Fraction

from junheng.reporting.charts.table import TableCell, table


def test_figures_absences_and_doors():
    rows = [{"school": "西关小学", "value": Fraction(1, 3), "href": "/s/1/"}, {"school": "未报小学", "value": None}]
    assert table(rows, [("school", "学校"), ("value", "数值")]) == {
        "heads": ["学校", "数值"],
        "rows": [
            [TableCell("西关小学", href="/s/1/"), TableCell("0.3333", is_number=True)],
            [TableCell("未报小学"), TableCell("—")],
        ],
    }
