"""监测: verdicts over years. Trends, early warnings, decomposition and forecasts; judging is done elsewhere."""
