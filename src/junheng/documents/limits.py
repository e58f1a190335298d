"""How much of a document is read at all. The longest report stays far below; what is beyond is wrong or hostile."""

from __future__ import annotations

FILE_BYTES = 100 * 2**20  # a report full of photographs has 30 MB
PART_BYTES = 48 * 2**20  # unpacked XML of one part: a thousand pages have about 20, and its tree takes ten times that
ENTRIES = 5000  # files in a package: every picture is one
PAGES = 1000  # of a PDF
CHARACTERS = 2_000_000  # of text, some 2000 pages
SEGMENTS = 50_000  # straight lines drawn on a PDF's page; beyond it is a drawing, and no table is looked for
TABLE_LINES = 1000  # … that are left when the pieces of one line are put together
SECONDS = 120  # that LibreOffice may take for one file
