"""The committed vectors: what FORMAT.md promises to other implementations, and our own reader held to it."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from thidua_desktop.formdef.surveys import is_survey
from thidua_desktop.sync import verify as verification
from thidua_desktop.sync.acceptance import acceptance_from_bytes
from thidua_desktop.sync.card import card_from_bytes
from thidua_desktop.sync.chain import ChainLink, check_definitions, link_of, place_among
from thidua_desktop.sync.envelope import Sender, SenderStatus, Trust, read_header
from thidua_desktop.sync.keys import VerifyKey
from thidua_desktop.sync.members import RecordLine
from thidua_desktop.sync.merge_plan import KnownRecord, plan_merge
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.verify import verify

FOLDER = Path(__file__).parents[2] / "fixtures" / "packages"
VECTORS: dict[str, Any] = json.loads((FOLDER / "vectors.json").read_text(encoding="utf-8"))
CHAINS = {"chain": "province", "cumulative_chain": "province", "receipt_chain": "commune", "directive_chain": "commune"}
"""Chains of vectors.json, and who reads them."""
BETWEEN_MACHINES = {Code.ASIDE_NO_VERSION, Code.ASIDE_ERASED}
"""Reasons that there are only between installations of one office."""


def trust() -> Trust:
    """The senders that the vectors name."""
    return Trust(
        tuple(
            Sender(
                row["office"], row["installation"], VerifyKey.from_line(row["minisign"]), SenderStatus(row["status"])
            )
            for row in VECTORS["senders"]
        )
    )


def outcome_of(path: Path, reader: str = "province") -> str:
    """ "verified" or the code of the refusal, whose words must fit together with its values."""
    try:
        if path.suffix == ".tdcard":
            card_from_bytes(path.read_bytes())
        elif path.suffix == ".tdaccept":
            acceptance_from_bytes(path.read_bytes())
        else:
            with verify(path, trust(), [VECTORS["identities"][reader]]) as package:
                for _ in package.all_records():
                    pass
                newer = check_definitions(package.header, VECTORS["definitions"])
            if newer is not None and not any(map(is_survey, package.header.facts.definitions)):
                raise newer
    except Refusal as refusal:
        assert refusal.sentence and refusal.remedy
        return refusal.code
    return "verified"


@pytest.mark.parametrize("row", VECTORS["files"], ids=lambda row: row["file"])
def test_every_vector_has_its_outcome(row: dict[str, str]) -> None:
    assert outcome_of(FOLDER / row["file"], row["reader"]) == row["outcome"], row["why"]


def test_no_vector_is_forgotten() -> None:
    named = {row["file"] for title in ("files", *CHAINS) for row in VECTORS[title]}
    assert named == {path.name for path in FOLDER.iterdir() if path.suffix in {".tdp", ".tdcard", ".tdaccept"}}


@pytest.mark.parametrize("title", CHAINS)
def test_chain_of_vectors_is_judged_step_by_step(title: str) -> None:
    links: dict[ChainLink, str] = {}
    for step in VECTORS[title]:
        with verify(FOLDER / step["file"], trust(), [VECTORS["identities"][CHAINS[title]]]) as package:
            judged = place_among(package.header, package.header_hash, links)
            if isinstance(judged, Refusal):
                assert judged.code == step["outcome"] and judged.sentence
            else:
                assert judged.place == step["outcome"]
                links[link_of(package.header, package.header_hash)] = package.header.facts.kind


def held_on_a_day(_register: str, record: RecordLine) -> str | None:
    """The rule that vectors.json gives in words."""
    try:
        return None if date.fromisoformat(str(record.values["held_on"])) else "no day"
    except ValueError as fault:
        return str(fault)


@pytest.mark.parametrize("file", VECTORS["not_fitting"]["outcomes"])
def test_lines_that_do_not_fit_are_set_aside_and_the_rest_goes_on(file: str) -> None:
    told = VECTORS["not_fitting"]
    here = {row["id"]: KnownRecord(row["office"], row["revision"], row["content"]) for row in told["known"]}
    reader = next(row["reader"] for row in VECTORS["files"] if row["file"] == file)
    with verify(FOLDER / file, trust(), [VECTORS["identities"][reader]]) as package:
        office = package.header.facts.office_code
        plan = list(plan_merge(package.all_records(), office, lambda _r, _ids: here, told["registers"], held_on_a_day))
    assert [entry.reason.code if entry.reason else entry.outcome for entry in plan] == told["outcomes"][file]
    assert all(entry.reason.sentence and entry.reason.remedy for entry in plan if entry.reason)


def rows_of_every_case() -> list[list[str]]:
    """The table of FORMAT.md, "Every case": case, code, and a file for each kind of package or an empty text."""
    text = (Path(verification.__file__).parent / "FORMAT.md").read_text(encoding="utf-8")
    table = text.partition("## Every case")[2].partition("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip("`–") for cell in cells] for cells in lines[1:]]


def outcomes_of(file: str) -> set[str]:
    """Everything that vectors.json says of a file, of its place in a chain and of its lines."""
    told = {row["outcome"] for title in ("files", *CHAINS) for row in VECTORS[title] if row["file"] == file}
    return told | set(VECTORS["not_fitting"]["outcomes"].get(file, ()))


@pytest.mark.parametrize("row", rows_of_every_case(), ids=lambda row: row[0])
def test_the_table_of_every_case_names_vectors_that_show_it(row: list[str]) -> None:
    case, code, *files = row
    assert len(files) == 3 and files[0], case
    for file in filter(None, files):
        assert (f"TD-SYNC-{code}" if code.isdigit() else code) in outcomes_of(file), (case, file)


def test_the_table_has_every_case_of_the_design() -> None:
    told = {row[1] for row in rows_of_every_case()}
    assert told >= {f"{number:03d}" for number in range(1, 17) if number != 10} | {"gap", "late"}
    assert {Code(f"TD-SYNC-{code}") for code in told if code.isdigit()} >= {
        code for code in Code if code.name.startswith("ASIDE_") and code not in BETWEEN_MACHINES
    }


def test_a_cut_file_still_says_who_sent_it_and_how_much_is_there() -> None:
    claimed = read_header(BytesIO((FOLDER / "cut-payload.tdp").read_bytes()))
    assert claimed.header.facts.office_name == "Xã Thử Nghiệm"
    full = (FOLDER / "good.tdp").stat().st_size
    assert claimed.percent_present == 100 * (full - 2000) // full
    with pytest.raises(Refusal) as caught:
        verify(FOLDER / "cut-payload.tdp", trust(), [VECTORS["identities"]["province"]])
    assert f"{claimed.percent_present}%" in caught.value.sentence
