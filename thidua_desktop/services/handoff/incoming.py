"""What a package says, whether it is true, what it would change here, and taking it in.

Nothing is touched before the whole file is verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import cast

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import Condition, FieldSpec, RegisterSpec
from thidua_desktop.formdef.records import sentence_of, values_from_plain
from thidua_desktop.formdef.surveys import is_survey
from thidua_desktop.formdef.travel import travelling_fields
from thidua_desktop.services.acts import Act
from thidua_desktop.services.automatic_backups import Step, copy_before
from thidua_desktop.services.handoff import cards, own_keys
from thidua_desktop.services.handoff.acknowledged import received_report
from thidua_desktop.services.handoff.answers import AnswerKeeper
from thidua_desktop.services.handoff.applied import DIRECTIVES_APPLIED, keep_applied
from thidua_desktop.services.handoff.aside_keeper import AsideKeeper
from thidua_desktop.services.handoff.late_records import LateRecords
from thidua_desktop.services.handoff.outgoing import travelling
from thidua_desktop.services.handoff.recomputed import differences
from thidua_desktop.services.handoff.sent_figures import check_sent_figures
from thidua_desktop.services.handoff.undoing import traced
from thidua_desktop.services.reports.private_counts import MEMBER, keep_counts
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store import merge as store_merge
from thidua_desktop.store.attached_files import REGISTER as ATTACHMENT
from thidua_desktop.store.packages import RECEIVED, PackageEntry
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.sync.chain import ChainLink, ChainPosition, check_definitions, place_among
from thidua_desktop.sync.envelope import Sender, Trust, read_header
from thidua_desktop.sync.header import Header, PackageKind
from thidua_desktop.sync.keys import VerifyKey
from thidua_desktop.sync.members import RecordLine, content_hash
from thidua_desktop.sync.merge_plan import KnownRecord, Outcome, PlanEntry, PlanSummary, plan_merge
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.verify import VerifiedPackage, verify

_KINDS = {
    PackageKind.REPORT: "gói số liệu của xã",
    PackageKind.RECEIPT: "biên nhận của tỉnh",
    PackageKind.DIRECTIVE: "gói chỉ đạo của tỉnh",
    PackageKind.ENROLMENT: "tệp giới thiệu đơn vị",
}
DELETIONS_WITHOUT_ASKING = 20
TAKEN = {Outcome.NEW, Outcome.CHANGED, Outcome.DELETED}
_REASONS_KEPT = 200
_TOLD_EVERY = 50

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ClaimedPackage:
    """What a file says of itself; nothing in it is proved."""

    office_code: str
    office_name: str
    installation: str
    number: int
    kind: str
    created: str
    changes_from: int
    changes_to: int
    payload_size: int
    percent_present: int


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """What a package would do to one register, in records."""

    name: str
    title: str
    new: int
    changed: int
    deleted: int
    unchanged: int
    conflicts: int
    set_aside: int


class ReportNews(StrEnum):
    """What a closed report that comes along is to the one that is kept of the same period."""

    FIRST = "first"
    RENEWED = "renewed"  # closed anew by the commune: from now on it stands
    SAME = "same"
    OVERTAKEN = "overtaken"  # a later package has brought another one, which goes on to stand


@dataclass(frozen=True, slots=True)
class ReceivePlan:
    """A verified package and what taking it in would change.

    ``gap``: a sentence when packages are missing, else ""; ``missing``: their numbers ("2–4, 6"), ``missing_numbers``
    the same as first and last of each run. ``ended``: that the commune is not there any more, and which of its records
    are dated after its last day. ``report_news``: what each closed report that comes along is to the one kept here.
    """

    path: Path
    sha256: str
    sender_code: str
    sender_name: str
    number: int
    created: str
    size: int
    registers: tuple[RegisterPlan, ...]
    reports: tuple[str, ...]
    set_aside: tuple[str, ...]
    gap: str
    missing: str = ""
    ended: tuple[str, ...] = ()
    missing_numbers: tuple[tuple[int, int], ...] = ()
    report_news: Mapping[str, ReportNews] = field(default_factory=dict)

    @property
    def lines(self) -> int:
        """Record lines of the package."""
        return self.changes + sum(one.unchanged + one.conflicts + one.set_aside for one in self.registers)

    @property
    def changes(self) -> int:
        """Records that would be new, changed or deleted."""
        return sum(register.new + register.changed + register.deleted for register in self.registers)

    @property
    def deletions(self) -> int:
        """Records that would be deleted."""
        return sum(register.deleted for register in self.registers)


@dataclass(frozen=True, slots=True)
class Received:
    """What was taken in, in one transaction; ``renewed``: closed reports that now stand in place of those here."""

    sender_code: str
    sender_name: str
    number: int
    new: int
    changed: int
    deleted: int
    unchanged: int
    set_aside: int
    conflicts: int
    renewed: tuple[str, ...] = ()


def inspect(path: Path) -> ClaimedPackage:
    """What the file says of itself, without keys; also of a cut file. Raises TD-SYNC-001 and its kin."""
    try:
        with path.open("rb") as stream:
            claimed = read_header(stream)
    except OSError as fault:
        raise UserError("TD-SYNC-050", path=path.name) from fault
    return _claimed(claimed.header, claimed.percent_present)


def verify_here(session: Session, path: Path) -> ClaimedPackage:
    """Verify a whole package with this office's keys and what it trusts; raises TD-SYNC-… otherwise."""
    with verified(session, path) as package:
        return _claimed(package.header, 100)


def verify_with_files(path: Path, sender_key: Path, identity: Path) -> ClaimedPackage:
    """Verify a whole package with a minisign public key and an age identity from files; raises TD-SYNC-… otherwise."""
    claimed = inspect(path)
    try:
        key = VerifyKey.from_text(sender_key.read_text(encoding="utf-8"))
        secrets = [line for line in identity.read_text(encoding="utf-8").split() if line.startswith("AGE-SECRET-KEY-")]
    except (OSError, ValueError) as fault:
        raise UserError("TD-SYNC-057", path=sender_key.name) from fault
    trusted = Trust((Sender(claimed.office_code, claimed.installation, key),))
    with verify(path, trusted, secrets) as package:
        return _claimed(package.header, 100)


def _claimed(header: Header, percent_present: int) -> ClaimedPackage:
    facts = header.facts
    return ClaimedPackage(
        facts.office_code,
        facts.office_name,
        facts.installation,
        facts.number,
        str(facts.kind),
        facts.created,
        facts.changes_from,
        facts.changes_to,
        header.payload_size,
        percent_present,
    )


def plan_receive(session: Session, path: Path) -> ReceivePlan:
    """Verify the package, say what it would change; nothing is written. Raises TD-SYNC-001…015, 065, TD-STORE-220."""
    session.require(Permission.RECEIVE)
    with verified(session, path, PackageKind.REPORT) as package:
        position = position_of(session, package)
        if package.header.facts.office_code == session.file.identity.code:
            raise UserError("TD-SYNC-110", number=package.header.facts.number)
        check_sent_figures(package)
        summary = PlanSummary()
        aside: list[str] = []
        late = LateRecords(session, package.header.facts.office_code)
        for entry in plan_of(session, package):
            summary.add(entry)
            late.add(entry)
            if entry.reason is not None and len(aside) < _REASONS_KEPT:
                aside.append(_aside_words(entry))
        facts = package.header.facts
        return ReceivePlan(
            path,
            package.sha256,
            facts.office_code,
            facts.office_name,
            facts.number,
            facts.created,
            package.size,
            tuple(_register_plans(session, summary)),
            _closed_reports(package),
            tuple(aside),
            _gap_text(package.header, position),
            position.missing_text if position.missing_numbers else "",
            late.words(),
            position.missing_numbers,
            _report_news(session, package),
        )


def receive(
    session: Session, plan: ReceivePlan, *, deletions_confirmed: bool = False, on_progress: Progress | None = None
) -> Received:
    """Take the planned package in, in one transaction; TD-SYNC-055 the file changed since, 056 many deletions.

    ``on_progress(done, total)`` counts record lines; what it raises takes everything back. It is called a last time
    when all is in its place and nothing is for good yet: until then who presses stop is heard, whatever the size.
    """
    session.require(Permission.RECEIVE)
    if plan.deletions > DELETIONS_WITHOUT_ASKING and not deletions_confirmed:
        raise UserError("TD-SYNC-056", sender=plan.sender_name, count=plan.deletions, limit=DELETIONS_WITHOUT_ASKING)
    copy_before(session, Step.PACKAGE)
    with verified(session, plan.path, PackageKind.REPORT) as package:
        if package.sha256 != plan.sha256:
            raise UserError("TD-SYNC-055")
        position = position_of(session, package)
        with session.file.atomic(), traced(session, package.header_hash, package.header.facts.office_code):
            received, touched = _take(session, package, plan.lines, on_progress)
            received = replace(received, renewed=_keep_reports(session, package))
            keep_files(session, package)
            session.file.packages.put(_entry(session, package, position, received))
            if on_progress is not None:
                on_progress(plan.lines, plan.lines)
    session.announce(Changes(frozenset(touched)))
    words = f"nhập gói số {plan.number} của {plan.sender_name}"
    session.acts.note(session, Act(words, elsewhere="gỡ gói ở Hộp thư gói, nút Gỡ gói"))
    return received


def received_packages(session: Session) -> list[PackageEntry]:
    """Every package taken in, the newest first."""
    return session.file.packages.all(RECEIVED)


def verified(session: Session, path: Path, kind: PackageKind | None = None) -> VerifiedPackage:
    """A file verified with this office's keys and what it trusts; of one kind where asked, else TD-SYNC-084.

    Raises TD-SYNC-001…008, 013…016, 084. Close the result.
    """
    package = verify(path, cards.trust(session), own_keys.identities(session), spool_folder=session.file.path.parent)
    found = package.header.facts.kind
    if kind is not None and found is not kind:
        package.close()
        raise UserError("TD-SYNC-084", found=_KINDS[found], wanted=_KINDS[kind])
    known = {name: version for name, version in package.header.facts.definitions.items() if is_survey(name)}
    known |= {name: spec.version for name, spec in session.definitions.registers.items()}

    def titled(name: str) -> str:
        spec = session.definitions.registers.get(name)
        return spec.title if spec is not None else f"sổ mới “{name}”"

    newer = check_definitions(package.header, known)
    if newer is not None:
        package.close()
        names = str(newer.values["definitions"]).split(", ")
        raise Refusal(Code.NEWER_DEFINITION, sender=package.header.sender, definitions=", ".join(map(titled, names)))
    return package


def _aside_words(entry: PlanEntry) -> str:
    """Why a line is set aside; of a survey that is not here, which form is missing."""
    if entry.reason is not None and entry.reason.code == Code.ASIDE_UNKNOWN_REGISTER and is_survey(entry.register):
        return str(UserError("TD-STORE-260", register=entry.register))
    return str(entry.reason)


def position_of(session: Session, package: VerifiedPackage) -> ChainPosition:
    """The package's place among those of its sender; raises TD-SYNC-009, 011, 012, 059."""
    facts = package.header.facts
    if facts.installation == session.file.installation_id:
        raise UserError("TD-SYNC-059", number=facts.number)
    kinds = {
        ChainLink(
            entry.number, entry.header_hash, entry.details["previous"], entry.first_seq, entry.last_seq
        ): entry.kind
        for entry in session.file.packages.all(RECEIVED)
        if (entry.office, entry.installation) == (facts.office_code, facts.installation)
    }
    position = place_among(package.header, package.header_hash, kinds)
    if isinstance(position, Refusal):
        raise position
    return position.without(package.office_part.elsewhere)


def plan_of(session: Session, package: VerifiedPackage) -> Iterator[PlanEntry]:
    """The fate of every record line of a verified package, against what is here now."""
    registers = session.definitions.registers
    fields: dict[str, tuple[FieldSpec, ...]] = {}

    def known(register: str, ids: Sequence[str]) -> Mapping[str, KnownRecord]:
        spec = registers[register]
        return {
            record.id: KnownRecord(
                record.office,
                record.revision,
                content_hash(
                    RecordLine(
                        record.id,
                        record.office,
                        record.revision,
                        record.deleted,
                        {} if record.deleted else {**travelling(spec, record.values), **record.extra},
                    )
                ),
            )
            for record in session.file.records.window(register, list(ids))
        }

    def fit(register: str, record: RecordLine) -> str | None:
        if register not in fields:
            fields[register] = travelling_fields(registers[register])
        return misfit(session, registers[register], record, fields[register])

    accepted = [name for name, spec in registers.items() if spec.travels == "full"]
    return plan_merge(package.all_records(), package.header.facts.office_code, known, accepted, fit)


def misfit(session: Session, spec: RegisterSpec, record: RecordLine, fields: Iterable[FieldSpec]) -> str | None:
    """Why a record cannot stand in its register, or None: shape of its values, then each field's own checks."""
    try:
        values = values_from_plain(spec, record.values)
    except (ValueError, TypeError, AttributeError) as fault:
        return str(fault)
    for cell in fields:
        value = values.get(cell.name)
        if cell.retired or (value is None and not cell.required):
            continue
        for problem in field_type(cell).check(cell, value, session.definitions.catalogs):
            if problem.severity == "error":
                return sentence_of(spec, problem)
    return None


def _take(
    session: Session, package: VerifiedPackage, lines: int, on_progress: Progress | None
) -> tuple[Received, set[str]]:
    facts = package.header.facts
    summary = PlanSummary()
    answers, aside_lines = AnswerKeeper(session, facts.office_code), AsideKeeper(session, package)
    taken: dict[str, list[str]] = {}

    def wanted() -> Iterator[store_merge.RecordLine]:
        for done, entry in enumerate(plan_of(session, package), start=1):
            summary.add(entry)
            answers.note(entry)
            aside_lines.note(entry)
            if on_progress is not None and done % _TOLD_EVERY == 0:
                on_progress(done, lines)
            if entry.outcome in TAKEN and entry.record is not None:
                taken.setdefault(entry.register, []).append(entry.record.id)
                yield store_merge.RecordLine(
                    register=entry.register,
                    id=entry.record.id,
                    office=entry.record.office,
                    revision=entry.record.revision,
                    values=entry.record.values,
                    deleted=entry.record.deleted,
                )

    result = session.file.merge(
        wanted(),
        facts.office_code,
        f"gói {facts.number} của {facts.office_code}",
        actor=session.user.name,
        now=session.now(),
    )
    for line, reason in result.set_aside:
        answers.note_unwritten(line.register, line.id, line.revision, reason)
        aside_lines.note_unwritten(line, reason)
        taken[line.register].remove(line.id)
    for record, told in differences(session, taken, facts.definitions):
        aside_lines.note_computed(record, told)
    aside = len(result.set_aside) + summary.total(Outcome.SET_ASIDE)
    received = Received(
        facts.office_code,
        facts.office_name,
        facts.number,
        result.new,
        result.changed,
        result.deleted,
        summary.total(Outcome.UNCHANGED) + result.unchanged,
        aside,
        summary.total(Outcome.CONFLICT),
    )
    return received, result.registers


def _closed_reports(package: VerifiedPackage) -> tuple[str, ...]:
    """The closed reports that came along, without the counts of registers that stay."""
    return tuple(name for name in package.reports if name not in (MEMBER, DIRECTIVES_APPLIED))


def _keep_reports(session: Session, package: VerifiedPackage) -> tuple[str, ...]:
    """What a later package of the same machine has said of the same report stays, in whatever order they come.

    Gives the reports that now stand in place of one that was here.
    """
    facts = package.header.facts
    if MEMBER in package.reports:
        keep_counts(session, facts.office_code, facts.number, package.figures(MEMBER))
    if not _later(session, package):
        applied = package.figures(DIRECTIVES_APPLIED) if DIRECTIVES_APPLIED in package.reports else []
        keep_applied(session, facts.office_code, cast("list[str]", applied))
    news = _report_news(session, package)
    for name, what in news.items():
        if what in (ReportNews.FIRST, ReportNews.RENEWED):
            _freeze(session, package, name)
    return tuple(name for name, what in news.items() if what is ReportNews.RENEWED)


def _later(session: Session, package: VerifiedPackage) -> list[PackageEntry]:
    """What was taken in of the same machine and was made after this package."""
    facts = package.header.facts
    return [
        entry
        for entry in session.file.packages.all(RECEIVED)
        if (entry.office, entry.installation) == (facts.office_code, facts.installation) and entry.number > facts.number
    ]


def _report_news(session: Session, package: VerifiedPackage) -> dict[str, ReportNews]:
    """By closed report of the package: what it is to the one that is kept here."""
    told = {name for entry in _later(session, package) for name in entry.details.get("reports", ())}
    found = {}
    for name in _closed_reports(package):
        report, _, period = name.partition("-")
        kept = session.file.reports.frozen(received_report(package.header.facts.office_code, report), period)
        if name in told:
            found[name] = ReportNews.OVERTAKEN
        elif kept is None:
            found[name] = ReportNews.FIRST
        else:
            same = kept.figures == package.figures(name)
            found[name] = ReportNews.SAME if same else ReportNews.RENEWED
    return found


def _freeze(session: Session, package: VerifiedPackage, name: str) -> None:
    """A closed report as it came."""
    report, _, period = name.partition("-")
    received = received_report(package.header.facts.office_code, report)
    figures, pdf_name = package.figures(name), f"reports/{name}.pdf"
    pdf = package.member(pdf_name) if any(entry.name == pdf_name for entry in package.entries) else None
    session.file.reports.freeze(received, period, figures, pdf, actor=session.user.name, now=session.now())


def keep_files(session: Session, package: VerifiedPackage) -> None:
    """The contents of attached files that came along; one that no line here names is not kept."""
    for entry in package.entries:
        if not entry.name.startswith("files/") or session.file.attached_files.size(entry.sha256) is not None:
            continue
        named = ListQuery(ATTACHMENT, conditions=(Condition("sha256", (entry.sha256,)),))
        if len(session.file.records.ids(named)):
            session.file.attached_files.put(package.member(entry.name), session.now())


def _entry(session: Session, package: VerifiedPackage, position: ChainPosition, received: Received) -> PackageEntry:
    facts = package.header.facts
    return PackageEntry(
        direction=RECEIVED,
        office=facts.office_code,
        installation=facts.installation,
        number=facts.number,
        header_hash=package.header_hash,
        sha256=package.sha256,
        state="merged",
        at=session.now(),
        actor=session.user.name,
        first_seq=facts.changes_from,
        last_seq=facts.changes_to,
        details={
            "previous": facts.previous,
            "created": facts.created,
            "name": facts.office_name,
            "new": received.new,
            "changed": received.changed,
            "deleted": received.deleted,
            "set_aside": received.set_aside,
            "conflicts": received.conflicts,
            "missing": position.missing_text,
            "reports": list(_closed_reports(package)),
        },
    )


def _register_plans(session: Session, summary: PlanSummary) -> Iterator[RegisterPlan]:
    for name, counter in summary.counts.items():
        spec = session.definitions.registers.get(name)
        yield RegisterPlan(
            name,
            spec.title if spec else name,
            counter[Outcome.NEW],
            counter[Outcome.CHANGED],
            counter[Outcome.DELETED],
            counter[Outcome.UNCHANGED],
            counter[Outcome.CONFLICT],
            counter[Outcome.SET_ASIDE],
        )


def _gap_text(header: Header, position: ChainPosition) -> str:
    if not position.missing_numbers:
        return ""
    return str(UserError("TD-SYNC-010", sender=header.sender, missing=position.missing_text))
