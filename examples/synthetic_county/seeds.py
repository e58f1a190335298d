"""Random numbers that depend on the seed and a purpose only, so that one part can change without moving the others."""

from __future__ import annotations

import random


def random_for(seed: int, *purpose: object) -> random.Random:
    """Return a generator of its own for one purpose, the same on every machine.

    Text seeds are hashed by SHA-512 in the standard library, never by the process's own hash.
    """
    return random.Random(":".join(str(part) for part in (seed, *purpose)))
