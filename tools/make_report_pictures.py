"""Make the pictures of the reports in docs/pictures/reports: the first pages of each, as its PDF prints them.

Usage: .venv/bin/python tools/make_report_pictures.py [report …]

The reports are those of the example county, its first primary school, its plans, and twelve made-up counties.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.prepare import dataset_of  # noqa: E402

import junheng  # noqa: E402
from junheng import workflow  # noqa: E402
from junheng.reporting.library import Maker, list_reports  # noqa: E402
from junheng.reporting.report.report import Report  # noqa: E402
from junheng.verdict.judge import judge as judge_dataset  # noqa: E402
from junheng.verdict.judgement import Judgement  # noqa: E402

PICTURES = ROOT / "docs" / "pictures" / "reports"
DAY = "2025-12-31"
SCHOOL = "示例县第一小学"
PAGES, WIDTH, GAP = 3, 430, 12  # pages side by side, pixels of each and between them


def main() -> None:
    """Take the pictures that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="report")
    asked = parser.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    makers = list_reports()
    for maker in makers:
        if not asked.names or maker.id in asked.names:
            picture = PICTURES / f"{maker.id}.png"
            picture.write_bytes(_side_by_side(_pages(_report(maker))))
            print(f"{picture.name} {picture.stat().st_size / 1000:.0f} kB")  # noqa: T201
    for old in set(PICTURES.glob("*.png")) - {PICTURES / f"{maker.id}.png" for maker in makers}:
        old.unlink()


def _report(maker: Maker) -> Report:
    definition = maker.definition
    if definition.scope == "plan":
        return workflow.report_on(None, maker.id, plans=[_plan(definition.needs.plan or "resources")])
    if definition.scope == "counties":
        return workflow.report_on(_province(), maker.id)
    standard = definition.standards[0] if definition.standards else workflow.DEFAULT_STANDARD
    return workflow.report_on(_county(standard), maker.id, school=SCHOOL if definition.scope == "school" else "")


@cache
def _county(standard: str) -> Judgement:
    return junheng.judge(ROOT / "examples/county.xlsx", standard=standard, on=DAY)


@cache
def _province() -> Judgement:
    # Made-up schools now and then file what the checks refuse; for a picture they will do.
    return judge_dataset(
        dataset_of(12, seed=6), junheng.load_standard(workflow.DEFAULT_STANDARD), date.fromisoformat(DAY)
    )


def _plan(kind: str) -> Mapping[str, Any]:
    examples = ROOT / "examples"
    if kind == "resources":
        inputs = examples / "plan_inputs.xlsx"
        return junheng.plan_resources(examples / "county.xlsx", inputs=inputs, on=DAY, seconds=10).document()
    if kind == "rotation":
        return junheng.plan_rotation(examples / "rotation.xlsx", seconds=10).document()
    zones, outlines = examples / "zones.xlsx", examples / "zones.geojson"
    return junheng.plan_zoning(zones, outlines=outlines, stages=["junior"], seconds=10).document()


def _pages(report: Report) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.pdf"
        workflow.write_report(report, file)
        document = pypdfium2.PdfDocument(file)
        shown = [document[number] for number in range(min(PAGES, len(document)))]
        pages = [page.render(scale=2 * WIDTH / page.get_width()).to_pil() for page in shown]
        document.close()
    return [page.resize((WIDTH, round(page.height * WIDTH / page.width)), Image.Resampling.LANCZOS) for page in pages]


def _side_by_side(pages: list[Image.Image]) -> bytes:
    """One picture on grey ground, with as few colours as keep it legible."""
    height = max(page.height for page in pages) + 2 * GAP
    whole = Image.new("RGB", (len(pages) * (WIDTH + GAP) + GAP, height), "#d8dce2")
    for place, page in enumerate(pages):
        whole.paste(page, (GAP + place * (WIDTH + GAP), GAP))
    found = io.BytesIO()
    whole.quantize(64).save(found, "PNG", optimize=True)
    return found.getvalue()


if __name__ == "__main__":
    main()
