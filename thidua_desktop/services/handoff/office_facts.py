"""What an office has once and every one of its installations must have alike: letterhead, signers, calendar, closed
periods and reports, edited paragraphs, survey forms, changes of communes. Of each the state with the higher count
stands; of what the province answered to reports, that of the newest receipt, whichever installation has taken it in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from thidua_desktop.services import own_unit
from thidua_desktop.services.handoff import told_erasures
from thidua_desktop.services.handoff.acknowledged import ANSWERS_FROM, REPORTS_ANSWERED, figures_digest
from thidua_desktop.services.session import Session
from thidua_desktop.store.commune_changes import change_content, change_from
from thidua_desktop.store.periods import ReportReturn
from thidua_desktop.sync.office_part import Fact

STAMPS = "sideways.facts"
"""Setting: of each fact [count, installation that changed it last, digest of its value]."""
ANSWERS = "answers reports"
"""Name of the fact that holds [number of the receipt, what it says of closed reports]."""
_IDENTITY = ("header_parent", "header_issuer", "place", "symbol_suffix")
_SETTINGS = (
    "attachment.megabytes", "charts.", "letterhead.", "paper.", "report.due", "report.odd.", "report.printed.",
    "report_calendar", "take_over.", own_unit.RENAMED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TakenFacts:
    """What changed here: by name, the value and stamp before; ``lost`` are names where both had changed."""

    before: Mapping[str, tuple[Any, Any]]
    lost: tuple[str, ...]


def facts_here(session: Session) -> dict[str, Fact]:
    """Every fact with its count; what changed here since the last time is counted and remembered."""
    stamps, own = dict(session.file.settings.get(STAMPS) or {}), session.file.installation_id
    values = dict(_values(session))
    for name in stamps.keys() | values.keys():
        digest = figures_digest(values.get(name))
        known = stamps.get(name)
        if known is None or known[2] != digest:
            stamps[name] = [known[0] + 1 if known else 1, own, digest]
    session.file.settings.put(STAMPS, stamps)
    return {name: Fact(stamp[0], stamp[1], values.get(name)) for name, stamp in stamps.items()}


def begin_below_all(session: Session) -> None:
    """A new installation of an office: whatever another one says of the office stands above what is here now."""
    own = session.file.installation_id
    stamps = {name: [0, own, figures_digest(value)] for name, value in _values(session)}
    session.file.settings.put(STAMPS, stamps)


def take_facts(session: Session, facts: Mapping[str, Fact], papers: Mapping[str, bytes]) -> TakenFacts:
    """Take what stands above what is here, inside the running transaction; ``papers``: PDFs by "report-period"."""
    here = facts_here(session)
    stamps = dict(session.file.settings.get(STAMPS) or {})
    before: dict[str, tuple[Any, Any]] = {}
    lost = []
    for name, fact in sorted(facts.items()):
        mine = here.get(name, Fact(0, "", None))
        if fact.rank <= mine.rank:
            continue
        as_told = name == ANSWERS or name.startswith(f"{told_erasures.KIND} ")
        if fact.count == mine.count and mine.count > 0 and fact.value != mine.value and not as_told:
            lost.append(name)
        before[name] = (mine.value, stamps.get(name))
        put_value(session, name, fact.value, papers)
        stands = fact.value if as_told else dict(_values(session, name)).get(name)
        stamps[name] = [fact.count, fact.by, figures_digest(stands)]  # a newer receipt here is counted the next time
    session.file.settings.put(STAMPS, stamps)
    return TakenFacts(before, tuple(lost))


def give_back(session: Session, before: Mapping[str, Any]) -> None:
    """Facts as they were before a package, but for those changed since."""
    stamps = dict(session.file.settings.get(STAMPS) or {})
    values = dict(_values(session))
    for name, (value, stamp) in before.items():
        if figures_digest(values.get(name)) != (stamps.get(name) or [0, "", ""])[2]:
            continue
        put_value(session, name, value, {})
        if stamp is None:
            stamps.pop(name, None)
        else:
            stamps[name] = stamp
    session.file.settings.put(STAMPS, stamps)


def papers_of(session: Session) -> Iterator[tuple[str, bytes]]:
    """The PDFs of this office's closed reports, by "report-period"."""
    for report, period, _ in session.file.reports.all_frozen():
        frozen = session.file.reports.frozen(report, period)
        if frozen is not None and frozen.pdf is not None and ":" not in report:
            yield f"{report}-{period}", frozen.pdf


def _values(session: Session, only: str = "") -> Iterator[tuple[str, Any]]:
    file = session.file
    if not only or only == "identity":
        yield "identity", {name: getattr(file.identity, name) for name in _IDENTITY}
    for name, value in file.settings.all().items():
        if name.startswith(_SETTINGS):
            yield f"setting {name}", value
    for lock in file.periods.all():
        days = [lock.start.isoformat(), lock.end.isoformat()]
        yield f"lock {lock.kind} {lock.code}", [*days, lock.at.isoformat(timespec="seconds"), lock.actor]
    for report, period, _ in file.reports.all_frozen():
        frozen = file.reports.frozen(report, period)
        if frozen is not None and ":" not in report:
            pdf = hashlib.sha256(frozen.pdf).hexdigest() if frozen.pdf is not None else ""
            when = frozen.at.isoformat(timespec="seconds")
            yield f"report {report} {period}", [frozen.edition, frozen.figures, when, frozen.actor, pdf, frozen.content]
    for report, period, edition in file.reports.all_frozen():
        made = file.reports.returns(report, period).get(edition)
        if made is not None and ":" not in report:
            when = made.at.isoformat(timespec="seconds")
            yield f"return {report} {period}", [edition, made.day.isoformat(), made.by, made.reason, when, made.actor]
    for (report, period), paragraphs in file.reports.narratives().items():
        for paragraph in paragraphs:
            when = paragraph.at.isoformat(timespec="seconds")
            yield f"text {report} {period} {paragraph.name}", [paragraph.text, when, paragraph.actor]
    yield from told_erasures.erased_values(session)
    yield from ((f"communes {one.id} {one.number}", change_content(one)) for one in file.commune_changes.kept())
    answered = file.settings.get(REPORTS_ANSWERED)
    if answered is not None:
        yield ANSWERS, [int(file.settings.get(ANSWERS_FROM) or 0), answered]
    for register in sorted(name for name in session.definitions.registers if name.startswith("survey_")):
        yield f"survey {register}", file.survey_text(register)


def put_value(session: Session, name: str, value: Any, papers: Mapping[str, bytes]) -> None:
    """Write one fact where it lives; None takes it away. Kinds that a later program adds are passed over."""
    kind, _, rest = name.partition(" ")
    words = rest.split(" ")
    if kind == "identity" and value is not None:
        session.file.change_identity(session.file.identity._replace(**{one: str(value[one]) for one in _IDENTITY}))
    elif kind == "setting" and rest.startswith(_SETTINGS):
        _put_setting(session, rest, value)
    elif kind == "communes":
        _put_change(session, words, value)
    elif kind == "lock" and value is None:
        session.file.periods.unlock(*words)
    elif kind == "lock":
        first, last = date.fromisoformat(value[0]), date.fromisoformat(value[1])
        session.file.periods.lock(words[0], words[1], first, last, value[3], datetime.fromisoformat(value[2]))
    elif kind == "report":
        _put_report(session, words[0], words[1], value, papers)
    elif kind == "return" and value is not None:
        session.file.reports.put_return(
            ReportReturn(
                words[0], words[1], value[0], date.fromisoformat(value[1]), value[2], value[3],
                datetime.fromisoformat(value[4]), value[5],
            )
        )  # fmt: skip
    elif kind == "text" and value is None:
        session.file.reports.drop_narrative(*words)
    elif kind == "text":
        session.file.reports.put_narrative(
            words[0], words[1], words[2], value[0], actor=value[2], now=datetime.fromisoformat(value[1])
        )
    elif name == ANSWERS and value is not None:
        _put_answers(session, int(value[0]), value[1])
    elif kind == "survey" and value is not None and rest not in session.definitions.registers:
        from thidua_desktop.formdef.reading_surveys import read_survey

        form = read_survey(str(value), session.definitions, rest)
        session.file.keep_survey(form, session.user.name, session.now())


def _put_setting(session: Session, name: str, value: Any) -> None:
    """A setting; with the new name that the other machine put on papers, this one has it too."""
    session.file.settings.put(name, value)
    if name == own_unit.RENAMED and value:
        session.file.change_identity(session.file.identity._replace(name=str(value)))


def _put_change(session: Session, words: list[str], value: Any) -> None:
    """What a directive that the other machine applied said of communes; None: it was taken back there."""
    if value is None:
        session.file.commune_changes.drop(words[0], int(words[1]))
    else:
        session.file.commune_changes.put(change_from(value))


def _put_answers(session: Session, number: int, answers: Mapping[str, Any]) -> None:
    """What the province said in a receipt that another installation took in, unless a newer one was taken in here."""
    known = session.file.settings.get(ANSWERS_FROM)
    if known is None or number > int(known):
        session.file.settings.put(REPORTS_ANSWERED, dict(answers))
        session.file.settings.put(ANSWERS_FROM, number)


def _put_report(session: Session, report: str, period: str, value: Any, papers: Mapping[str, bytes]) -> None:
    reports = session.file.reports
    edition = value[0] if value is not None else 0
    for kept in reports.editions(report, period):
        if kept.edition >= edition:
            reports.drop_edition(report, period, kept.edition)
    if value is not None:
        pdf = papers.get(f"{report}-{period}")
        reports.put_edition(
            report, period, edition, value[1], pdf, actor=value[3], now=datetime.fromisoformat(value[2]),
            content=value[5],
        )  # fmt: skip
