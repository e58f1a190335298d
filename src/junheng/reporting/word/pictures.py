"""Charts as pictures in the line, with the sentence for those who cannot see them; very tall ones in parts."""

from __future__ import annotations

import io
import struct

from docx.parts.document import DocumentPart
from lxml import etree

from junheng.reporting.charts import drawing
from junheng.reporting.charts.paper import Part, parts
from junheng.reporting.report.blocks import Chart
from junheng.reporting.word.draft import Draft, plain
from junheng.reporting.word.xml import Element, R, add, printable

_PIXELS, _SCALE = 640, 3
_EMU = 12_700  # in a point
_PARTS = 10_000
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def write_chart(draft: Draft, document: DocumentPart, chart: Chart, width: int, number: int) -> None:
    """Write a chart as wide as the text and its caption below.

    Args:
        document: the part that holds the picture.
        width: of the text, in twips.
        number: of the picture, from 1; its parts are numbered on from ten thousand times that.
    """
    image = drawing.chart_png(chart.spec, width=_PIXELS, scale=_SCALE)
    wide, high = struct.unpack(">II", image[16:24])  # the header of every PNG
    relation, _ = document.get_or_add_image(io.BytesIO(image))
    says = printable(chart.says or plain(chart.caption))
    drawn = parts(wide, high, width / 20)
    for at, part in enumerate(drawn):
        is_last = at == len(drawn) - 1
        paragraph = draft.paragraph("图", keep=is_last and bool(chart.caption))
        own = number if not at else number * _PARTS + at
        _write_inline(add(add(paragraph, "r"), "drawing"), relation, own, part, says)
    if chart.caption:
        draft.line(draft.paragraph("图题"), chart.caption)


def _write_inline(parent: Element, relation: str, number: int, part: Part, says: str) -> None:
    extent = {"cx": str(round(part.width * _EMU)), "cy": str(round(part.height * _EMU))}
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
    if (part.top, part.bottom) != (0, 1):
        cut = {"t": part.top, "b": 1 - part.bottom}
        _sub(fill, _MAIN, "srcRect", **{side: str(round(share * 100_000)) for side, share in cut.items()})
    _sub(_sub(fill, _MAIN, "stretch"), _MAIN, "fillRect")
    shape = _sub(picture, _PICTURE, "spPr")
    frame = _sub(shape, _MAIN, "xfrm")
    _sub(frame, _MAIN, "off", x="0", y="0")
    _sub(frame, _MAIN, "ext", **extent)
    _sub(_sub(shape, _MAIN, "prstGeom", prst="rect"), _MAIN, "avLst")


def _sub(parent: Element, namespace: str, name: str, /, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
