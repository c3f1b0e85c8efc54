"""Write a bulletin on a round, or the correction of one, from what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import takewhile

from envgov.codec import to_json
from envgov.comparison import compare
from envgov.documents.account import account_of
from envgov.documents.bulletin import Bulletin, Letterhead, Section, Table
from envgov.errors import EnvGovError
from envgov.results.assessment import Assessment, made_up_in
from envgov.results.comparison import Move, RoundComparison
from envgov.results.table import WORDS, Language
from envgov.wording.bulletin import SAY, day_word, label_word


def draft_bulletin(
    assessments: Sequence[Assessment],
    letterhead: Letterhead,
    language: Language = "zh",
    *,
    inputs: str = "",
    ledger_head: str = "",
) -> Bulletin:
    """A bulletin on what one or several schemes decided in one round.

    Of each scheme the ranking, the rates behind its figures, the boards (praise before sanction, and whoever is
    sanctioned with rank, score, clause and largest deductions), the measures proposed, those not assessed and the
    notes. `inputs` is the fingerprint of the data, `ledger_head` the head of the ledger that they are from. An
    assessment that was read back from a file cannot say why: its lists have no clauses, and there are no rates.

    Raises:
        EnvGovError: the assessments are none, or not of one round.
        InputError: a text is too long for a bulletin.
    """
    draft = _Draft(assessments, language)
    return Bulletin(
        letterhead,
        draft.title("title"),
        draft.say["opening"].format(**draft.about),
        tuple(draft.sections()),
        grounds_of(assessments, language, inputs, ledger_head),
        made_up_in(assessments),
        language,
    )


def draft_correction(
    before: Sequence[Assessment],
    after: Sequence[Assessment],
    letterhead: Letterhead,
    corrects: str,
    why: str,
    language: Language = "zh",
    *,
    inputs: str = "",
    ledger_head: str = "",
) -> Bulletin:
    """The correction (更正通报) of the bulletin `corrects`, its number or title, and then the bulletin as it should be.

    It says what moved, a score among it, what is withdrawn and what is new, and who is told: each unit that moved, with
    the roles to which its withdrawn and new measures go.

    Raises:
        EnvGovError: the assessments are none, not of one round, or not by the same schemes before and after.
        InputError: a text is too long for a bulletin.
    """
    draft = _Draft(after, language)
    old = {assessment.scheme: assessment for assessment in before}
    rounds = {assessment.record.round for assessment in (*before, *after)}
    if set(old) != {assessment.scheme for assessment in after} or len(rounds) > 1:
        told = ["; ".join(f"{a.scheme} {a.record.round.label}" for a in which) for which in (before, after)]
        raise EnvGovError(f"before there is {told[0]}, after {told[1]}: give one round by the same schemes")
    compared = [compare(old[assessment.scheme], assessment).latest for assessment in after]
    digests = [draft.say["result before"].format(_digest(assessment)) for assessment in before]
    return Bulletin(
        letterhead,
        draft.title("correction title"),
        draft.say["correction opening"].format(number=corrects, why=why.rstrip("。. "), **draft.about),
        (*draft.corrections(compared), *draft.sections()),
        (*_schemes(after, draft.say), *digests, *_data(inputs, ledger_head, draft.say)),
        made_up_in((*before, *after)),
        language,
    )


def _digest(assessment: Assessment) -> str:
    return sha256(to_json(assessment).encode(errors="surrogatepass")).hexdigest()


def grounds_of(
    assessments: Sequence[Assessment], language: Language = "zh", inputs: str = "", ledger_head: str = ""
) -> tuple[str, ...]:
    """By what results are checked: the edition of each scheme, fingerprints of its result and of the data, the head."""
    return *_schemes(assessments, SAY[language]), *_data(inputs, ledger_head, SAY[language])


def _schemes(assessments: Iterable[Assessment], say: Mapping[str, str]) -> Iterator[str]:
    for assessment in assessments:
        named = say["scheme"].format(
            title=assessment.title or assessment.scheme, id=assessment.scheme, edition=assessment.edition
        )
        provided = say["provided"].format(assessment.provider) if assessment.provider else ""
        yield named + provided
        yield say["result"].format(_digest(assessment))


def _data(inputs: str, ledger_head: str, say: Mapping[str, str]) -> Iterator[str]:
    if ledger_head:
        yield say["head"].format(ledger_head)
    if inputs:
        yield say["inputs"].format(inputs)


class _Draft:
    def __init__(self, assessments: Sequence[Assessment], language: Language) -> None:
        rounds = {assessment.record.round: assessment.record.round for assessment in assessments}
        if len(rounds) != 1:
            labels = ", ".join(round.label for round in rounds) or "none"
            raise EnvGovError(f"a bulletin is on one round, and these are {labels}: choose one")
        [round] = rounds
        self.assessments, self.language, self.say = assessments, language, SAY[language]
        titles = [assessment.title or assessment.scheme for assessment in assessments]
        alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*titles, strict=False))
        shared = "".join(letters[0] for letters in alike).rstrip("（( ")
        whole = shared and all(re.match(r"\s*(?:[（(]|$)", title[len(shared) :]) for title in titles)
        self.about = {
            "label": label_word(round.label, language),
            "first": day_word(round.start, language),
            "last": day_word(round.last_day, language),
            "subject": shared if whole else self.say["joint"].join(titles),
        }

    def title(self, which: str) -> tuple[str, ...]:
        """Its phrases: the template is parted before it is filled, for a subject may hold any sign."""
        return tuple(phrase.format(**self.about) for phrase in self.say[which].split("|"))

    def sections(self) -> Iterator[Section]:
        several = len(self.assessments) > 1
        for assessment in self.assessments:
            if several:
                yield Section(assessment.title or assessment.scheme)
            yield from account_of(assessment, self.language, 2 if several else 1)

    def corrections(self, compared: Sequence[RoundComparison]) -> Iterator[Section]:
        moves = [(round, move) for round in compared for move in _moves_of(round)]
        if not moves:
            yield Section(self.say["moved"], "moves", text=(self.say["nothing moved"],))
            return
        words = WORDS[self.language]
        rows = tuple(round.row(move, self.language) for round, move in moves)
        yield Section(self.say["moved"], "moves", table=Table(words.change_heads, rows))
        for heading, which in (("withdrawn", 0), ("added", 1)):
            items = tuple(
                name + self.say["colon"] + words.joint.join(what)
                for (_, move), (name, *_) in zip(moves, rows, strict=True)
                if (what := tuple(self._changed(move, which)))
            )
            if items:
                yield Section(self.say[heading], "moves", items=items)
        told = tuple(self._told(move, row[0]) for (_, move), row in zip(moves, rows, strict=True))
        yield Section(self.say["told"], "moves", items=told)

    def _changed(self, move: Move, which: int) -> Iterator[str]:
        """The tiers and measures that stand in one of the two alone: 0 is before, 1 is after."""
        words = WORDS[self.language]
        for placements in move.tiers:
            own, other = placements[which], placements[1 - which]
            if own is not None and own.side is not None and (other is None or other.tier != own.tier):
                yield self.say["on board"].format(board=own.board, tier=own.tier)
        yield from map(words.measure, move.added if which else move.dropped)

    def _told(self, move: Move, name: str) -> str:
        roles = dict.fromkeys(role for measure in (*move.dropped, *move.added) for role in measure.to)
        return WORDS[self.language].aside.format(name, self.say["joint"].join(roles)) if roles else name


def _moves_of(round: RoundComparison) -> Iterator[Move]:
    """Those whose rank, tier or measures moved, and then those whose score alone did: what was printed is wrong."""
    movers = round.movers
    yield from movers
    yield from (move for move in round.moves if move.score_change and move not in movers)
