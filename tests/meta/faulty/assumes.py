"""It chooses what happens to ties, and says so nowhere."""

import envgov as eg
from meta.town import LAST, board, scheme, town

BREAKS = {"hides_no_assumption"}
PLUGIN = town(scheme(boards=(board(LAST),), source=eg.Source("示例办法", document_number="示例〔2024〕1号")))
