"""检查: what a person would have to mend in a report before it goes out, whoever wrote it."""
