"""Every test: no screen, no network, settings of its own, hypothesis without a deadline."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = os.environ.get("WSL_TEST_CONFIG", "/nonexistent/wsl-studio-tests")

from hypothesis import HealthCheck, settings

# Absolute times decide nothing: CI machines are shared.
settings.register_profile(
    "tests", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")
