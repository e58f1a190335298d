"""花名册: what the rosters say held against what was filed, and the structure of the staff."""
