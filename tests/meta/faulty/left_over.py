"""It cites what the example of `envgov plugin new` says."""

import envgov as eg
from meta.town import LAST, scheme, town

BREAKS = {"keeps_no_example"}
TIER = eg.Tier("黑榜", LAST, cite="（示例）最后一名列入黑榜")
PLUGIN = town(scheme(boards=(eg.Board("榜", (TIER,), rest="其他"),)))
