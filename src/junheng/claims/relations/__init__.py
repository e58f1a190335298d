"""Relations between the figures of a report, one idea a module."""
