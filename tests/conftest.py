"""What every test shares: how long Hypothesis may look.

``ci`` finds the same examples on every run and is the default; ``nightly`` looks further and never twice at the same;
``hunt`` does not shrink (choose by HYPOTHESIS_PROFILE).
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

# A judged batch of counties takes tenths of a second, which is not the strategy being slow.
_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=20, database=None, print_blob=True,
    suppress_health_check=_SLOW_IS_FINE,
)  # fmt: skip
settings.register_profile(
    "nightly", deadline=None, max_examples=1000, print_blob=True, suppress_health_check=_SLOW_IS_FINE
)
# While hunting for a fault: the first failing example as it is, at once.
settings.register_profile(
    "hunt", parent=settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate], report_multiple_bugs=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
