"""填平补齐: the cheapest additions after which every school and the county meet the standard."""
