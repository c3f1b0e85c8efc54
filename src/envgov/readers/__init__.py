"""Read what others keep: the working days of China, a locality's own days, the problem lists of other systems."""

from envgov.readers.layout import Layout, Statuses, read_layout
from envgov.readers.requests import Doubtful, Requests, read_requests
from envgov.readers.workdays import china_workdays, read_local_days

__all__ = [
    "Doubtful",
    "Layout",
    "Requests",
    "Statuses",
    "china_workdays",
    "read_layout",
    "read_local_days",
    "read_requests",
]
