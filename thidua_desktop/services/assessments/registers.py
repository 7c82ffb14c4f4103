"""Names that the parts of assessments share; light, as Hôm nay asks for them at every start."""

from __future__ import annotations

REGISTRATIONS, ASSESSMENTS = "unit_registration", "assessment"
SAFE = "safe"
"""The standard of Thông tư 124/2021/TT-BCA among the sets."""
