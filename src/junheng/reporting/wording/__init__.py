"""How facts are said: the clauses and sentences that several reports share, true for every state of the data."""
