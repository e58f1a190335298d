"""How values are written in pages."""
