"""What every test shares: how long Hypothesis may look.

``ci`` finds the same examples on every run and is the default; ``nightly`` looks further and never twice at the same.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A judged batch of counties takes tenths of a second, which is not the strategy being slow.
_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=20, database=None, print_blob=True,
    suppress_health_check=_SLOW_IS_FINE,
)  # fmt: skip
settings.register_profile(
    "nightly", deadline=None, max_examples=1000, print_blob=True, suppress_health_check=_SLOW_IS_FINE
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
