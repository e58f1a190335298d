"""A chart taller than a page is drawn in parts that can be read, together the whole of it."""

from __future__ import annotations

from itertools import pairwise
from zipfile import ZipFile

import pytest
from lxml import etree
from sample_report import chart, report_of

from junheng.reporting.charts.paper import parts
from junheng.reporting.pdf import write_pdf
from junheng.reporting.report.blocks import Chart
from junheng.reporting.word.write import write_word

WIDTH = 442.0
TALL = Chart("tall", ("高图",), {**chart().spec, "height": 3000}, says="很高。")


def test_a_chart_is_as_wide_as_the_text() -> None:
    (part,) = parts(640, 400, WIDTH)
    assert (part.width, part.top, part.bottom) == (WIDTH, 0, 1)
    assert part.height == pytest.approx(WIDTH * 400 / 640)


def test_one_a_little_too_tall_is_made_smaller() -> None:
    (part,) = parts(640, 1000, WIDTH)
    assert part.height < 600
    assert part.width / part.height == pytest.approx(640 / 1000)


@pytest.mark.parametrize("high", [1200, 3000, 20_000])
def test_one_much_too_tall_is_cut_into_parts_that_share_a_strip(high: int) -> None:
    found = parts(640, high, WIDTH)
    assert found[0].top == 0
    assert found[-1].bottom == pytest.approx(1)
    for before, after in pairwise(found):
        assert 0 < before.bottom - after.top < 0.05
    assert {part.width for part in found} == {WIDTH}
    assert max(part.height for part in found) < 540


def test_word_has_a_part_a_page_with_ids_of_their_own(tmp_path) -> None:
    write_word(report_of(TALL, chart()), tmp_path / "a.docx")
    with ZipFile(tmp_path / "a.docx") as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        assert len([name for name in archive.namelist() if name.startswith("word/media/")]) == 2
    cut = [node.attrib for node in root.iter("{*}srcRect")]
    assert len(cut) == len(parts(640, 3000, WIDTH)) > 2
    assert (cut[0]["t"], cut[-1]["b"]) == ("0", "0")
    ids = [node.get("id") for node in root.iter("{*}docPr")]
    assert len(ids) == len(set(ids)) == len(cut) + 1


def test_pdf_has_a_part_a_page(tmp_path) -> None:
    assert write_pdf(report_of(TALL), tmp_path / "a.pdf").pages > len(parts(640, 3000, WIDTH))
