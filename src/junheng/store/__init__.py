"""数据快照: immutable datasets, each named by its content."""
