"""Extreme counties are those of the benchmarks, which stand beside the package."""

import sys

from example import ROOT

sys.path.insert(0, str(ROOT))
