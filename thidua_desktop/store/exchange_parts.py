"""What an open office file knows of its exchange with others, each part loaded when it is first asked for.

A start shows Hôm nay without any of it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thidua_desktop.store.answers import RecordAnswers
    from thidua_desktop.store.aside_lines import AsideLines
    from thidua_desktop.store.changed_records import ChangedRecords
    from thidua_desktop.store.open_database import OpenDatabase
    from thidua_desktop.store.package_traces import PackageTraces
    from thidua_desktop.store.record_decisions import RecordDecisions
    from thidua_desktop.store.record_versions import RecordVersions
    from thidua_desktop.store.report_checks import ReportChecks


class ExchangeParts:
    """Part of ``OfficeReader``."""

    _database: OpenDatabase

    @cached_property
    def answers(self) -> RecordAnswers:
        """What the other side answered to records."""
        from thidua_desktop.store.answers import RecordAnswers

        return RecordAnswers(self._database)

    @cached_property
    def decisions(self) -> RecordDecisions:
        """What people decided about proposals."""
        from thidua_desktop.store.record_decisions import RecordDecisions

        return RecordDecisions(self._database)

    @cached_property
    def aside_lines(self) -> AsideLines:
        """Lines of packages that were set aside."""
        from thidua_desktop.store.aside_lines import AsideLines

        return AsideLines(self._database)

    @cached_property
    def report_checks(self) -> ReportChecks:
        """How reports of communes were checked."""
        from thidua_desktop.store.report_checks import ReportChecks

        return ReportChecks(self._database)

    @cached_property
    def traces(self) -> PackageTraces:
        """What packages left behind."""
        from thidua_desktop.store.package_traces import PackageTraces

        return PackageTraces(self._database)

    @cached_property
    def versions(self) -> RecordVersions:
        """Versions of records, by which two installations of an office meet."""
        from thidua_desktop.store.record_versions import RecordVersions

        return RecordVersions(self._database)

    @cached_property
    def changed_records(self) -> ChangedRecords:
        """Records in the order in which they were last changed."""
        from thidua_desktop.store.changed_records import ChangedRecords

        return ChangedRecords(self._database)
