"""Charts: one Vega-Lite specification each, made of plain rows; the page draws it, Word and PDF can draw the same."""
