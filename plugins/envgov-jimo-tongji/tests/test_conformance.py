"""Tongji keeps what every plugin must keep; what its schemes say is in test_schemes."""

from collections.abc import Callable

import envgov as eg
import envgov_jimo_tongji
from envgov.testing.conformance import conformance


@conformance(envgov_jimo_tongji)
def test_conformance(locality: eg.Locality, check: Callable[[eg.Locality], None]) -> None:
    check(locality)
