"""指标: kinds of computation, each a small module of expressions that any engine runs."""
