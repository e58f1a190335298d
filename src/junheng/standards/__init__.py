"""标准: dated, cited rules as data; this room loads, checks, compares and dates them."""
