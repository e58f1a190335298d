"""How much of a file is read at all. A county's three years stay far below; beyond it something is wrong or hostile."""

from __future__ import annotations

FILE_BYTES = 100 * 2**20
UNPACKED_BYTES = 200 * 2**20
PACKED_RATIO = 300  # a sheet of equal cells packs 1:100, a bomb 1:1000
RATIO_FROM_BYTES = 20 * 2**20  # small parts may pack as they like
ENTRIES = 2000
SHEETS = 200
ROWS = 200_000
COLUMNS = 1000
CELLS = 8_000_000  # the reader lays a sheet out whole, blanks included
FILES = 5000
FORM_FINDINGS = 200  # of one form; more say nothing new
FORM_ROWS, FORM_COLUMNS = 1000, 200  # an official form is a page or two; what stands beyond is not looked at
