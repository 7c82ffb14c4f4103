"""``thidua attach``: a file goes in, is listed and comes out; a program is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.scenarios.conftest import Answer
from tests.unit.services.made_files import pdf
from thidua_desktop.services.demo.build import DemoOffice

Thidua = Callable[..., Answer]


def test_a_file_goes_in_and_comes_out(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    keys = ("--password-file", demo.password_file)
    listed = thidua("record", "list", "organization", demo.commune, *keys, "--json").json()
    record = listed["records"][0]["id"]
    source, back = tmp_path / "cam kết.pdf", tmp_path / "ra.pdf"
    source.write_bytes(pdf())
    asked = ("--register", "organization", "--record", record)
    answer = thidua("attach", demo.commune, source, *keys, *asked, "--description", "Bản ký", "--json")
    assert answer.status == 0, answer.err
    assert answer.json()[0]["name"] == "cam kết.pdf"
    assert thidua("attach", demo.commune, *keys, *asked, "--save-to", back).status == 0
    assert back.read_bytes() == pdf()
    source.write_bytes(b"MZ" + bytes(40))
    refused = thidua("attach", demo.commune, source, *keys, *asked)
    assert refused.status == 1 and refused.err.startswith("TD-XFER-061: ")
