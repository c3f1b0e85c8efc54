"""The names that the strategies use, so that schemes ask for what seasons have."""

from typing import Literal

CODES = ("甲", "乙", "丙", "丁", "戊", "己", "庚")
CHANNEL, PATROL, BULLETIN = "督导", "巡查", "通报"
CHANNELS = (CHANNEL, PATROL)
BREAKERS = ("次一", "次二")
DRONE, CALL_BACK = "无人机", "回访"
ITEMS = ("垃圾", "污水", "乱堆")
GROUPS = ("涉农", "城区")
MODEL, MOVED = "示范", "搬迁"
"""Designations that some villages of a season have."""
TOWNSHIP = "镇"
HEAD = "村支书"
BODY, CLAUSE = "领导小组", "成效显著"
TEAM, OFFICE = "督导组", "环卫办"
WORK, RETURN = "清运垃圾", "日报"
CATEGORY, SOURCE = "垃圾", "市级督查"
NUMBERED = "编号"
"""The category of the issues by which each village of a season has a number of its own."""

Better = Literal["higher", "lower"]
TIES: tuple[Literal["include", "exclude", "break", "decide"], ...] = ("include", "exclude", "break", "decide")
ROUNDINGS: tuple[Literal["down", "up", "half up"], ...] = ("down", "up", "half up")
GAPS: tuple[Literal["break", "skip", "decide"], ...] = ("break", "skip", "decide")
COUNTED: tuple[Literal["once", "each", "every k", "from then on"], ...] = ("once", "each", "every k", "from then on")
REPEATS: tuple[Literal["once", "each", "every k"], ...] = ("once", "each", "every k")
ON: tuple[Literal["carry", "restart"], ...] = ("carry", "restart")
SEVERAL: tuple[Literal["mean", "latest", "worst", "best"], ...] = ("mean", "latest", "worst", "best")
EMPTY: tuple[Literal["exempt", "not assessed", "zero", "full"], ...] = ("exempt", "not assessed", "zero", "full")
BY: tuple[Literal["place", "responsible"], ...] = ("place", "responsible")
SIDES: tuple[Literal["praise", "sanction"] | None, ...] = (None, "praise", "sanction")
BOARDS, TIERS, REST, SLIPS = ("红黑榜", "三色"), ("红榜", "黄榜", "黑榜"), "其他", ("白单", "黄单", "红单")
