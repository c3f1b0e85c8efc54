"""The columns of a ledger workbook: how each is headed, by what other names clerks head it, and how wide it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil
from unicodedata import normalize

from attrs import frozen

SERIAL = "serial"
"""序号: counts the rows of a sheet, and says nothing of the problem."""


@frozen
class Column:
    """`kind` is how its cells are read: text, id, day, due, list, photos, progress, or nothing of them ("")."""

    name: str
    heading: str
    kind: str
    width: float
    others: tuple[str, ...] = ()


def _column(name: str, heading: str, kind: str, width: float, others: str = "") -> Column:
    return Column(name, heading, kind, width, tuple(others.split()))


COLUMNS: tuple[Column, ...] = (
    _column(SERIAL, "序号", "", 4.5, "序 No"),
    _column("id", "问题编号", "id", 10, "编号 问题编码 台账编号 案件编号 工单编号 清单编号"),
    _column("found", "发现日期", "day", 10, "发现时间 检查日期 检查时间 巡查日期 排查日期 排查时间 日期"),
    _column("source", "问题来源", "text", 7, "来源 发现渠道 发现方式 检查方式 线索来源"),
    _column("category", "问题类别", "text", 8, "类别 问题类型 类型 问题分类"),
    _column(
        "description",
        "问题描述",
        "text",
        19,
        "问题 存在问题 存在的问题 问题内容 具体问题 问题情况 主要问题 突出问题 内容",
    ),
    _column("location", "位置", "text", 11, "地点 具体位置 问题位置 点位 点位名称 问题地点 具体地点 详细地址 地址"),
    _column("district", "乡镇(街道)", "text", 8, "乡镇 街道 镇街 镇(街道) 县区 区县 片区 所属镇街 所属乡镇"),
    _column(
        "place",
        "所属网格/村(社区)",
        "text",
        9,
        "所属网格 网格 所属村(社区) 村(社区) 村社区 村/社区 村居 村 社区 行政村 所属村 所属村社区 所属单位 属地",
    ),
    _column(
        "responsible", "责任单位", "list", 9.5, "整改单位 牵头单位 责任部门 主责单位 整改责任单位 责任主体 承办单位"
    ),
    _column("person", "责任人", "text", 7, "整改责任人 包保责任人 具体责任人 责任人员 责任人姓名"),
    _column("phone", "联系电话", "text", 11.5, "电话 联系方式 手机 手机号 手机号码 责任人电话"),
    _column("action", "整改措施", "text", 11, "整改要求 整改方案 措施 整改内容 整改建议"),
    _column(
        "due", "整改时限", "due", 14.5, "完成时限 整改期限 时限 期限 整改完成时限 要求完成时间 办理时限 限期 截止日期"
    ),
    _column(
        "progress",
        "完成情况",
        "progress",
        8,
        "整改情况 整改状态 状态 进展情况 整改进度 进度 整改进展 完成状态 是否整改 是否完成 整改完成情况 是否完成整改",
    ),
    _column("rectified", "整改完成时间", "day", 10, "完成时间 完成日期 整改完成日期 整改日期 整改时间 实际完成时间"),
    _column("closed", "销号时间", "day", 10, "销号日期 验收时间 验收日期 办结时间 办结日期"),
    _column("accepted_by", "验收人", "text", 8, "验收单位 核查人 销号人 验收人员 验收人签字"),
    _column("before", "整改前照片", "photos", 11.5, "整改前 问题照片 整改前图片 整改前(照片)"),
    _column("after", "整改后照片", "photos", 11.5, "整改后 整改后图片 整改后(照片)"),
    _column("note", "备注", "text", 7, "说明 备 注"),
)
"""In the order in which they are written."""

_ASIDE = re.compile(r"\([^()]*\)$")


def _plain(heading: str) -> str:
    """As headings are compared: half-width, without blanks, line breaks, and the marks that forms put beside them."""
    return re.sub(r"[\s*:]", "", normalize("NFKC", heading))


_KNOWN: Mapping[str, Column] = {
    _plain(heading): column for column in COLUMNS for heading in (column.heading, *column.others)
}


def column_of(heading: str) -> Column | None:
    """The column that is headed so; what stands in brackets at the end may be missing from the name that is known."""
    plain = _plain(heading[:40])
    return _KNOWN.get(plain) or _KNOWN.get(_ASIDE.sub("", plain))


def lines_in(text: str, width: float) -> int:
    """About how many lines a text takes in a column, a Chinese character being twice as wide as a letter."""
    return sum(ceil(len(line.encode("gb18030")) / (width - 1)) or 1 for line in text.split("\n"))


def height_of(lines: int) -> int:
    """Of a row: what its lines need, and no more than Excel has."""
    return min(13 * lines + 4, 400)
