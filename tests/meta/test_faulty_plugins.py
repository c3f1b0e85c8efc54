"""The kit rejects each faulty plugin, and names the claims that it breaks; a sound one keeps all."""

from importlib import import_module
from pathlib import Path

import pytest

from envgov.locality import Locality
from envgov.testing.conformance import CLAIMS, ConformanceError, conformance
from envgov.testing.trials import Check
from meta import sound

FAULTY = tuple(sorted(path.stem for path in (Path(__file__).parent / "faulty").glob("*.py")))


@pytest.mark.parametrize("name", FAULTY)
def test_the_kit_rejects_a_faulty_plugin_and_names_the_claim(name: str) -> None:
    plugin = import_module(f"meta.faulty.{name}")
    for case in conformance(plugin.PLUGIN).args[1]:
        locality, check = case.values
        claim = case.id.removeprefix("town-")
        if claim in plugin.BREAKS:
            with pytest.raises(ConformanceError) as caught:
                check(locality)
            assert str(caught.value).startswith(f"town breaks {claim!r} (")


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("speechless", "can_be_put_into_words"),
        ("raiser", "looks_at_no_code"),
        ("stumbling", "answers_with_reasons"),
        ("clock", "draws_no_random_numbers"),
    ],
)
def test_a_fault_breaks_the_claim_that_is_about_it_and_leaves_others_alone(name: str, claim: str) -> None:
    plugin = import_module(f"meta.faulty.{name}")
    assert claim not in plugin.BREAKS
    [case] = [case for case in conformance(plugin.PLUGIN).args[1] if case.id == f"town-{claim}"]
    locality, check = case.values
    check(locality)


def test_every_claim_is_broken_by_some_plugin() -> None:
    broken = {claim for name in FAULTY for claim in import_module(f"meta.faulty.{name}").BREAKS}
    assert broken == set(CLAIMS)


@conformance(sound)
def test_a_sound_plugin_keeps_all_claims(locality: Locality, check: Check) -> None:
    check(locality)
