"""Days that another program wrote month first: where one of a column can be nothing else, all of it is written so."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WRITTEN = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)")
_MONTHS = 12


def month_first(texts: Iterable[str]) -> dict[str, str]:
    """By text of a column that is written month first (12/25/2026) the same day as it is written here.

    Nothing where no text shows it, or one shows that the day is first (25/12/2026, or by hand 03/9/2026: a program that
    writes the month first fills up both or none).
    """
    found = {text: one for text in set(texts) if (one := _WRITTEN.fullmatch(text.strip()))}
    first_is_day = any(int(one[1]) > _MONTHS or (one[1][0] == "0" and len(one[3]) == 1) for one in found.values())
    second_is_day = any(int(one[3]) > _MONTHS for one in found.values())
    if first_is_day or not second_is_day:
        return {}
    return {text: f"{int(one[3]):02d}/{int(one[1]):02d}/{one[4]}" for text, one in found.items()}
