"""How what was found about figures is written in pages."""
