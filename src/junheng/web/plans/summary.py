"""What lists and comparison show of a plan's document, small enough to stand beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from junheng.base.outcome import Outcome
from junheng.verdict.judge import BALANCE, RESOURCES

Document = Mapping[str, Any]
_WORST_FIRST = (Outcome.UNMET, Outcome.UNKNOWN, Outcome.TOLERATED, Outcome.MET)


def summary_of(document: Document) -> dict[str, Any]:
    """The proof, and of each kind its few figures."""
    proof = document["proof"]
    found: dict[str, Any] = {"proof": {name: proof.get(name) for name in ("value", "bound", "gap", "status", "unit")}}
    match document["kind"]:
        case "resources":
            found |= {
                "cost": cost_of(document),
                "years": len(document["years"]) or 1,
                "before": _worst(document["before"]),
                "after": _worst(document["after"]),
                "county_after": document["after"]["outcome"],
                "schools": len({line["school_code"] for line in document["additions"]}),
            }
        case "rotation":
            shares = document["shares"]
            found |= {name: shares.get(name) for name in ("eligible", "moved", "share", "backbone_moved")}
            found |= {"backbone_share": shares.get("backbone_share"), "unfilled": len(document["unfilled"])}
        case "zoning":
            found |= {
                "zones": len({zone["school_code"] for zone in document["zones"] if zone["blocks"]}),
                "blocks": len({block["block_code"] for block in document["blocks"]}),
                "changed": sum(block["before"] not in (None, block["school_code"]) for block in document["blocks"]),
                "missing_seats": sum(zone["missing_seats"] for zone in document["zones"]),
            }
    return found


def _worst(side: Mapping[str, Any]) -> str:
    """How the parts came out that a resource plan is about; the others are not for it to change."""
    found = {part["outcome"] for part in side["parts"] if part["part"] in (RESOURCES, BALANCE)}
    return str(next((outcome for outcome in _WORST_FIRST if outcome in found), Outcome.UNKNOWN))


def cost_of(document: Document) -> float:
    """What a resource plan costs in all, in 元."""
    return float(sum(line["cost"] for line in document["additions"]))
