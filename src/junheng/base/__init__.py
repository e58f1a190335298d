"""What every room may use: errors, terms of the field, exact numbers, three-valued outcomes."""
