"""Filters of plans."""
