"""The generators stand beside the package, not in it."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "examples"), str(ROOT / "benchmarks")]


@pytest.fixture(scope="session")
def county():
    from make_county import SEED
    from synthetic_county.dataset import make_frames

    return make_frames(SEED)
