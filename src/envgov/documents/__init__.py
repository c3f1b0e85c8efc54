"""Papers that people hold in their hands: the bulletin (通报) in several forms.

Word documents need the extra `documents`; the other forms need nothing.
"""

from envgov.documents.bulletin import Bulletin, Letterhead, Section, Table, from_json, to_json
from envgov.documents.drafting import draft_bulletin, draft_correction
from envgov.documents.written import to_html, to_markdown, to_text

__all__ = [
    "Bulletin",
    "Letterhead",
    "Section",
    "Table",
    "draft_bulletin",
    "draft_correction",
    "from_json",
    "to_html",
    "to_json",
    "to_markdown",
    "to_text",
]
