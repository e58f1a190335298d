"""Every chart of the pages is drawn for Word and PDF too, without a browser."""

import io

import pytest
from PIL import Image
from specimens import nothing_filed, specimens

from junheng.reporting.charts.drawing import chart_png, chart_svg


@pytest.mark.parametrize("name", sorted(specimens()))
def test_a_chart_is_drawn_as_wide_as_asked_and_its_words_stay_words(name):
    svg = chart_svg(specimens()[name], width=500)
    assert 'width="500"' in svg
    assert "</text>" in svg
    assert "Noto Sans CJK SC" in svg


@pytest.mark.parametrize("name", sorted(nothing_filed()))
def test_a_chart_of_nothing_is_drawn_too(name):
    assert chart_svg(nothing_filed()[name]).startswith("<svg")


def test_a_picture_has_the_pixels_that_print_needs():
    picture = Image.open(io.BytesIO(chart_png(specimens()["cv_bars"], width=400, scale=2)))
    assert picture.width == 800


def test_chinese_words_leave_ink_and_not_boxes():
    """One character beside another of as many strokes: boxes would be alike."""
    bars = {"height": 60, "mark": {"type": "text", "fontSize": 30}, "encoding": {"text": {"field": "name"}}}
    pictures = {
        chart_png({**bars, "data": {"values": [{"name": name}]}}, width=100) for name in ("县", "校", "䶮")
    }  # fmt: skip
    assert len(pictures) == 3


def test_the_specification_of_the_page_is_left_as_it_was():
    spec = specimens()["trend"]
    chart_svg(spec)
    assert spec == specimens()["trend"]
