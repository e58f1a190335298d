"""Reports as PDF."""

from junheng.reporting.pdf.writing import PdfMade, heading_pages, write_pdf

__all__ = ["PdfMade", "heading_pages", "write_pdf"]
