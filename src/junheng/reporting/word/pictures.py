"""Charts as pictures in the line, with the sentence for those who cannot see them."""

from __future__ import annotations

import io
import struct

from docx.parts.document import DocumentPart
from lxml import etree

from junheng.reporting.charts import drawing
from junheng.reporting.report.blocks import Chart
from junheng.reporting.word.draft import Draft, plain
from junheng.reporting.word.xml import Element, R, add, printable

_PIXELS, _SCALE = 640, 3
_EMU_PER_TWIP = 635
_TALLEST = 9000  # twips: what a page has room for beside caption and a few lines
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def write_chart(draft: Draft, document: DocumentPart, chart: Chart, width: int, number: int) -> None:
    """Write a chart as wide as the text and its caption below.

    Args:
        document: the part that holds the picture.
        width: of the text, in twips.
        number: of the picture, from 1: its id.
    """
    image = drawing.chart_png(chart.spec, width=_PIXELS, scale=_SCALE)
    wide, high = struct.unpack(">II", image[16:24])  # the header of every PNG
    height = width * high / wide
    if height > _TALLEST:
        width, height = round(width * _TALLEST / height), _TALLEST
    relation, _ = document.get_or_add_image(io.BytesIO(image))
    paragraph = draft.paragraph("图", keep=bool(chart.caption))
    _write_inline(
        add(add(paragraph, "r"), "drawing"),
        relation,
        number,
        (width * _EMU_PER_TWIP, round(height * _EMU_PER_TWIP)),
        printable(chart.says or plain(chart.caption)),
    )
    if chart.caption:
        draft.line(draft.paragraph("图题"), chart.caption)


def _write_inline(parent: Element, relation: str, number: int, size: tuple[int, int], says: str) -> None:
    extent = {"cx": str(size[0]), "cy": str(size[1])}
    name = {"id": str(number), "name": f"图 {number}", "descr": says}
    inline = _sub(parent, _DRAWING, "inline", distT="0", distB="0", distL="0", distR="0")
    _sub(inline, _DRAWING, "extent", **extent)
    _sub(inline, _DRAWING, "docPr", **name)
    _sub(_sub(inline, _DRAWING, "cNvGraphicFramePr"), _MAIN, "graphicFrameLocks", noChangeAspect="1")
    picture = _sub(_sub(_sub(inline, _MAIN, "graphic"), _MAIN, "graphicData", uri=_PICTURE), _PICTURE, "pic")
    about = _sub(picture, _PICTURE, "nvPicPr")
    _sub(about, _PICTURE, "cNvPr", **name)
    _sub(about, _PICTURE, "cNvPicPr")
    fill = _sub(picture, _PICTURE, "blipFill")
    _sub(fill, _MAIN, "blip").set(f"{{{R}}}embed", relation)
    _sub(_sub(fill, _MAIN, "stretch"), _MAIN, "fillRect")
    shape = _sub(picture, _PICTURE, "spPr")
    frame = _sub(shape, _MAIN, "xfrm")
    _sub(frame, _MAIN, "off", x="0", y="0")
    _sub(frame, _MAIN, "ext", **extent)
    _sub(_sub(shape, _MAIN, "prstGeom", prst="rect"), _MAIN, "avLst")


def _sub(parent: Element, namespace: str, name: str, /, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
