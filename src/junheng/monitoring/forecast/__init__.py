"""预测: pupils by school and grade for the next years, how far to trust them, and what follows from them."""
