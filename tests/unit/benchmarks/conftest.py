"""The benchmarks and the generator stand beside the package, not in it."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def nation(tmp_path_factory):
    """Three counties of two school years."""
    from examples.synthetic_nation import make_nation

    folder = tmp_path_factory.mktemp("nation")
    make_nation(folder, counties=3, years=(2024, 2025), provinces=("33",))
    return folder
