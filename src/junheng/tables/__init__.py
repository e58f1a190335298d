"""表册: one definition per table, from which template, reader, checks, docs and forms are made."""
