"""Limits that cannot mean what their author meant are told when a standard is checked."""

import pytest

from junheng.standards.library import load_standard
from junheng.standards.limit_check import limits_in_vain, limits_lacking

INDICATOR = """
{name}:
  label: {{zh: 测试指标, en: Test}}
  unit: "{unit}"
  formula: {{kind: {kind}, amount: {amount}}}
  thresholds:
    - from: {since}
{limits}
      source: {{document: moe-jd-2017-6, place: 第一项, printed: "{printed}", confidence: inferred, read_in: 测试}}
"""


def resources(limits, *, unit="册", kind="per_pupil", amount="books", printed="30册", since="2020-01-01"):
    indented = "\n".join(f"      {line}" for line in limits.strip().splitlines())
    return INDICATOR.format(
        name="tested", unit=unit, kind=kind, amount=amount, limits=indented, printed=printed, since=since
    )


def found(check, write_standard, *args, **kwargs):
    return [message for _, message in check(load_standard(write_standard(resources=resources(*args, **kwargs))))]


def test_a_limit_after_the_one_for_all_others_is_an_error(write_standard):
    limits = 'all: [{at_least: "30"}, {where: {location: urban}, at_least: "20"}]'
    assert "永远用不到" in found(limits_in_vain, write_standard, limits)[0]


def test_special_limits_first_are_right(write_standard):
    limits = 'all: [{where: {location: urban}, at_least: "20"}, {at_least: "30"}]'
    assert found(limits_in_vain, write_standard, limits) == []
    assert found(limits_lacking, lambda **files: write_standard(folder="又一个", **files), limits) == []


@pytest.mark.parametrize(("limit", "errors"), [("0.30", 1), ("0.3", 1), ("30", 0)])
def test_a_share_is_written_in_per_cent(write_standard, limit, errors):
    formula = {"kind": "share", "amount": "green_area, base: land_area", "unit": "%", "printed": "30%"}
    messages = found(limits_in_vain, write_standard, f'all: {{at_least: "{limit}"}}', **formula)
    assert len(messages) == errors
    assert all('应写 "30"' in message for message in messages)


def test_half_a_per_cent_is_no_share_written_as_a_fraction(write_standard):
    formula = {"kind": "share", "amount": "green_area, base: land_area", "unit": "%", "printed": "0.5%"}
    assert found(limits_in_vain, write_standard, 'all: {at_least: "0.5"}', **formula) == []


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ('primary: {at_least: "30"}', "没有初中的限值"),
        ('primary: {at_least: "30"}\njunior: {not_found: true}', ""),
        ('all: {where: {location: urban}, at_least: "30"}', "没有写其余学校的"),
        ('all: [{where: {boarding: true}, at_least: "30"}, {where: {boarding: false}, at_least: "20"}]', ""),
    ],
)
def test_schools_without_a_limit_are_noted(write_standard, limits, told):
    messages = found(limits_lacking, write_standard, limits)
    assert bool(messages) == bool(told)
    assert all(told in message for message in messages)


def test_a_time_without_a_limit_is_noted(write_standard):
    messages = found(limits_lacking, write_standard, 'all: {at_least: "30"}', since="2021-09-01")
    assert len(messages) == 1
    assert "2021-09-01" in messages[0]
