"""For those who test rules of their own: `from envgov.testing import strategies as own` (extra `envgov[testing]`)."""
