"""The set of tables of 优质均衡 (2017)."""
