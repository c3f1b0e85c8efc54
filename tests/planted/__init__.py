"""Planted mutants: wrong programs that the property tests must catch; `python tests/mutants.py` runs them all."""

from planted.decisions import DECISIONS
from planted.frames import FRAMES
from planted.lives import LIVES
from planted.numbers import NUMBERS

MUTANTS = (*DECISIONS, *FRAMES, *LIVES, *NUMBERS)
