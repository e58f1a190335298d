"""The interface for other systems: what a person may do with the pages, a program may do for her with a token."""
