"""Charts drawn without a browser, for Word and PDF: the same specifications as in the pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from junheng.reporting.fonts import folders

# The page asks for faces of the reader's machine; here it is that of whoever makes the report.
_FACE = "Noto Sans CJK SC, Source Han Sans SC, Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif"


def chart_svg(spec: Mapping[str, Any], *, width: int = 640) -> str:
    """The chart as SVG, ``width`` pixels wide; its words stay words."""
    return cast("str", _converter().vegalite_to_svg(_for_paper(spec, width), show_warnings=False))


def chart_png(spec: Mapping[str, Any], *, width: int = 640, scale: float = 3) -> bytes:
    """The chart as PNG, ``width`` × ``scale`` pixels wide."""
    return cast("bytes", _converter().vegalite_to_png(_for_paper(spec, width), scale=scale, show_warnings=False))


@cache
def _converter() -> Any:  # noqa: ANN401 - a compiled module without types
    import vl_convert

    for folder in folders():
        vl_convert.register_font_directory(str(folder))
    return vl_convert


def _for_paper(spec: Mapping[str, Any], width: int) -> dict[str, Any]:
    """The specification with a width in pixels and faces of this machine."""
    return {**spec, "width": width, "config": {**spec.get("config", {}), "font": _FACE}}
