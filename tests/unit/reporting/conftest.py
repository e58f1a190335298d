"""Being here lets the tests of every renderer import ``sample_report``."""
