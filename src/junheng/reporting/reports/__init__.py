"""The reports: a folder each, with what it contains (``report.yaml``) and how that is said (``build.py``)."""
