"""计算引擎: where expressions run. Nothing else knows which engine it is."""
