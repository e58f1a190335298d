"""Marks of the pages of monitoring."""
