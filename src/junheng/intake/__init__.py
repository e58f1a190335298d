"""收件：reads what schools send, keeps every cell's address, and says all that is wrong at once."""
