"""One column to read cells of."""

import pytest

from junheng.tables.catalogue import load_tables


@pytest.fixture(scope="session")
def tables():
    return load_tables()
