"""Read what others keep: the working days of China, a locality's own days, the problem lists of other systems."""

from envgov.readers.workdays import china_workdays, read_local_days

__all__ = ["china_workdays", "read_local_days"]
