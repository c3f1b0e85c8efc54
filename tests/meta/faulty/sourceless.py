"""Nobody can look up where its rules stand."""

import envgov as eg
from meta.town import scheme, town

BREAKS = {"names_its_source"}
PLUGIN = town(scheme(source=eg.Source("听说"), scoring=eg.stated("督导", several="mean", cite="取平均分")))
