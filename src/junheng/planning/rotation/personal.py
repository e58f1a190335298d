"""What of a plan's document is of persons: for those who make the plans of the county, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Codes stay, so that those who may read the names can say who is meant. What is not named here is left out.
_PERSON = ("teacher_code", "stage", "subject", "from", "to", "km", "reason", "fixed")
_ATTRIBUTES = ("degree", "title", "backbone", "years")
_ROSTER = "teacher"


def without_personal(document: Mapping[str, Any]) -> dict[str, Any]:
    """A rotation plan's document without names, home towns, reasons to stay, or the roster; names become None."""
    return {
        **document,
        "people": [_public(person) for person in document["people"]],
        "inputs": {table: rows for table, rows in document["inputs"].items() if table != _ROSTER},
    }


def _public(person: Mapping[str, Any]) -> dict[str, Any]:
    attributes = person["attributes"]
    return {
        **{key: person[key] for key in _PERSON if key in person},
        "name": None,
        "attributes": {key: attributes[key] for key in _ATTRIBUTES if key in attributes},
    }
