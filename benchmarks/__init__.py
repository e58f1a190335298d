"""Benchmarks: ``python -m benchmarks.run`` prints Markdown tables of times, ratios and memory."""
