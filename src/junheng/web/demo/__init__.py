"""The example county with three years, one person a role and some neighbours: to look at, to try, to test with."""
