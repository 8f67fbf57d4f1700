"""Every test: no screen, no network, settings and key of its own, hypothesis without a deadline."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"  # the language of the system would be that of the window
os.environ["XDG_CONFIG_HOME"] = os.environ.get("WSL_TEST_CONFIG", "/nonexistent/wsl-studio-tests")

# Of every process that shares the suite; programs that its tests start keep to it too.
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="wsl-tests-")
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    # Every program that a test starts would compile torch anew, 5 s of 8; this is kept by all.
    os.environ["PYTHONPYCACHEPREFIX"] = os.environ["XDG_DATA_HOME"] + "/bytecode"
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # cores are shared out already

import pytest
from hypothesis import HealthCheck, settings

atexit.register(shutil.rmtree, os.environ["XDG_DATA_HOME"], ignore_errors=True)

# Absolute times decide nothing: CI machines are shared.
settings.register_profile(
    "tests", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Processes for the suite: one a core, up to what memory holds; none beside this for a part."""
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return min(4, os.cpu_count() or 1) if is_whole else 0


@pytest.fixture(autouse=True, scope="module")
def _application(request: pytest.FixtureRequest) -> None:
    """A widget made before there is an application ends the process: tests run in any order."""
    if request.module.__name__.rpartition(".")[2].startswith("test_ui_"):
        request.getfixturevalue("qapp")
