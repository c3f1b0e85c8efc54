"""Two of its schemes have one name in two scripts."""

from meta.town import scheme, town

BREAKS = {"tells_its_schemes_apart"}
PLUGIN = town(scheme(), scheme(id="Ｖillages"))
