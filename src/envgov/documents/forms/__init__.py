"""Forms (文书表单): supervision slips, notices and records, each as a draft that people sign.

Word documents need the extra `documents`; the other forms need nothing.
"""

from envgov.documents.forms.form import Box, Form, Part, from_json, to_json
from envgov.documents.forms.issue_forms import (
    draft_acceptance_record,
    draft_dispatch_slip,
    draft_exposure,
    draft_rectification_notice,
    draft_whistle_notice,
)
from envgov.documents.forms.office import Office
from envgov.documents.forms.paper_forms import (
    Basis,
    draft_supervision_slip,
    draft_talk_notice,
    draft_talk_record,
    slips_of,
)
from envgov.documents.forms.written import to_html, to_markdown

__all__ = [
    "Basis",
    "Box",
    "Form",
    "Office",
    "Part",
    "draft_acceptance_record",
    "draft_dispatch_slip",
    "draft_exposure",
    "draft_rectification_notice",
    "draft_supervision_slip",
    "draft_talk_notice",
    "draft_talk_record",
    "draft_whistle_notice",
    "from_json",
    "slips_of",
    "to_html",
    "to_json",
    "to_markdown",
]
