"""An installation for the tests: settings are read before any fixture runs, and must not find that of this machine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="junheng-tests-"))
(_HOME / "static").mkdir()  # where nothing is collected: files are found where they stand
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["JUNHENG_WEB_HOME"] = str(_HOME)
