"""Xixian keeps what every plugin must keep; what the report says is in test_schemes, its figures in test_season."""

from collections.abc import Callable

import envgov as eg
import envgov_xixian
from envgov.testing.conformance import conformance


@conformance(envgov_xixian)
def test_conformance(locality: eg.Locality, check: Callable[[eg.Locality], None]) -> None:
    check(locality)
