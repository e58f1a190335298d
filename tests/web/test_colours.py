"""Colours are readable, and told apart by people who see red and green alike."""

import re
from itertools import combinations

import pytest
from repository import ROOT

from junheng.reporting.charts.theme import OUTCOME_COLOURS

TOKENS = dict(
    re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (ROOT / "frontend/src/styles/tokens.css").read_text(encoding="utf-8"))
)
READABLE = 4.5  # WCAG 2.2 AA, text of any size
OUTCOMES = ("met", "tolerated", "unmet", "unknown")
# Machado, Oliveira and Fernandes 2009, severity 1.0; applied to linear light.
SIGHT = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}
# Lab distance that is plain at a glance between areas side by side; about 2 is just noticed.
PLAIN = 12


def linear(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour):
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    red, green, blue = (min(1, max(0, channel)) for channel in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour, sight):
    rgb = linear(colour)
    return lab([sum(weight * channel for weight, channel in zip(row, rgb, strict=True)) for row in SIGHT[sight]])


def distance(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        *((ink, ground) for ink in ("ink", "ink-soft", "ink-faint") for ground in ("paper", "wash")),
        ("accent", "paper"),
        ("accent", "wash"),
        ("accent", "accent-wash"),
        ("paper", "accent"),
        ("paper", "unmet"),
        ("info", "info-wash"),
        *((name, ground) for name in OUTCOMES for ground in ("paper", f"{name}-wash")),
        *(("ink", f"{side}-{step}") for side, steps in (("below", 5), ("above", 3)) for step in range(1, steps + 1)),
        *(("unmet", f"below-{step}") for step in range(1, 4)),
    ],
)
def test_words_are_readable_on_their_ground(words, ground):
    assert contrast(TOKENS[words], TOKENS[ground]) >= READABLE


@pytest.mark.parametrize("colour", list(OUTCOME_COLOURS.values()))
def test_words_are_readable_on_bars(colour):
    assert contrast(TOKENS["ink"], colour) >= READABLE


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("pair", list(combinations(OUTCOMES, 2)), ids="-".join)
def test_outcomes_are_told_apart_by_the_colour_blind(pair, sight):
    drawn = [seen(OUTCOME_COLOURS[name], sight) for name in pair]
    assert distance(*drawn) >= PLAIN


@pytest.mark.parametrize("sight", SIGHT)
def test_above_and_below_a_limit_are_told_apart_by_the_colour_blind(sight):
    for below in range(2, 6):
        for above in range(2, 4):
            drawn = [seen(TOKENS[f"below-{below}"], sight), seen(TOKENS[f"above-{above}"], sight)]
            assert distance(*drawn) >= PLAIN, (below, above)
