"""The generated counties are those of the benchmark."""

import sys

from example import ROOT

sys.path.insert(0, str(ROOT))
