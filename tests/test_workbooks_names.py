"""Several names in one cell of a workbook."""

from envgov.workbooks.names import names_text, read_names


def test_names_stand_between_the_signs_that_clerks_use() -> None:
    assert read_names("甲村、乙村,丙村/住建局") == ("甲村", "乙村", "丙村", "住建局")


def test_a_name_that_holds_such_a_sign_comes_back_whole() -> None:
    assert names_text(("甲、乙联村", "丙村")) == '["甲、乙联村", "丙村"]'
    assert read_names(names_text(("甲、乙联村", "丙村"))) == ("甲、乙联村", "丙村")


def test_what_only_begins_like_such_a_list_is_somebodys_own_text() -> None:
    assert read_names('["甲村、乙村') == ('["甲村', "乙村")
