"""What the header of this machine's next package says, whatever its kind."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import MADE
from thidua_desktop.sync.header import NO_PREVIOUS, HeaderFacts, PackageKind


def next_facts(session: Session, kind: PackageKind, registers: Iterable[str], since: int, last_seq: int) -> HeaderFacts:
    """Numbered after this machine's last package and chained to it.

    ``registers`` are those whose definitions it names; ``since`` is the last change of the change log that it leaves
    out, ``last_seq`` the last one it holds.
    """
    identity, file = session.file.identity, session.file
    before = file.packages.last(MADE, identity.code, file.installation_id)
    return HeaderFacts(
        kind=kind,
        office_code=identity.code,
        office_name=identity.name,
        installation=file.installation_id,
        number=before.number + 1 if before else 1,
        previous=before.header_hash if before else NO_PREVIOUS,
        created=session.now().isoformat(timespec="seconds"),
        definitions={name: session.register(name).version for name in registers},
        changes_from=since + 1,
        changes_to=last_seq,
        audit_head=file.audit_head(),
    )


@contextlib.contextmanager
def noted(session: Session, package: Path) -> Iterator[None]:
    """Around what notes a finished package, as one transaction: refused, the package goes, too.

    Its number is given to the next one, and two packages of one number would meet at the receiver.
    """
    try:
        with session.file.atomic():
            yield
    except BaseException:
        with contextlib.suppress(OSError):
            package.unlink(missing_ok=True)
        raise
