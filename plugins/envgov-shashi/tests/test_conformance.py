"""Shashi keeps what every plugin must keep."""

from collections.abc import Callable

import envgov as eg
import envgov_shashi
from envgov.testing.conformance import conformance


@conformance(envgov_shashi)
def test_conformance(locality: eg.Locality, check: Callable[[eg.Locality], None]) -> None:
    check(locality)
