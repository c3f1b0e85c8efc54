"""What it quotes and assumes are blanks."""

import envgov as eg
from meta.town import scheme, town

BREAKS = {"hides_no_assumption"}
SOURCE = eg.Source("示例办法", document_number="示例〔2024〕1号", assumed=(" ",))
PLUGIN = town(scheme(scoring=eg.stated("督导", several="mean", cite=" "), source=SOURCE))
