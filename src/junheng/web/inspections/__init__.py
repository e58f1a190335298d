"""What inspectors (督学) find, at a place or a cell, and what was answered."""
