"""A package of a commune that has ended is still taken in; what it dates after its last day is named."""

from __future__ import annotations

from datetime import date, timedelta

from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import OfficeWindow
from thidua_desktop.sync.merge_plan import PlanEntry
from thidua_desktop.text import format_date

_NAMED = 5


class LateRecords:
    """Looks at the lines of one commune's package as they pass."""

    def __init__(self, session: Session, office: str) -> None:
        self._session = session
        windows = session.file.commune_changes.windows() if session.is_province else {}
        self._last = windows.get(office, OfficeWindow(office)).last
        self._found: dict[str, list[date]] = {}

    def add(self, entry: PlanEntry) -> None:
        """One line."""
        spec = self._session.definitions.registers.get(entry.register)
        if self._last is None or spec is None or not spec.date_field or entry.record is None or entry.record.deleted:
            return
        text = entry.record.values.get(spec.date_field)
        try:
            happened = date.fromisoformat(str(text))
        except ValueError:
            return
        if happened > self._last:
            self._found.setdefault(spec.title, []).append(happened)

    def words(self) -> tuple[str, ...]:
        """That the commune has ended, and each register with such records; nothing for one that goes on."""
        if self._last is None:
            return ()
        last, next_day = format_date(self._last), format_date(self._last + timedelta(days=1))
        told = [f"Đơn vị gửi đã kết thúc ngày {last}; gói vẫn nhập được."]
        for title, days in self._found.items():
            named = ", ".join(format_date(day) for day in sorted(days)[:_NAMED])
            more = " …" if len(days) > _NAMED else ""
            told.append(f"{title}: {len(days)} bản ghi ghi ngày từ {next_day} không tính vào số liệu ({named}{more}).")
        return tuple(told)
