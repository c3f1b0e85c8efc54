"""Planted mutants: wrong programs that the tests must catch; `python tests/mutants.py` runs them all."""

from planted.decisions import DECISIONS
from planted.frames import FRAMES
from planted.ledger import LEDGER
from planted.lives import LIVES
from planted.numbers import NUMBERS

MUTANTS = (*DECISIONS, *FRAMES, *LEDGER, *LIVES, *NUMBERS)
