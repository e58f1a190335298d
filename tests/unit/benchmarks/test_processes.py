"""What a tree of processes uses: Spark is a Java process beside ours."""

import subprocess
import sys
from contextlib import contextmanager

from benchmarks.processes import TreePeak, core_seconds, resident_mib

BUSY = """
import time
block = bytearray(80 * 2**20)
end = time.process_time() + 0.3
while time.process_time() < end:
    pass
print("ready", flush=True)
input()
"""


@contextmanager
def busy_grandchild():
    """A process that starts one with 80 MiB, which works for 0.3 s, says so and waits."""
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        yield
        process.stdin.write("\n")


def test_what_a_grandchild_uses_counts():
    cores, memory = core_seconds(), resident_mib()
    with TreePeak() as tree, busy_grandchild():
        assert core_seconds() - cores > 0.28
        assert resident_mib() - memory > 80
    assert tree.mib - memory > 80
