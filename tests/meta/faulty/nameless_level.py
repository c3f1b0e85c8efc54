"""The level of its field has no name."""

from meta.town import scheme, town

BREAKS = {"tells_its_schemes_apart", "decides_something"}
PLUGIN = town(scheme(levels=(" ",)))
