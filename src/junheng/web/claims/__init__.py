"""核对: a report that somebody has written, its figures held against each other, against the data and a standard."""
