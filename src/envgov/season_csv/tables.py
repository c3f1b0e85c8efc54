"""The tables of a season: their columns, with the headers in English and Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from attrs import field, frozen

from envgov.season_csv.cells import (
    condition_reader,
    moment_reader,
    read_answer,
    read_code,
    read_count,
    read_datum,
    read_day,
    read_event,
    read_list,
    read_mode,
    read_points,
    read_set,
    stages_reader,
)


@frozen
class Column:
    """A column: its English and Chinese headers, how a cell is read (None: as it stands), whether each row fills it."""

    name: str
    chinese: tuple[str, ...]
    read: Callable[[str], Any] | None = None
    required: bool = field(default=False, kw_only=True)


def _must(name: str, *chinese: str, read: Callable[[str], Any] | None = None) -> Column:
    return Column(name, chinese, read, required=True)


def _may(name: str, *chinese: str, read: Callable[[str], Any] | None = None) -> Column:
    return Column(name, chinese, read)


_UNIT = _must("unit", "单位", "村社区", "单位编码", read=read_code)
_ON = _must("day", "日期", "检查日期", read=read_day)
_CHANNEL = _must("channel", "渠道", "来源", "检查方式")
_SINCE, _UNTIL = _may("since", "起", "起始日期", read=read_day), _may("until", "止", "截止日期", read=read_day)


def columns_in(zone: tzinfo, kinds: Mapping[str, type] | None = None) -> Mapping[str, tuple[Column, ...]]:
    """The columns of each table; moments without a zone are read in `zone`, conditions with a locality's own `kinds`."""
    read_moment = moment_reader(zone)
    return {
        "grid": (
            _must("code", "编码", "代码", read=read_code),
            _must("name", "名称", "单位名称"),
            _must("level", "级别", "层级"),
            _may("parent", "上级", "上级编码", read=read_code),
            _may("designations", "类别", "标签", read=read_set),
            _may("population", "人口", read=read_count),
            _SINCE,
            _UNTIL,
        ),
        "inspections": (
            _may("id", "编号", "检查编号", read=read_code),
            _UNIT,
            _ON,
            _CHANNEL,
            _may("stated", "得分", "公布得分", read=read_points),
            _may("mode", "明查暗访", read=read_mode),
            _may("inspector", "检查人", "检查组"),
            _may("note", "备注"),
            _may("last_day", "结束日期", "至", read=read_day),
        ),
        "findings": (
            _must("inspection", "检查编号", "编号", read=read_code),
            _must("item", "扣分项", "项目", "问题"),
            _must("deduction", "扣分", read=read_points),
            _may("note", "备注", "说明"),
            _may("evidence", "照片", "佐证", read=read_list),
        ),
        "issues": (
            _must("id", "问题编号", "编号", read=read_code),
            _must("place", "所属单位", "位置", "所属村社区", read=read_code),
            _may("responsible", "责任单位", read=read_list),
            _may("supporting", "配合单位", read=read_list),
            _may("category", "问题类别", "类别"),
            _may("description", "问题描述", "问题"),
            _may("source", "问题来源", "来源"),
            _may("lon", "经度", read=read_points),
            _may("lat", "纬度", read=read_points),
            _may("datum", "坐标系", read=read_datum),
            _must("found", "发现日期", "发现时间", read=read_day),
            _may("fixed", "立行立改日期", read=read_day),
            _may("dispatched", "交办日期", "交办时间", read=read_day),
            _may("due", "整改时限", "完成时限", read=read_day),
            _may("claimed", "认领日期", "签收日期", read=read_day),
            _may("rectified", "整改日期", "整改完成日期", read=read_day),
            _may("accepted", "销号日期", "销号时间", "验收日期", read=read_day),
            _may("accepted_by", "验收人", "验收单位"),
            _may("withdrawn", "撤销日期", read=read_day),
            _may("evidence", "照片", "佐证", read=read_list),
        ),
        "events": (
            _must("issue", "问题编号", "编号", read=read_code),
            _must("day", "日期", "发生日期", read=read_day),
            _must("what", "事件", "环节", read=read_event),
            _may("by", "承办", "承办单位", "承办人"),
            _may("to", "对象", "承接单位", read=read_list),
            _may("due", "时限", "完成时限", read=read_day),
            _may("note", "备注", "说明"),
            _may("evidence", "照片", "佐证", read=read_list),
            _may("order", "次序", read=read_count),
            _may("at", "时刻", read=read_moment),
            _may("stage", "阶段"),
            _may("stages", "分阶段时限", read=stages_reader(zone)),
            _may("calendar", "工作日历"),
            _may("asked", "申请日期", read=read_day),
            _may("approved_by", "批准人", "批准单位"),
            _may("role", "验收层级", "验收角色"),
            _may("slip", "督办单", "单别"),
            _may("report_at", "报到时间", read=read_moment),
            _may("place", "地点", "报到地点"),
            _may("people", "人员", "报到人员"),
            _may("leader", "责任领导", "带队领导"),
            _may("task", "任务", "工作任务"),
        ),
        "slips": (
            _may("issue", "问题编号", "编号", read=read_code),
            _may("unit", "单位", "村社区", "单位编码", read=read_code),
            _must("slip", "督办单", "单别"),
            _must("day", "发单日期", "日期", read=read_day),
            _may("by", "发单单位", "发单人"),
        ),
        "whistles": (
            _must("issue", "问题编号", "编号", read=read_code),
            _must("day", "吹哨日期", "日期", read=read_day),
            _may("by", "吹哨单位", "吹哨人"),
            _must("to", "报到单位", "责任单位", read=read_list),
            _must("report_at", "报到时间", read=read_moment),
            _must("place", "地点", "报到地点"),
            _must("people", "人员", "报到人员"),
            _must("leader", "责任领导", "带队领导"),
            _must("task", "任务", "工作任务"),
            _may("attended", "报到日期", "实际报到日期", read=read_day),
        ),
        "surveys": (
            _UNIT,
            _ON,
            _CHANNEL,
            _must("asked", "回访数", "调查数", read=read_count),
            _must("answered", "有效数", "答复数", read=read_count),
            _must("satisfied", "满意数", read=read_count),
        ),
        "stated": (
            _UNIT,
            _ON,
            _CHANNEL,
            _must("rank", "名次", "排名", read=read_count),
            _must("of", "总数", "参评数", read=read_count),
        ),
        "outputs": (
            _UNIT,
            _ON,
            _must("what", "事项", "工作内容"),
            _must("amount", "数量", read=read_points),
            _must("measure", "计量单位"),
        ),
        "bodies": (
            _must("code", "编码", "代码", read=read_code),
            _must("name", "名称", "机构名称"),
        ),
        "assignments": (
            _must("who", "姓名", "责任人", "责任主体"),
            _must("role", "职责", "角色", "职务"),
            _must("place", "单位", "负责单位", read=read_code),
            _SINCE,
            _UNTIL,
        ),
        "duties": (
            _must("what", "事项", "报送事项"),
            _must("owed_by", "报送单位", "责任单位", read=read_code),
            _must("due", "截止时间", read=read_moment),
            _may("submitted", "报送时间", read=read_moment),
        ),
        "tasks": (
            _must("name", "任务", "任务名称"),
            _UNIT,
            _must("day", "日期", "上报日期", read=read_day),
            _must("progress", "进度", read=read_points),
            _may("leader", "牵头领导", "责任领导"),
            _may("department", "牵头部门", "责任部门"),
            _may("due", "完成时限", "时限", read=read_day),
        ),
        "acceptances": (
            _UNIT,
            _must("day", "日期", "验收日期", read=read_day),
            _must("passed", "验收结果", "是否通过", read=read_answer),
            _may("by", "验收单位", "验收人"),
            _may("note", "备注", "说明"),
        ),
        "rulings": (
            _UNIT,
            _must("concerns", "所涉日期", "日期", read=read_day),
            _must("condition", "条件", "裁定事项", read=condition_reader(kinds)),
            _must("holds", "是否成立", "裁定结果", read=read_answer),
            _must("by", "裁定单位", "裁定人"),
            _must("why", "理由", "依据"),
            _must("scheme", "办法", "考评办法"),
            _may("issue", "问题编号", "问题"),
        ),
    }
