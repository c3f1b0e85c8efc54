"""The kit rejects each faulty plugin, and names the claims that it breaks and no other; a sound one passes all."""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from envgov.locality import Locality
from envgov.testing.conformance import CLAIMS, ConformanceError, conformance
from envgov.testing.trials import Claim
from meta import sound

FAULTY = tuple(sorted(path.stem for path in (Path(__file__).parent / "faulty").glob("*.py")))


@cache
def broken_by(module: ModuleType) -> dict[str, str]:
    """The claims that a plugin breaks, each with what the kit says."""
    said = {}
    for case in conformance(module).args[1]:
        locality, check = case.values
        try:
            check(locality)
        except ConformanceError as error:
            said[case.id.removeprefix(f"{locality.code}-")] = str(error)
    return said


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_plugin_breaks_the_claims_that_it_says(name: str) -> None:
    module = import_module(f"meta.faulty.{name}")
    said = broken_by(module.PLUGIN)
    assert set(said) == module.BREAKS
    for claim, text in said.items():
        assert text.startswith(f"town breaks {claim!r} (")


def test_every_claim_is_broken_by_some_plugin() -> None:
    broken = {claim for name in FAULTY for claim in import_module(f"meta.faulty.{name}").BREAKS}
    assert broken == set(CLAIMS)


@conformance(sound)
def test_a_sound_plugin_keeps_all_claims(locality: Locality, check: Claim) -> None:
    check(locality)
