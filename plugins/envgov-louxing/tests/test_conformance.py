"""Louxing keeps what every plugin must keep; the published figures are in test_schemes."""

from collections.abc import Callable

import envgov as eg
import envgov_louxing
from envgov.testing.conformance import conformance


@conformance(envgov_louxing)
def test_conformance(locality: eg.Locality, check: Callable[[eg.Locality], None]) -> None:
    check(locality)
