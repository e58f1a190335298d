"""How lines of reports are written in pages."""
