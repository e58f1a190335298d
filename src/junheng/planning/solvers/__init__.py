"""Solvers behind one form of problem: Clarabel for conic bounds, SCIP for whole numbers with cones, HiGHS without."""
