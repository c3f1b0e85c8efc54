"""The words of notes: why units are exempt, and what was ruled on, as a bulletin prints it in either language."""

import json
from datetime import date

import pytest

import envgov as eg
import towns

DISASTER = eg.ruled("受灾免评", "县整治办")
UNITS = tuple(
    eg.Unit(name, f"{name}村", "村", designations=frozenset(classes))
    for name, classes in {"甲": ("参评",), "乙": ("参评", "搬迁"), "丙": (), "丁": ("参评",)}.items()
)


def exempted(exempt: eg.Condition) -> eg.Assessment:
    seen = towns.stated("2024-05", {"甲": "60", "乙": "70", "丙": "80", "丁": "90"})
    ruling = eg.Ruling("甲", date(2024, 5, 9), DISASTER, holds=True, by="县整治办", why="洪涝", scheme="town")
    facts = eg.Facts(eg.Grid(UNITS), inspections=seen, rulings=(ruling,))
    return eg.assess(towns.scheme(exempt=exempt), towns.month_of("2024-05"), facts)


@pytest.mark.parametrize(
    ("exempt", "zh", "en"),
    [
        (
            eg.not_(eg.designated("参评")),
            ["免评“不符合：属于‘参评’”：丙村"],
            ['exempt, "not: is “参评”": 丙村'],
        ),
        (
            eg.any_of(eg.designated("搬迁"), eg.not_(eg.designated("参评")), DISASTER),
            ["免评“不符合：属于‘参评’”：丙村", "免评“搬迁”：乙村", "免评“洪涝”：甲村"],
            ['exempt, "not: is “参评”": 丙村', 'exempt, "搬迁": 乙村', 'exempt, "洪涝": 甲村'],
        ),
        (
            eg.all_of(eg.designated("搬迁"), eg.not_(eg.designated("试点"))),
            ["免评“搬迁；不符合：属于‘试点’”：乙村"],
            ['exempt, "搬迁; not: is “试点”": 乙村'],
        ),
    ],
)
def test_why_units_are_exempt_is_the_ruling_the_class_or_else_the_condition_in_words(
    exempt: eg.Condition, zh: list[str], en: list[str]
) -> None:
    assessment = exempted(exempt)
    said = [remark for remark in assessment.remarks() if remark.startswith("免评")]
    assert sorted(said) == sorted(zh)
    assert sorted(remark for remark in assessment.remarks("en") if remark.startswith("exempt")) == sorted(en)


def test_a_ruling_that_settles_nothing_is_told_by_the_words_of_its_condition_and_not_by_its_code() -> None:
    assert exempted(eg.designated("搬迁")).remarks()[-1] == (
        "裁定未用到，规则没有把这一条留待裁定：“县整治办认定‘受灾免评’”，甲村"
    )
    assert exempted(eg.designated("搬迁")).remarks("en")[-1] == (
        'a ruling settles nothing, for the rules do not leave this open: "县整治办 ruled “受灾免评”", 甲村'
    )


def test_a_note_is_stored_with_the_words_of_both_languages() -> None:
    assessment = exempted(eg.not_(eg.designated("参评")))
    stored = eg.from_dict(json.loads(eg.to_json(assessment)))
    assert stored.notes == assessment.notes
    assert stored.remarks("en") == assessment.remarks("en")


def test_a_ruling_on_a_clause_that_is_misspelt_is_told_with_the_clause_that_was_meant() -> None:
    assessment = exempted(eg.ruled("受灾户免评", "县整治办"))
    assert assessment.remarks()[-1] == (
        "裁定未用到，规则没有把这一条留待裁定：“县整治办认定‘受灾免评’”，甲村；是否指“受灾户免评”？请照办法的原文填写"
    )
    assert assessment.remarks("en")[-1].endswith('甲村; did you mean "受灾户免评"? Write it as the scheme does')


def test_a_ruling_on_a_clause_like_none_of_the_scheme_is_told_without_another() -> None:
    assert exempted(eg.ruled("成效显著", "县整治办")).remarks()[-1].endswith("甲村")
