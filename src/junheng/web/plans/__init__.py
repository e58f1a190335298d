"""方案: plans to the standard, made as jobs, kept, looked at and compared."""
