"""Measures that become papers, papers that are signed as slips, and what ladders see of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import envgov as eg
from clerks import UNITS, E, at, command, enter, event, issue, let_sign, live, march, opened
from envgov.ledger import Command, Ledger
from envgov.ledger.papers import paper_id, propose

GRID = eg.Grid(UNITS.units)
S = eg.PaperState


def rung(measure: str, when: eg.Condition) -> eg.Rung:
    return eg.Rung(measure, when, ("责任单位",))


WHITE, YELLOW = rung("白单", eg.overdue()), rung("黄单", eg.all_of(eg.overdue(), eg.slipped("白单", during="ever")))
UNIT_WHITE = rung("单位白单", eg.at_least(1))
UNIT_YELLOW = rung("单位黄单", eg.unit_slipped("单位白单", within=eg.year()))
DISMISSED = rung("提请免职", eg.unit_slipped("单位黄单", within=eg.year()))
SCHEME = eg.Scheme(
    id="slips",
    title="督办单",
    levels=("村",),
    cadence=eg.week(ends="sunday"),
    since=date(2024, 1, 1),
    source=eg.Source("办法"),
    scoring=eg.count_issues(eg.overdue(), by="place"),
    ranking=eg.RankBy(places=0),
    ladders=(
        eg.Ladder((WHITE, YELLOW), subject="issue", publish="highest"),
        eg.Ladder((UNIT_WHITE, UNIT_YELLOW, DISMISSED), publish="every rung"),
    ),
)


@pytest.fixture
def office(ledger: Ledger) -> Ledger:
    """Somebody signs; W1 is due on the 10th of March and not done."""
    let_sign(ledger)
    live(ledger, "W1")
    return ledger


def assessed(ledger: Ledger, day: int) -> eg.Assessment:
    facts, round = ledger.facts(GRID), SCHEME.cadence.round_of(march(day))
    return eg.assess(SCHEME, round, facts)


def proposals(ledger: Ledger, day: int) -> tuple[eg.Paper, ...]:
    measures = assessed(ledger, day).measures
    return propose(SCHEME, measures, ledger.papers(), day=march(day), by="系统")


def enter_proposals(ledger: Ledger, day: int) -> list[str]:
    papers = proposals(ledger, day)
    ledger.record_all([Command(f"paper:{p.id}", p, "张会计", at(day), p.id) for p in papers])
    return [paper.id for paper in papers]


def sign(id: str, day: int, decided_by: str = "") -> Command:
    value = eg.PaperEvent(S.SIGNED, march(day), by="王主任", decided_by=decided_by)
    return Command(f"paper:{id}", value, "张会计", at(day), f"{id} signed", series="督办〔2024〕")


def void(id: str, day: int) -> Command:
    value = eg.PaperEvent(S.VOIDED, march(day), by="王主任", note="发错")
    return Command(f"paper:{id}", value, "张会计", at(day), f"{id} voided")


W1_WHITE, W1_YELLOW = "slips/2024-03-11/W1/白单", "slips/2024-03-18/W1/黄单"
V1_WHITE, V1_YELLOW = "slips/2024-03-11/v1/单位白单", "slips/2024-03-18/v1/单位黄单"


# -- what is proposed
def test_what_a_round_proposes_is_entered_once_however_often_it_is_assessed(office: Ledger) -> None:
    assert enter_proposals(office, 17) == [W1_WHITE, V1_WHITE]
    assert enter_proposals(office, 17) == []
    assert [paper.id for paper in office.papers()] == [W1_WHITE, V1_WHITE]


def test_a_proposal_says_which_measure_it_is(office: Ledger) -> None:
    of_the_issue, of_the_unit = proposals(office, 17)
    proposed = eg.PaperEvent(S.PROPOSED, march(17), by="系统")
    assert of_the_issue == eg.Paper(
        W1_WHITE, "白单", "W1", (proposed,), about="issue", personnel=False, scheme="slips", round=of_the_issue.round
    )
    assert (of_the_unit.about, of_the_unit.subject) == ("unit", "v1")
    assert of_the_unit.round == SCHEME.cadence.round_of(march(17)).label


def test_a_measure_that_waits_for_a_ruling_becomes_no_paper(office: Ledger) -> None:
    pending = [evolve(measure, pending=True) for measure in assessed(office, 17).measures]
    assert propose(SCHEME, pending, (), day=march(17), by="系统") == ()


def test_a_personnel_measure_is_known_by_its_name(office: Ledger) -> None:
    [first, *_] = assessed(office, 17).measures
    told = {name: evolve(first, rung=name) for name in ("提请免职", "白单")}
    papers = [propose(SCHEME, [measure], (), day=march(17), by="系统")[0] for measure in told.values()]
    assert [paper.personnel for paper in papers] == [True, False]


def test_the_next_slip_names_the_one_before(office: Ledger) -> None:
    enter_proposals(office, 17)
    office.record_all([sign(W1_WHITE, 18), sign(V1_WHITE, 18)])
    assert enter_proposals(office, 24) == [W1_YELLOW, "slips/2024-03-18/v1/单位白单", V1_YELLOW]
    follows = {paper.id: paper.follows for paper in office.papers()}
    assert follows[W1_YELLOW] == W1_WHITE
    assert follows[V1_YELLOW] == V1_WHITE
    assert follows[W1_WHITE] == ""


def test_a_slip_that_nobody_signed_or_that_was_voided_is_not_the_one_before(office: Ledger) -> None:
    enter_proposals(office, 17)
    office.record_all([sign(V1_WHITE, 18), void(V1_WHITE, 19)])
    later = [paper for paper in proposals(office, 24) if paper.id.startswith("slips/2024-03-18/")]
    assert {paper.follows for paper in later} == {""}


def test_of_several_slips_the_next_follows_the_last(office: Ledger) -> None:
    enter_proposals(office, 17)
    office.record_all([sign(V1_WHITE, 18)])
    enter_proposals(office, 24)
    office.record_all([sign(V1_YELLOW, 25)])
    [dismissal] = [paper for paper in proposals(office, 31) if paper.measure == "提请免职"]
    assert (dismissal.follows, dismissal.personnel) == (V1_YELLOW, True)


def test_a_personnel_measure_is_signed_only_where_a_body_decided_it(office: Ledger) -> None:
    enter_proposals(office, 17)
    office.record_all([sign(V1_WHITE, 18)])
    enter_proposals(office, 24)
    office.record_all([sign(V1_YELLOW, 25)])
    enter_proposals(office, 31)
    id = "slips/2024-03-25/v1/提请免职"
    with pytest.raises(eg.RefusedError, match="no body decided it"):
        office.record_all([sign(id, 31)])
    assert office.record_all([sign(id, 31, decided_by="县委")])[0].number == 3


# -- what is signed
def test_a_slip_that_is_signed_for_an_issue_is_an_event_of_the_issue(office: Ledger) -> None:
    enter_proposals(office, 17)
    [entry] = office.record_all([sign(W1_WHITE, 18)])
    slipped = office.issue("W1").events[-1]
    assert (slipped.what, slipped.slip, slipped.day, slipped.by) == (E.SLIPPED, "白单", march(18), "王主任")
    assert slipped.note == "督办〔2024〕1号"
    last = office.entries("issue:W1")[-1]
    assert (last.seq, last.key) == (entry.seq + 1, f"{W1_WHITE} signed+slip")
    assert office.differing() == ()


def test_a_slip_is_proposed_signed_and_seen_in_one_go(office: Ledger) -> None:
    [paper, *_] = proposals(office, 17)
    office.record_all([Command(f"paper:{paper.id}", paper, "张会计", at(17), "p"), sign(paper.id, 18)])
    assert office.issue("W1").events[-1].slip == "白单"


def test_a_signature_sent_again_gives_the_issue_no_second_slip(office: Ledger) -> None:
    enter_proposals(office, 17)
    [first] = office.record_all([sign(W1_WHITE, 18)])
    assert office.record_all([sign(W1_WHITE, 18)]) == (first,)
    assert office.issue("W1").count(E.SLIPPED) == 1


def test_the_key_of_a_slip_is_used_for_one_command(office: Ledger) -> None:
    enter_proposals(office, 17)
    enter(office, "W8", issue("W8"), key=f"{W1_WHITE} signed+slip")
    with pytest.raises(eg.RefusedError, match="a key is used for one command"):
        office.record_all([sign(W1_WHITE, 18)])
    assert office.papers()[0].state is S.PROPOSED


def test_what_is_signed_for_an_issue_that_is_closed_changes_the_paper_alone(office: Ledger) -> None:
    enter_proposals(office, 17)
    for happened in (event(E.RECTIFIED, 17), event(E.ACCEPTED, 17)):
        enter(office, "W1", happened, at=at(17, 9))
    before = office.issue("W1")
    office.record_all([sign(W1_WHITE, 18)])
    assert office.issue("W1") == before
    assert office.papers()[0].state is S.SIGNED


def test_a_paper_about_an_issue_of_another_ledger_is_signed_alone(office: Ledger) -> None:
    [paper, *_] = proposals(office, 17)
    elsewhere = evolve(paper, id="p9", subject="W9")
    office.record_all([Command("paper:p9", elsewhere, "张会计", at(17), "p9"), sign("p9", 18)])
    assert office.papers()[0].number == "督办〔2024〕1号"
    assert office.entries("issue:W9") == ()


def test_a_slip_that_the_issue_refuses_is_not_signed(office: Ledger) -> None:
    enter_proposals(office, 17)
    enter(office, "W1", event(E.LISTED, 20))
    with pytest.raises(eg.RefusedError, match="issue W1: slip issued on 2024-03-18 is before"):
        office.record_all([evolve(sign(W1_WHITE, 18), at=at(20))])
    assert office.papers()[0].state is S.PROPOSED
    assert office.record_all([sign(W1_WHITE, 20)])[0].number == 1


def test_no_slip_is_entered_earlier_than_what_the_issue_has(office: Ledger) -> None:
    enter_proposals(office, 17)
    enter(office, "W1", event(E.LISTED, 18), at=at(20))
    with pytest.raises(eg.RefusedError, match=r"issue:W1 was entered at .*20T08:00:00"):
        office.record_all([sign(W1_WHITE, 18)])


# -- what ladders see
def test_a_slip_to_a_unit_that_was_signed_is_a_fact(office: Ledger) -> None:
    enter_proposals(office, 17)
    assert office.facts(GRID).slips == ()
    office.record_all([sign(V1_WHITE, 18)])
    assert office.facts(GRID).slips == (eg.Slip("v1", "单位白单", march(18), "王主任"),)


def test_a_slip_that_was_voided_is_none_and_keeps_its_number(office: Ledger) -> None:
    enter_proposals(office, 17)
    enter(office, "W2", issue("W2", 1))
    office.record_all([sign(V1_WHITE, 18), sign(W1_WHITE, 18), void(V1_WHITE, 19), void(W1_WHITE, 19)])
    facts = office.facts(GRID)
    assert facts.slips == ()
    assert [found.count(E.SLIPPED) for found in facts.issues] == [0, 0]
    assert office.issue("W1").count(E.SLIPPED) == 1
    assert [paper.number for paper in office.papers()] == ["督办〔2024〕2号", "督办〔2024〕1号"]


def test_only_the_slip_that_was_voided_is_left_out(office: Ledger) -> None:
    enter_proposals(office, 17)
    own = event(E.SLIPPED, 18, slip="蓝单", note="县里所发")
    enter(office, "W1", own)
    office.record_all([sign(W1_WHITE, 18), void(W1_WHITE, 19)])
    [seen] = office.facts(GRID).issues
    assert [each.slip for each in seen.events if each.what is E.SLIPPED] == ["蓝单"]


def test_measures_of_equal_name_about_others_are_other_papers(office: Ledger) -> None:
    live(office, "W2")
    ids = {paper_id(measure) for measure in assessed(office, 17).measures}
    assert ids == {W1_WHITE, "slips/2024-03-11/W2/白单", V1_WHITE}


def test_eight_clerks_propose_and_sign_at_once_without_a_gap_or_a_slip_twice(place: str) -> None:
    writers, issues = 8, 3
    with opened(place) as ledger:
        let_sign(ledger)
        for n in range(writers * issues):
            live(ledger, f"W{n}")

    def work(writer: int) -> None:
        with Ledger.open(place) as own:
            papers = [p for p in proposals(own, 17) if p.about == "issue"]
            own.record_all([Command(f"paper:{p.id}", p, "张会计", at(17), p.id) for p in papers])
            for n in range(issues):
                own.record_all([sign(f"slips/2024-03-11/W{writer * issues + n}/白单", 18)])

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(work, range(writers)))
    with Ledger.open(place) as ledger:
        numbers = sorted(int(p.number.removeprefix("督办〔2024〕").removesuffix("号")) for p in ledger.papers())
        assert numbers == list(range(1, writers * issues + 1))
        assert {found.count(E.SLIPPED) for found in ledger.issues()} == {1}
        assert ledger.verify()


def test_what_was_entered_under_a_key_of_its_own_stays(tmp_path: Path) -> None:
    with opened(tmp_path / "own.db") as ledger:
        assert ledger.papers() == ()
        enter(ledger, "W1", issue("W1"))
        assert ledger.record_all([command("W2", issue("W2"))])[0].version == 1
