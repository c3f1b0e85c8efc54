"""What is said about the workbooks that clerks make: each problem and its remedy, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from envgov.results.table import Language

_Words = Mapping[Language, tuple[str, str]]


def _words(zh: tuple[str, str], en: tuple[str, str]) -> _Words:
    return {"zh": zh, "en": en}


FAULTS: Mapping[str, _Words] = {
    "empty": _words(("单元格为空", "请填写"), ("the cell is empty", "fill it in")),
    "no day": _words(("不是日期", "请写成2022-10-09这样的日期"), ("this is not a day", "write it as 2022-10-09")),
    "no such day": _words(("没有这一天", "请改正"), ("there is no such day", "correct it")),
    "no year": _words(("日期没有年份", "请补上年份"), ("the day has no year", "add the year")),
    "no term": _words(
        ("不是整改时限", "请写日期，或立行立改、长期坚持"),
        ("this is no deadline", "write a day, or 立行立改, 长期坚持"),
    ),
    "no progress": _words(
        ("不是完成情况", "请选：{0}；说明文字请移到备注"),
        ("this is no state", "write one of {0}, and move remarks to 备注"),
    ),
    "unknown unit": _words(
        ("网格中没有这个单位{0}", "请改正，或先把它加入网格"),
        ("the grid has no such unit{0}", "correct it, or add the unit to the grid"),
    ),
    "several units": _words(
        ("网格中有{0}个单位叫这个名字", "请写编码，或加一列乡镇（街道）"),
        ("{0} units of the grid have this name", "write the code, or add a column 乡镇（街道）"),
    ),
    "taken": _words(
        ("问题编号与{0}相同", "每个问题一个编号；重复的行请删去"),
        (
            "the number is also that of {0}",
            "give each problem a number of its own, or delete the row that is there twice",
        ),
    ),
    "alike": _words(
        ("没有问题编号，内容又与{0}相同", "请编号，或删去重复的行"),
        ("it has no number, and says the same as {0}", "give it a number, or delete the row that is there twice"),
    ),
    "rounded": _words(
        ("数字过长，表格软件已将其舍入", "请把该列设为文本格式后重新填写"),
        ("the number is so long that the spreadsheet rounded it", "format the column as text and enter it again"),
    ),
    "too long": _words(
        ("单元格有{0}个字，超过{1}个", "请缩短，或另附文件"),
        ("the cell has {0} characters, more than {1}", "shorten it, or hand on a file beside"),
    ),
    "no id": _words(
        ("问题编号须写成一行，不超过{0}个字", "请改短；说明文字请移到备注"),
        ("a number has one line, and at most {0} characters", "shorten it, and move remarks to 备注"),
    ),
    "error": _words(
        ("公式出错", "请改成数值或文字"),
        ("the formula has an error", "replace it with its value"),
    ),
    "no value": _words(
        ("公式没有计算结果", "请用表格软件打开并保存一次"),
        ("the formula has no result", "open the workbook in a spreadsheet and save it"),
    ),
    "undated": _words(
        ("{0}，但没有{1}", "请填写日期"),
        ("{0}, without {1}", "add the day"),
    ),
    "contradicted": _words(
        ("{0}，却有{1}", "请改正其一"),
        ("{0}, and yet there is {1}", "correct one of them"),
    ),
    "too early": _words(
        ("早于发现日期{0}", "请改正其一"),
        ("before it was found on {0}", "correct one of them"),
    ),
    "differs": _words(
        ("台账中是：{0}", "请按台账改正；台账要变更的，另行录入"),
        ("the ledger has {0}", "correct it here; what the ledger has is changed by a further event"),
    ),
    "refused": _words(("台账不收，{2}：{0}", "{1}"), ("the ledger refuses it: {0}", "{1}")),
    "column twice": _words(
        ("这一列前面已有（{0}）", "请保留一列"),
        ("the column is there already, at {0}", "keep one of them"),
    ),
    "column missing": _words(
        ("缺少“{0}”一列", "请加上；也可叫：{1}"),
        ("the column {0} is missing", "add it; it may be called {1}"),
    ),
    "no ledger": _words(
        ("没有找到台账表头", "表头至少要有发现日期、所属网格和问题描述"),
        ("no header of a ledger was found", "the header has at least 发现日期, 所属网格, 问题描述"),
    ),
}
"""What keeps a row out of the ledger."""

NOTES: Mapping[str, _Words] = {
    "read as": _words(("读作{0}", "不对的请改写"), ("read as {0}", "write it out if that is wrong")),
    "no number": _words(
        ("没有问题编号，按内容编为{0}", "内容改动后会另成一件；最好编号"),
        (
            "it has no number; its key is {0}, from what it says",
            "give it a number: changed, it would be another problem",
        ),
    ),
    "invisible": _words(
        ("有看不见的控制字符，已去掉", ""),
        ("there were invisible control characters; they are removed", ""),
    ),
    "hidden sheet": _words(
        ("隐藏的工作表，未读", "要读请取消隐藏"),
        ("the sheet is hidden, and was not read", "show it if it is to be read"),
    ),
    "other sheet": _words(
        ("这张表没有台账表头，未读", ""),
        ("the sheet has no header of a ledger, and was not read", ""),
    ),
    "other column": _words(
        ("不认识这一列，未读", "台账的列请用常用名称"),
        ("the column is not known, and was not read", "head it as a ledger does if it is one of its columns"),
    ),
    "aside": _words(
        ("不是问题的一行（合计、标题或落款），未读", ""),
        ("no row of a problem (totals, a heading, a signature), and was not read", ""),
    ),
    "linked": _words(
        ("引用了另一个文件，读的是上次保存的结果", ""),
        ("it refers to another file; what was saved last was read", ""),
    ),
    "picture": _words(("单元格图片，记作{0}", ""), ("a picture in the cell, called {0}", "")),
    "lost picture": _words(
        ("单元格图片无法读取", "请另存图片，在此写文件名"),
        ("a picture in the cell that cannot be read", "save it as a file, and write its name here"),
    ),
    "ahead": _words(
        ("台账中已是：{0}，以台账为准", ""),
        ("the ledger is further: {0}; that stands", ""),
    ),
    "not entered": _words(
        ("“{0}”不由工作簿录入，按未整改读", "请在台账中录入"),
        ("{0} is not entered from a workbook; read as 未整改", "enter it in the ledger"),
    ),
}
"""What was read otherwise than it stands, or not at all, and keeps nothing out."""

SAY: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "sheet": "工作表",
        "cell": "单元格",
        "value": "现填内容",
        "problem": "问题",
        "remedy": "怎样改正",
        "more": "……另有{}处；用--problems写成问题清单",
        "nothing entered": "{}处影响录入，一件也没有录入；改正后再导入，或用--sound先录入没有问题的行",
        "written": "{file}：{rows}件",
    },
    "en": {
        "sheet": "sheet",
        "cell": "cell",
        "value": "found",
        "problem": "problem",
        "remedy": "remedy",
        "more": "... and {} more; --problems writes them all as a workbook",
        "nothing entered": "{} problems keep rows out, and nothing was entered; correct them, or enter the sound rows with --sound",
        "written": "{file}: {rows} rows",
    },
}
"""By language."""
