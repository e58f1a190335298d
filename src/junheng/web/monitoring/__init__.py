"""监测: the counties of a region over the years, from the national store; where they stand and where they move."""
