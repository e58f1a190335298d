"""What a report may say: every figure is looked up here, with the address by which it can be looked up again."""
