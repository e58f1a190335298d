"""Filings (填报): what a school or an office files for a period, step by step until it is locked."""
