"""预警: what is found out of the ordinary in one year, each kind a function from what was observed to rows."""
