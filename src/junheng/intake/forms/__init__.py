"""官方统计报表: the yearly forms of education statistics, read as one more layout of the same tables."""
