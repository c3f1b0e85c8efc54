"""The words for cadences and deadlines, in Chinese and in English; see `envgov.wording.phrases`."""

from __future__ import annotations

from collections.abc import Mapping

ZH: Mapping[str, tuple[str, str]] = {
    "day": ("每日", ""),
    "week": ("每周（{ends}截止）", ""),
    "ten_days": ("每旬", ""),
    "half_month": ("每半月", ""),
    "month": ("每月", ""),
    "two_months": ("每两个月", ""),
    "quarter": ("每季度", ""),
    "half_year": ("每半年", ""),
    "year": ("每年", ""),
    "calendar_days": ("{n}日内", "自次日起算，含节假日"),
    "working_days": ("{n}个工作日内", "自次日起算，含调休上班日"),
    "working_hours": ("{n}个工作小时内", "只计上班时间"),
    "hours": ("{n}小时内", "昼夜连续计算"),
    "same_day": ("当日", ""),
    "months": ("{n}个月内", "至对应日，没有对应日的至月末"),
    "standing": ("长期坚持", "没有期限"),
    "staged": ("{stages}", "{counted}"),
}
ZH_CHOICES: Mapping[str, Mapping[str, str]] = {
    "ends": {
        "monday": "周一",
        "tuesday": "周二",
        "wednesday": "周三",
        "thursday": "周四",
        "friday": "周五",
        "saturday": "周六",
        "sunday": "周日",
    },
    "counted": {"from the start": "各阶段均自交办起算", "from the stage before": "各阶段自上一阶段期满起算"},
}
EN: Mapping[str, tuple[str, str]] = {
    "day": ("every day", ""),
    "week": ("every week, up to {ends}", ""),
    "ten_days": ("every ten days, up to the 10th, the 20th and the end of the month", ""),
    "half_month": ("every half month, up to the 15th and the end of the month", ""),
    "month": ("every month", ""),
    "two_months": ("every two months", ""),
    "quarter": ("every quarter", ""),
    "half_year": ("every half year", ""),
    "year": ("every year", ""),
    "calendar_days": ("{n} day{s}", "from the next day on, days off included"),
    "working_days": ("{n} working day{s}", "from the next day on, make-up days included"),
    "working_hours": ("{n} working hour{s}", "office hours alone"),
    "hours": ("{n} hour{s}", "around the clock"),
    "same_day": ("the same day", ""),
    "months": ("{n} month{s}", "to the same day of the month, or its last"),
    "standing": ("standing", "without an end"),
    "staged": ("{stages}", "{counted}"),
}
EN_CHOICES: Mapping[str, Mapping[str, str]] = {
    "ends": {day: day.capitalize() for day in ZH_CHOICES["ends"]},
    "counted": {
        "from the start": "each stage counts from the start",
        "from the stage before": "each stage counts from when the one before was due",
    },
}
