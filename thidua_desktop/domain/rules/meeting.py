"""Rules on who came to a meeting and how they voted (Law 10/2022/QH15, Decree 59/2023/NĐ-CP)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import whole_number_on
from thidua_desktop.domain.meetings import Matter, needed_votes, presence_problems
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rule, text_of
from thidua_desktop.text import fold, format_number

_OVER = ("ended", "signed", "sent")
_YES = r"(?:thong qua|nhat tri|thong nhat|tan thanh|dong y|trung cu)"
_ALL = r"(?:100 ?%|tat ca|toan bo|toan the|tuyet doi)"
_AGREED = re.compile(rf"(?<!khong )(?<!chua )\b{_YES}\b")
_ALL_AGREED = re.compile(rf"\b{_ALL}(?: [\w]+){{0,4}} {_YES}\b|\b{_YES}(?: [\w]+)? (?:100 ?%|tuyet doi)")
_PUT_OFF = re.compile(r"phat phieu|lay phieu|lay y kien|hop lai|\b(?:khong|chua) (?:du|dat)\b")


@rule("votes_add_up", params="yes no other present valid?")
def votes_add_up(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Tán thành, không tán thành, ý kiến khác cộng lại không quá số hộ có mặt; bỏ phiếu thì bằng số phiếu hợp lệ.

    A household has one voice and gives it by its one representative (Law 10/2022 art. 18), so more votes than
    representatives present is a slip of the pen; fewer is possible, for some did not raise a hand. With ballots the
    count is against the valid ones, which may come from households that were not present (art. 19).
    """
    counts = [number_of(values, name) for name in args[:3]]
    if all(count is None for count in counts):
        return []
    votes = sum((count for count in counts if count is not None), Decimal(0))
    valid = number_of(values, args[4]) if len(args) > 4 else None
    if valid is not None:
        if votes == valid:
            return []
        return [finding("TD-DATA-028", args[0], votes=format_number(votes), valid=format_number(valid))]
    return _hands(votes, number_of(values, args[3]), args[0])


def _hands(votes: int | Decimal, present: int | Decimal | None, field: str) -> list[Problem]:
    if present is None or votes == present:
        return []
    code, severity = ("TD-DATA-016", Severity.ERROR) if votes > present else ("TD-DATA-017", Severity.HINT)
    return [
        finding(
            code,
            field,
            severity,
            votes=format_number(votes),
            present=format_number(present),
            difference=format_number(votes - present if votes > present else present - votes),
        )
    ]


@rule("present_not_more_than_households", params="present households")
def present_not_more_than_households(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Số hộ có đại diện dự không được lớn hơn tổng số hộ."""
    present, households = (number_of(values, name) for name in args)
    if present is None or households is None or present <= households:
        return []
    return [finding("TD-DATA-018", args[0], present=format_number(present), households=format_number(households))]


@rule("presence_enough", params="matter present households day")
def presence_enough(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Nhắc khi số hộ có mặt không đủ để một nội dung đạt tỷ lệ; hương ước thiếu số hộ dự thì cần lý do.

    Never an error: the law sets no quorum, ballots then go to every household (Law 10/2022 art. 19). Before anybody
    is ticked there is nothing to remind of: a meeting is planned and saved days before people come.
    """
    matter = text_of(values, args[0])
    present, households = (number_of(values, name) for name in args[1:3])
    if matter not in set(Matter) or not present or households is None or present > households:
        return []
    day = date_of(values, args[3]) or context.today
    return presence_problems(Matter(matter), int(households), int(present), day, args[1])


@rule("conclusion_as_voted", params="conclusion matter yes no other present households day status")
def conclusion_as_voted(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Kết luận nói là thống nhất, thông qua, 100% thì số phiếu phải đúng như vậy; khác mà vẫn giữ thì cần lý do.

    While a meeting goes on a conclusion may be written before the hands are counted; once it is over, it may not
    stand without them. A conclusion that puts the matter off (ballots, another meeting) says nothing of the kind.
    """
    said, matter = fold(text_of(values, args[0]) or ""), text_of(values, args[1])
    households = number_of(values, args[6])
    if matter not in set(Matter) or not households or not _AGREED.search(said) or _PUT_OFF.search(said):
        return []
    counts = [number_of(values, name) for name in args[2:5]]
    present, day = number_of(values, args[5]), date_of(values, args[7]) or context.today
    needed, yes = needed_votes(Matter(matter), int(households), day, int(present or 0)), counts[0] or 0
    if all(count is None for count in counts):
        over = needed and text_of(values, args[8]) in _OVER
        return [finding("TD-DATA-662", args[2], Severity.WARNING, needed=format_number(needed))] if over else []
    if yes < needed:
        numbers = {"yes": format_number(yes), "needed": format_number(needed)}
        return [finding("TD-DATA-661", args[2], Severity.WARNING, **numbers)]
    against = (counts[1] or 0) + (counts[2] or 0)
    if against and _ALL_AGREED.search(said):
        return [finding("TD-DATA-664", args[2], Severity.WARNING, against=format_number(against))]
    return []


@rule("somebody_came", params="present households status")
def somebody_came(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Cuộc họp đã kết thúc mà số hộ dự là 0 thì chưa điểm danh: ghi lý do mới giữ được."""
    present, households = (number_of(values, name) for name in args[:2])
    if present != 0 or not households or text_of(values, args[2]) not in _OVER:
        return []
    return [finding("TD-DATA-663", args[0], Severity.WARNING)]


@rule("ballots_consistent", params="issued returned valid invalid households?")
def ballots_consistent(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Phiếu thu vào không quá phiếu phát ra; hợp lệ cộng không hợp lệ bằng thu vào; mỗi hộ một phiếu."""
    issued, returned, valid, invalid = (number_of(values, name) for name in args[:4])
    households = number_of(values, args[4]) if len(args) > 4 else None
    problems = []
    if issued is not None and households is not None and issued > households:
        problems.append(
            finding("TD-DATA-021", args[0], issued=format_number(issued), households=format_number(households))
        )
    if issued is not None and returned is not None and returned > issued:
        problems.append(finding("TD-DATA-019", args[1], returned=format_number(returned), issued=format_number(issued)))
    if returned is not None and valid is not None and invalid is not None and valid + invalid != returned:
        problems.append(
            finding(
                "TD-DATA-020",
                args[2],
                valid=format_number(valid),
                invalid=format_number(invalid),
                total=format_number(valid + invalid),
                returned=format_number(returned),
            )
        )
    return problems


@rule("attendance_unusual", params="attendance households")
def attendance_unusual(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Số người dự lớn khác thường so với số hộ: giữ lại được khi ghi lý do."""
    return _unusual(number_of(values, args[0]), number_of(values, args[1]), args[0], context)


@rule("attendance_unusual_in_area", params="attendance area register:text column:text")
def attendance_unusual_in_area(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Như attendance_unusual, với số hộ lấy từ bản ghi khu dân cư được chọn."""
    area = context.lookup(args[2], text_of(values, args[1]))
    households = number_of(area, args[3]) if area else None
    return _unusual(number_of(values, args[0]), households, args[0], context)


def _unusual(
    attendance: int | Decimal | None, households: int | Decimal | None, name: str, context: RuleContext
) -> list[Problem]:
    times = whole_number_on("attendance_times_households", context.today)
    if attendance is None or not households or attendance <= times * households:
        return []
    return [
        finding(
            "TD-DATA-022",
            name,
            Severity.WARNING,
            attendance=format_number(attendance),
            households=format_number(households),
            times=format_number(round(Decimal(attendance) / Decimal(households), 1)),
        )
    ]


@rule("households_as_in_area", params="households area register:text column:text")
def households_as_in_area(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Nhắc khi tổng số hộ khác với số hộ đang ghi ở khu dân cư."""
    area = context.lookup(args[2], text_of(values, args[1]))
    recorded = number_of(area, args[3]) if area else None
    households = number_of(values, args[0])
    if recorded is None or households is None or recorded == households:
        return []
    return [
        finding(
            "TD-DATA-027",
            args[0],
            Severity.HINT,
            households=format_number(households),
            recorded=format_number(recorded),
        )
    ]
