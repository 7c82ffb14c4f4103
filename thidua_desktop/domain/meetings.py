"""Meetings of residents: what a matter needs to pass, and what a vote came to.

Law on Grassroots Democracy 10/2022/QH15 art. 15–21, Decree 59/2023/NĐ-CP, Decree 61/2023/NĐ-CP. The law has no quorum:
the yardstick is always all households, so a meeting is never refused; with too few present, ballots go to every
household (art. 19). All counts are whole households, all comparisons are between whole numbers. Ratios and days stand
in ``resources/law/meetings.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import cast

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import mapping_on, row_on, whole_number_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.working_days import due_after
from thidua_desktop.text import format_number


class Matter(StrEnum):
    """What is decided; the values are codes of catalog ``meeting_matter``."""

    CONTRIBUTION = "clause_1"  # art. 15.1: contributions for works
    COMMON_FUNDS = "clause_2"  # art. 15.2: collecting and spending common money
    CONVENTION = "clause_3"  # art. 15.3: hương ước, quy ước
    HEAD_ELECTION = "clause_4"  # art. 15.4: trưởng thôn, tổ trưởng
    BOARD_ELECTION = "clause_5"  # art. 15.5: Ban thanh tra nhân dân, Ban giám sát đầu tư
    OTHER_MATTER = "clause_6"  # art. 15.6: other matters of self-management
    GROUP_MATTER = "group_matter"  # inner matter of a self-managed group, outside the law
    NO_VOTE = "no_vote"  # information or exchange


class CountedOn(StrEnum):
    """The number that a share is taken of."""

    HOUSEHOLDS = "households"
    PRESENT = "present"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MatterRule:
    """What the law says of a matter on a day."""

    matter: Matter
    clause: str  # "khoản 1 Điều 15"
    parts: int
    of: int
    more_than: bool
    counted_on: CountedOn
    ways: tuple[str, ...]  # of "meeting", "ballots", "online"
    effect: str  # "passed": on the day passed; "recognised": on the day of recognition
    recognised_by: str  # Vietnamese name of the body, or ""
    basis: str
    certainty: str

    @property
    def share(self) -> str:
        """The share in words: "từ 2/3 trở lên tổng số hộ", "trên 50% tổng số hộ"."""
        if self.counted_on is CountedOn.NONE:
            return "không biểu quyết"
        whole = "tổng số hộ" if self.counted_on is CountedOn.HOUSEHOLDS else "số hộ có mặt"
        ratio = "50%" if (self.parts, self.of) == (1, 2) else f"{self.parts}/{self.of}"
        return f"trên {ratio} {whole}" if self.more_than else f"từ {ratio} trở lên {whole}"


class Result(StrEnum):
    """What a vote came to; the values are codes of catalog ``item_outcome``."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NO_VOTE = "no_vote"


@dataclass(frozen=True, slots=True)
class Vote:
    """Counts of households. With ballots ``issued`` … are given, and yes + no + other must equal ``valid``."""

    yes: int = 0
    no: int = 0
    other: int = 0
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None

    @property
    def by_ballot(self) -> bool:
        """Whether any count of ballots is filled."""
        return any(count is not None for count in (self.issued, self.returned, self.valid, self.invalid))

    @property
    def counted(self) -> int:
        """Votes of all three kinds."""
        return self.yes + self.no + self.other


@dataclass(frozen=True, slots=True)
class Outcome:
    """A vote measured: ``missing`` yes votes to ``needed`` (0 when reached), ``silent`` of those who could vote."""

    result: Result
    needed: int
    yes: int
    missing: int
    silent: int
    reachable: bool  # whether those who could vote would be enough
    sentence: str
    problems: tuple[Problem, ...] = ()


def needed_of(total: int, parts: int, of: int, more_than: bool) -> int:
    """The least whole number that is at least (or more than) ``parts``/``of`` of ``total``."""
    return total * parts // of + 1 if more_than else -(-total * parts // of)


def matter_rule(matter: Matter, on_date: date) -> MatterRule:
    """The rule of ``matter`` on a day; UserError TD-TIME-002 when the tables have none."""
    row = row_on(f"matter_{matter}", on_date)
    value = cast(Mapping[str, object], row.value)
    return MatterRule(
        matter=matter,
        clause=str(value["clause"]),
        parts=cast(int, value["parts"]),
        of=cast(int, value["of"]),
        more_than=bool(value["more_than"]),
        counted_on=CountedOn(str(value["counted_on"])),
        ways=tuple(cast(list[str], value["ways"])),
        effect=str(value["effect"]),
        recognised_by=str(value["recognised_by"]),
        basis=row.basis,
        certainty=row.certainty,
    )


def needed_votes(matter: Matter, households_total: int, on_date: date, households_present: int = 0) -> int:
    """Yes votes (households) that ``matter`` needs to pass; 0 for what is not voted on.

    ``households_present`` matters only for matters counted on those present. For a commune-wide matter of art. 15.1
    and 15.2 give the number of villages instead of households.
    """
    rule = matter_rule(matter, on_date)
    if rule.counted_on is CountedOn.NONE:
        return 0
    base = households_total if rule.counted_on is CountedOn.HOUSEHOLDS else households_present
    return max(1, needed_of(base, rule.parts, rule.of, rule.more_than))


def approval_of_present(households_present: int, on_date: date) -> int:
    """Raised hands that secretary, way of voting and counting board need (Decree 59/2023 art. 3)."""
    return _share("approval_of_present", households_present, on_date)


def quorum_needed(
    matter: Matter, households_total: int, on_date: date, rule: str = "none", local_number: int | None = None
) -> int | None:
    """Households that must be present, or None, which is the ordinary case: the law sets no quorum.

    Only hương ước have one (Decree 61/2023 art. 10), or the place's own rule: ``rule`` is a code of catalog
    ``quorum_rule`` (none, more_than_half, two_thirds, local with ``local_number``). The greatest one holds.
    """
    numbers = [_share("quorum_convention", households_total, on_date)] if matter is Matter.CONVENTION else []
    if rule in ("more_than_half", "two_thirds"):
        numbers.append(_share(f"quorum_{rule}", households_total, on_date))
    if rule == "local" and local_number is not None:
        numbers.append(local_number)
    return max(numbers, default=None)


def _share(name: str, total: int, on_date: date) -> int:
    value = mapping_on(name, on_date)
    return needed_of(total, cast(int, value["parts"]), cast(int, value["of"]), bool(value["more_than"]))


def presence_problems(
    matter: Matter, households_total: int, households_present: int, on_date: date, field: str = "households_present"
) -> list[Problem]:
    """What presence means for one matter, never a refusal: ballots are sent when a meeting cannot reach the number."""
    if households_present > households_total:
        return [
            finding(
                "TD-DATA-018",
                field,
                present=format_number(households_present),
                households=format_number(households_total),
            )
        ]
    needed = needed_votes(matter, households_total, on_date, households_present)
    quorum = quorum_needed(matter, households_total, on_date)
    if quorum is not None and households_present < quorum:
        return [finding("TD-DATA-031", field, Severity.WARNING, needed=quorum, present=households_present)]
    if households_present < needed:
        return [
            finding(
                "TD-DATA-030",
                field,
                Severity.HINT,
                present=households_present,
                needed=needed,
                households=households_total,
            )
        ]
    return []


def evaluate(
    matter: Matter, households_total: int, households_present: int, vote: Vote, on_date: date, *, field: str = "agenda"
) -> Outcome:
    """Measure ``vote`` on ``matter``; counts that do not add up are problems at ``field``.yes and the like."""
    if matter is Matter.NO_VOTE:
        return Outcome(Result.NO_VOTE, 0, 0, 0, 0, True, "Nội dung không biểu quyết.")
    needed = needed_votes(matter, households_total, on_date, households_present)
    voters = _voters(households_total, households_present, vote)
    missing = max(0, needed - vote.yes)
    return Outcome(
        result=Result.NOT_PASSED if missing else Result.PASSED,
        needed=needed,
        yes=vote.yes,
        missing=missing,
        silent=max(0, (voters if vote.valid is None else vote.valid) - vote.counted),
        reachable=voters >= needed,
        sentence=_sentence(vote.yes, needed, voters >= needed, vote.by_ballot),
        problems=tuple(vote_problems(vote, households_total, households_present, field)),
    )


def _voters(households_total: int, households_present: int, vote: Vote) -> int:
    """How many households could give their voice: those who got a ballot (all, until counted), else those present."""
    if vote.by_ballot:
        return households_total if vote.issued is None else vote.issued
    return households_present


def _sentence(yes: int, needed: int, reachable: bool, by_ballot: bool) -> str:
    if yes >= needed:
        return f"Đạt: {yes} hộ tán thành, cần {needed}."
    if not reachable and not by_ballot:
        return f"Không đủ để đạt tỷ lệ (cần {needed} hộ tán thành), chuyển phát phiếu lấy ý kiến."
    return f"Còn thiếu {needed - yes} hộ tán thành, cần {needed}."


def vote_problems(vote: Vote, households_total: int, households_present: int, field: str) -> list[Problem]:
    """Counts that cannot be: more voices than could be given, ballots that do not add up."""
    problems = []
    if vote.yes > households_total:
        problems.append(finding("TD-DATA-032", f"{field}.yes", yes=vote.yes, households=households_total))
    if vote.valid is not None:
        if vote.counted != vote.valid:
            problems.append(finding("TD-DATA-028", f"{field}.yes", votes=vote.counted, valid=vote.valid))
    elif not vote.by_ballot and vote.counted > households_present:
        problems.append(
            finding(
                "TD-DATA-016",
                f"{field}.yes",
                votes=vote.counted,
                present=households_present,
                difference=vote.counted - households_present,
            )
        )
    return problems + ballot_problems(vote, households_total, field)


def ballot_problems(vote: Vote, households_total: int, field: str) -> list[Problem]:
    """Ballots: one for each household at most, none returned that was not issued, valid + invalid = returned."""
    problems = []
    if vote.issued is not None and vote.issued > households_total:
        problems.append(finding("TD-DATA-021", f"{field}.issued", issued=vote.issued, households=households_total))
    if vote.issued is not None and vote.returned is not None and vote.returned > vote.issued:
        problems.append(finding("TD-DATA-019", f"{field}.returned", returned=vote.returned, issued=vote.issued))
    if vote.returned is not None and vote.valid is not None and vote.invalid is not None:
        total = vote.valid + vote.invalid
        if total != vote.returned:
            problems.append(
                finding(
                    "TD-DATA-020",
                    f"{field}.valid",
                    valid=vote.valid,
                    invalid=vote.invalid,
                    total=total,
                    returned=vote.returned,
                )
            )
    return problems


def spare(households_present: int, needed: int) -> int:
    """Households present beyond the number needed; negative when there are too few."""
    return households_present - needed


def spare_is_thin(spare_households: int, households_total: int) -> bool:
    """Whether presence leaves less than a tenth of all households to spare: a mark on the screen, not a rule of law."""
    return 10 * spare_households < households_total


def latest_notice(meeting_day: date, regular: bool = False) -> date:
    """The last day to give notice of a meeting; ``regular`` for the yearly conference (art. 33)."""
    name = "regular_meeting_notice_days" if regular else "meeting_notice_days"
    return meeting_day - timedelta(days=whole_number_on(name, meeting_day))


def documents_due(meeting_day: date) -> date:
    """The last day to send the decision paper to the commune's People's Committee and Fatherland Front (art. 20)."""
    return due_after(meeting_day, whole_number_on("meeting_documents_working_days", meeting_day))
