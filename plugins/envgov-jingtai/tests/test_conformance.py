"""Jingtai keeps what every plugin must keep; what its report says is in test_schemes."""

from collections.abc import Callable

import envgov as eg
import envgov_jingtai
from envgov.testing.conformance import conformance


@conformance(envgov_jingtai)
def test_conformance(locality: eg.Locality, check: Callable[[eg.Locality], None]) -> None:
    check(locality)
