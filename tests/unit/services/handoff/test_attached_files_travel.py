"""Lines of attached files go with every package, contents only where asked; what stays private keeps its files."""

from __future__ import annotations

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices
from tests.unit.services.made_files import pdf, picture
from thidua_desktop.errors import UserError
from thidua_desktop.services import attachments
from thidua_desktop.services.handoff import outgoing


def test_names_travel_and_contents_when_asked(pair: TwoOffices) -> None:
    activity = pair.activity()
    one = attachments.attach_content(pair.commune, "movement_activity", activity, "ảnh.png", picture())
    pair.take(pair.send())
    (there,) = attachments.of_record(pair.province, "movement_activity", activity)
    assert (there.name, there.sha256, there.is_here) == ("ảnh.png", one.sha256, False)
    with pytest.raises(UserError, match="TD-XFER-068"):
        attachments.content_of(pair.province, there.id)
    assert [file.size for file in outgoing.what_would_go(pair.commune).files] == [len(picture())]
    pair.take(outgoing.make_package(pair.commune, pair.folder, with_files=True))
    assert attachments.content_of(pair.province, there.id) == picture()


def test_files_of_what_stays_stay(pair: TwoOffices) -> None:
    household = pair.household()
    attachments.attach_content(pair.commune, "household", household, "căn cước.pdf", pdf())
    pair.activity()
    would = outgoing.what_would_go(pair.commune)
    assert would.files == () and "attachment" not in [register.name for register in would.registers]
    pair.take(outgoing.make_package(pair.commune, pair.folder, with_files=True))
    assert pair.province.file.records.count("attachment") == 0
    assert pair.province.file.attached_files.total() == (0, 0)


def test_a_removed_file_is_removed_at_the_province(pair: TwoOffices) -> None:
    activity = pair.activity()
    one = attachments.attach_content(pair.commune, "movement_activity", activity, "ảnh.png", picture())
    pair.take(pair.send())
    attachments.detach(pair.commune, one.id)
    pair.take(outgoing.make_package(pair.commune, pair.folder, with_files=True))
    assert attachments.of_record(pair.province, "movement_activity", activity) == []
