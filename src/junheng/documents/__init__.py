"""Documents that people wrote: their text, piece by piece, whatever the format."""
