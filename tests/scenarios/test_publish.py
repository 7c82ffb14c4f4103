"""Publishing to a real PostgreSQL: what comes there, what never leaves, again and after a kill, with whose words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT
from tests.scenarios.real_postgres import Cluster
from tests.unit.services.handoff.two_offices import DAY, PASSWORD, TwoOffices, save, two_offices
from thidua_desktop.errors import UserError
from thidua_desktop.publishing import server as server_module
from thidua_desktop.publishing.layout import leaves
from thidua_desktop.services import records
from thidua_desktop.services.handoff.outgoing import MadePackage
from thidua_desktop.services.publishing import publish

NUMBERS = count(1)
SECRET = "001300012345"
KILLED = f"""
import os, signal, sys
from pathlib import Path
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.publishing import publish

def kill(done, total):
    if done >= 14:
        os.kill(os.getpid(), signal.SIGKILL)

publish(open_office(Path(sys.argv[1]), {PASSWORD!r}), sys.argv[2], partitions=2, batch=7, on_progress=kill)
"""


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


@pytest.fixture
def address(postgres: Cluster) -> str:
    return postgres.new_database(f"publish_{os.getpid()}_{next(NUMBERS)}")


def send(offices: TwoOffices) -> MadePackage:
    made = offices.send()
    offices.take(made)
    return made


def asked(address: str, sql: str) -> list[tuple[Any, ...]]:
    import psycopg

    with closing(psycopg.connect(address)) as connection:
        return connection.execute(sql.encode()).fetchall()


def whole(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every register, with its place in the log."""
    tables = asked(
        address,
        "SELECT relname FROM pg_class WHERE relkind = 'p' AND relnamespace = 'thidua'::regnamespace ORDER BY 1",
    )
    return {name: asked(address, f'SELECT * FROM thidua."{name}" ORDER BY office, id') for (name,) in tables}


def test_columns_have_their_types_and_the_values_theirs(offices: TwoOffices, address: str) -> None:
    record = offices.activity("Tuần tra ban đêm", topics=("crime", "drugs"), households_signed=7)
    send(offices)
    done = publish(offices.province, address, partitions=2)
    assert done.rows >= 3  # two areas and the activity
    row = asked(address, "SELECT office, id, revision, deleted, held_on, title, topics, households_signed "
                "FROM thidua.movement_activity")  # fmt: skip
    assert row == [("24412", record, 1, False, DAY, "Tuần tra ban đêm", ["crime", "drugs"], 7)]
    assert {name for (name,) in asked(address, "SELECT name FROM thidua.residential_area")} == {"Tân Lập", "Ea M'Doal"}
    assert asked(address, "SELECT value FROM thidua_figure.activities_total WHERE calendar = 'decree09' "
                 "AND period = '2026-11'") == [(1,)]  # fmt: skip


def test_words_of_the_definitions_stand_at_tables_and_columns(offices: TwoOffices, address: str) -> None:
    publish(offices.province, address, partitions=2)
    found = dict(asked(address, "SELECT objsubid, description FROM pg_description "
                       "WHERE objoid = 'thidua.movement_activity'::regclass"))  # fmt: skip
    spec = offices.province.register("movement_activity")
    assert spec.title in found[0] and f"Căn cứ: {spec.basis}".rstrip(".") in found[0]
    labels = " | ".join(found.values())
    assert all(field.label in labels for field in spec.fields if leaves(field))
    bare = asked(address, "SELECT c.relname FROM pg_class c WHERE relkind IN ('p', 'v') AND relnamespace IN "
                 "(SELECT oid FROM pg_namespace WHERE nspname LIKE 'thidua%') "
                 "AND obj_description(c.oid) IS NULL")  # fmt: skip
    assert bare == []


def test_what_stays_never_leaves(offices: TwoOffices, address: str) -> None:
    put = partial(offices.province.file.records.save, actor="khoa", now=offices.province.now())
    put("household", {"number": 1, "representative": "Trần Thị Bích Liên"})
    put("person", {"name": "Lò Thị Mơ", "sex": "female", "identity_number": SECRET})
    put("mediation_case", {"received_on": DAY, "parties": ({"name": "Cao Xuân Páo"},)})
    publish(offices.province, address, partitions=2)
    definitions = offices.province.definitions
    there = {name for (name,) in asked(address, "SELECT relname FROM pg_class WHERE relkind = 'p'")}
    assert there == {
        name for name, spec in definitions.registers.items() if spec.travels == "full" and not spec.restricted
    }
    columns = set(asked(address, "SELECT table_name, column_name FROM information_schema.columns"))
    private = {
        (spec.name, field.name)
        for spec in definitions.registers.values()
        for field in spec.fields
        if not field.travels or field.sensitive or spec.travels != "full" or spec.restricted
    }
    assert private and not private & columns
    published = str(whole(address))
    assert "Lò Thị Mơ" in published
    assert not [one for one in ("Trần Thị Bích Liên", SECRET, "Cao Xuân Páo") if one in published]


def test_a_change_comes_alone_and_a_deletion_leaves_a_mark(offices: TwoOffices, address: str) -> None:
    first, second = offices.activity("Một"), offices.activity("Hai")
    send(offices)
    publish(offices.province, address, partitions=2)
    assert publish(offices.province, address, partitions=2).rows == 0
    values = {"title": "Một, sửa lại", "held_on": DAY, "kind": "propaganda", "residential_area": offices.area}
    save(offices.commune, "movement_activity", values, first)
    records.delete(offices.commune, "movement_activity", second, reason="thử")
    send(offices)
    assert publish(offices.province, address, partitions=2).rows == 2
    found = asked(address, "SELECT id, deleted, title, revision FROM thidua.movement_activity")
    assert sorted(found) == sorted([(first, False, "Một, sửa lại", 2), (second, True, None, 2)])


def test_a_new_office_needs_no_new_table(offices: TwoOffices, address: str) -> None:
    publish(offices.province, address, partitions=2)
    before = whole(address).keys()
    offices.activity()
    send(offices)
    publish(offices.province, address, partitions=2)
    assert whole(address).keys() == before
    assert asked(address, "SELECT DISTINCT office FROM thidua.movement_activity") == [("24412",)]


def test_killed_between_batches_it_goes_on_and_brings_nothing_twice(
    offices: TwoOffices, address: str, postgres: Cluster, tmp_path: Path
) -> None:
    for number in range(30):
        offices.activity(f"Buổi {number}")
    send(offices)
    other = postgres.new_database(f"whole_{os.getpid()}_{next(NUMBERS)}")
    publish(offices.province, other, partitions=2)
    copy = tmp_path / "copy.thidua"
    offices.province.file.backup_to(copy)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(copy), address], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert asked(address, "SELECT seq FROM thidua.source") == [(14,)]
    rest = publish(offices.province, address, partitions=2, batch=7)
    assert rest.after == 14 and not rest.from_start
    assert whole(address) == whole(other)


def test_a_batch_is_all_or_nothing(offices: TwoOffices, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    offices.activity()
    send(offices)
    take = server_module.Server._take_rows

    def broken(self: server_module.Server, register: Any, part: Any) -> int:
        written = take(self, register, part)
        if register.spec.name == "residential_area":
            raise RuntimeError("cut")
        return written

    monkeypatch.setattr(server_module.Server, "_take_rows", broken)
    with pytest.raises(RuntimeError):
        publish(offices.province, address, partitions=2)
    assert not any(whole(address).values())
    assert asked(address, "SELECT seq FROM thidua.source") == [(0,)]


def test_a_file_brought_back_from_an_older_copy_starts_anew(offices: TwoOffices, address: str) -> None:
    offices.activity()
    send(offices)
    publish(offices.province, address, partitions=2)
    with closing(_connected(address)) as connection:
        connection.execute(b"UPDATE thidua.source SET hash = 'another'")
        connection.execute(b"UPDATE thidua.movement_activity SET title = 'never in this file', id = 'gone'")
        connection.commit()
    assert publish(offices.province, address, partitions=2).from_start
    assert asked(address, "SELECT title FROM thidua.movement_activity") == [("Phòng, chống lừa đảo qua mạng",)]


def test_a_dry_run_writes_nothing(offices: TwoOffices, address: str) -> None:
    offices.activity()
    send(offices)
    looked = publish(offices.province, address, dry_run=True)
    assert looked.rows >= 3 and "Hộ gia đình và người đại diện" in looked.staying
    assert asked(address, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'thidua%'") == [(0,)]


def test_two_publishings_of_one_file_wait_for_each_other(
    offices: TwoOffices, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_WAIT", "50ms")
    with closing(_connected(address)) as connection:
        lock = b"SELECT pg_advisory_lock(hashtext('thidua_desktop'), hashtext(%s))"
        connection.execute(lock, (offices.province.file.installation_id,))
        with pytest.raises(UserError, match="TD-SYNC-093"):
            publish(offices.province, address)


def test_a_server_that_is_not_there_is_told(offices: TwoOffices) -> None:
    with pytest.raises(UserError, match="TD-ENV-051"):
        publish(offices.province, "postgresql://thidua@/thidua?host=/nowhere")


def test_a_server_that_refuses_is_told(offices: TwoOffices, address: str) -> None:
    with closing(_connected(address)) as connection:
        connection.execute(b"CREATE ROLE reader LOGIN")
        connection.commit()
    with pytest.raises(UserError, match="TD-ENV-052"):
        publish(offices.province, address.replace("thidua@", "reader@"))


def _connected(address: str) -> Any:
    import psycopg

    return psycopg.connect(address)
