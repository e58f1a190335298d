"""Reports as Word files: a page of GB/T 9704 that a clerk can edit, with every figure marked where it stands."""
