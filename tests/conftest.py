"""Hypothesis profiles: dev (default), ci (the same examples every time), nightly (many), mutants (nothing is shrunk)."""

import os

from hypothesis import Phase, settings

pytest_plugins = ["envgov.testing.pytest_plugin", "pytester"]

settings.register_profile("dev", max_examples=60, deadline=None)
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("nightly", max_examples=3000, deadline=None)
settings.register_profile(
    "mutants", max_examples=300, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
