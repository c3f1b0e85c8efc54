"""Planted mutants: wrong programs that the tests must catch; `python tests/mutants.py` runs them all."""

from planted.decisions import DECISIONS
from planted.exchange import EXCHANGE
from planted.frames import FRAMES
from planted.ledger import LEDGER
from planted.lives import LIVES
from planted.numbers import NUMBERS
from planted.site import SITE

MUTANTS = (*DECISIONS, *EXCHANGE, *FRAMES, *LEDGER, *LIVES, *NUMBERS, *SITE)
