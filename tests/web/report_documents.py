"""Reports as small as pages need them, as if their job were done."""

from __future__ import annotations

from typing import Any

from junheng.reporting.report.blocks import Heading, Paragraph
from junheng.reporting.report.report import Provenance
from junheng.reporting.report.report import Report as Model
from junheng.reporting.report.runs import Figure, say
from junheng.reporting.report.serial import to_json
from junheng.web.reports.models import Report, ReportFile


def model_of(*blocks: Any, county: str = "甲县") -> Model:
    """A report that says these blocks."""
    provenance = Provenance("abc123", "CN/youzhi_2017", "标准", None, 2025, "1.0")
    return Model("self_assessment", (county, "自查自评报告"), (), blocks, provenance)


def made_report(county, user, evaluation) -> Report:
    """A finished report of a county with one file, which nobody has laid out."""
    schools = Figure("filed_schools/990101", 3, "所", about="学校数", origin="学校名录")
    model = model_of(
        Heading(("基本情况",)), Paragraph(say("全县有学校{schools}。", schools=schools)), county=county.name
    )
    report = Report.objects.create(
        maker="self_assessment",
        place=county,
        evaluation=evaluation,
        options={"formats": ["docx"]},
        content=to_json(model),
        title=f"{county.name}自查自评报告",
        checksum=model.checksum,
        made_by=user,
    )
    ReportFile.objects.create(report=report, form="docx", digest="0" * 64, size=1)
    return report
