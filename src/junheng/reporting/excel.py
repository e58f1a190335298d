"""A report as an Excel workbook: its words on the first sheet, every table on a sheet of its own."""

from __future__ import annotations

from pathlib import Path

from junheng.reporting.report.report import Report


def write_excel(report: Report, path: str | Path) -> int:
    """Write the workbook; returns how many rows its tables have together."""
    raise NotImplementedError
