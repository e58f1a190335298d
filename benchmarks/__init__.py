"""Benchmarks: ``python -m benchmarks.run`` measures everything in one run; ``page`` makes its tables."""
