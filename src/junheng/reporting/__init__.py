"""报告: results as documents. Nothing here computes; every figure comes from the judgement."""
