"""What holds of the plugins that are installed, whether one or all; `nox -s plugins` runs it for each case."""

import envgov as eg

REGISTRY = eg.load_registry(strict=True)


def test_an_entry_point_gives_the_locality_of_its_name_from_the_distribution_of_its_name() -> None:
    found = [(plugin.name, plugin.distribution, plugin.localities) for plugin in REGISTRY.plugins]
    assert found
    assert found == [(locality.code, f"envgov-{locality.code}", (locality.code,)) for locality in REGISTRY]


def test_every_scheme_is_stamped_with_its_distribution() -> None:
    for locality in REGISTRY:
        stamp = str(REGISTRY.plugin_of(locality.code))
        assert {edition.provider for editions in locality.schemes.values() for edition in editions} == {stamp}
