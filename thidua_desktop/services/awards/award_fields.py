"""What the province may decide of a commune's proposal for an award, by the names of its fields."""

from __future__ import annotations

REGISTER, ROUNDS = "award_nomination", "award_round"
RESULT, AWARD, NUMBER, DAY = "result", "award", "own_decision_number", "own_decided_on"
CERTIFICATE, REASON = "certificate_number", "reason"
FIELDS = (RESULT, AWARD, NUMBER, DAY, CERTIFICATE, REASON)
"""In the order in which they are told."""
AWARDED = "awarded"
RESULTS = (AWARDED, "rejected", "postponed")
STANDS_IN = {NUMBER: "decision_number", DAY: "decided_on"}
"""Where the number and day of a decision stand that came from the round of whoever wrote the record."""
