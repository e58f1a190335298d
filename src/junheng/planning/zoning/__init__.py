"""学区划片: contiguous zones with enough seats at the least way to school."""
