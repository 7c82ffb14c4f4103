"""What publishing asks for before it knows a server: whose file, which address, and that psycopg is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices, two_offices
from thidua_desktop.errors import UserError
from thidua_desktop.services.publishing import publish, require_address

NOWHERE = "postgresql://thidua@/thidua?host=/nowhere"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def test_only_a_province_publishes(offices: TwoOffices) -> None:
    with pytest.raises(UserError, match="TD-SYNC-090"):
        publish(offices.commune, NOWHERE)


@pytest.mark.parametrize("address", ["", "mysql://x@y/z", "host=localhost dbname=x", "postgresql:x"])
def test_an_address_is_one_of_postgresql(address: str) -> None:
    with pytest.raises(UserError, match="TD-SYNC-091"):
        require_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://thidua:bi-mat@may/thidua",
        "postgres://thidua:@may/thidua",
        "postgresql://may/thidua?user=a&password=bi-mat",
        "postgresql://a:b@c:bi-mat@may/thidua",
    ],
)
def test_a_password_does_not_belong_on_a_command_line(address: str) -> None:
    with pytest.raises(UserError, match="TD-SYNC-092") as refused:
        require_address(address)
    assert "bi-mat" not in str(refused.value)


@pytest.mark.parametrize("address", ["postgresql://may:5432/thidua", "postgres://thidua@may/thidua", NOWHERE])
def test_an_address_without_a_password_will_do(address: str) -> None:
    require_address(address)


def test_without_psycopg_the_remedy_is_told(offices: TwoOffices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UserError, match="TD-ENV-050"):
        publish(offices.province, NOWHERE)
