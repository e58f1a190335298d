"""Ctrl-C while a plan is searched for: once for the best so far, twice to give up."""

import json
import math
import signal

import pytest

from junheng.base.exact import plain
from junheng.cli.plan.searching import Watch, watching


@pytest.fixture
def interrupted(monkeypatch):
    """Somebody presses Ctrl-C as soon as there is a plan."""
    step = Watch.step

    def press(watch, name, value, bound):
        if math.isfinite(value) and not watch.stopped:
            signal.raise_signal(signal.SIGINT)
        return step(watch, name, value, bound)

    monkeypatch.setattr(Watch, "step", press)


def test_ctrl_c_gives_the_best_plan_so_far(made, run, interrupted):
    words = ("--on", "2025-12-31", "--inputs", made / "输入.xlsx", "--gap", "0", "--format", "json")
    done = run("plan", "resources", made / "县.xlsx", *words, check=0)
    found = json.loads(done.stdout)
    assert {part["outcome"] for part in found["after"]["parts"] if part["part"] in ("resources", "balance")} == {"met"}
    assert found["binding"] == []  # not worth waiting for
    assert "停止搜索" in done.stderr
    assert "已按 Ctrl-C 停止" in done.stderr


def test_the_second_ctrl_c_gives_up():
    with watching(str) as watch:
        assert watch(1.0, 0.5)
        signal.raise_signal(signal.SIGINT)
        assert not watch(1.0, 0.5)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_the_old_way_to_interrupt_comes_back_afterwards():
    before = signal.getsignal(signal.SIGINT)
    with watching(str):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("value", "bound", "said"),
    [
        (math.inf, -math.inf, "正在找第一个可行的方案"),
        (1e300, 90.0, "正在找第一个可行的方案，下界 90 万元"),
        (100.0, -math.inf, "目前最好 100 万元"),
        (100.0, 90.0, "目前最好 100 万元，下界 90 万元，相差至多 10%"),
    ],
)
def test_progress_is_shown_on_a_terminal_only(monkeypatch, capsys, value, bound, said):
    for terminal in (False, True):
        monkeypatch.setattr("sys.stderr.isatty", lambda answer=terminal: answer, raising=False)
        with watching(lambda wan: f"{plain(wan, 2)} 万元") as watch:
            assert watch.step("near", value, bound)
        shown = capsys.readouterr().err
        assert (f"　{said}" in shown) is terminal
