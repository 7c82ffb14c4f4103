"""The committed vectors: what FORMAT.md promises to other implementations, and our own reader held to it."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from thidua_desktop.sync.card import card_from_bytes
from thidua_desktop.sync.chain import ChainLink, KnownChain, link_of, place_in_chain
from thidua_desktop.sync.envelope import Sender, SenderStatus, Trust, read_header
from thidua_desktop.sync.keys import VerifyKey
from thidua_desktop.sync.refusals import Refusal
from thidua_desktop.sync.verify import verify

FOLDER = Path(__file__).parents[2] / "fixtures" / "packages"
VECTORS: dict[str, Any] = json.loads((FOLDER / "vectors.json").read_text(encoding="utf-8"))


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


def outcome_of(path: Path) -> str:
    """ "verified" or the code of the refusal, whose words must fit together with its values."""
    try:
        if path.suffix == ".tdcard":
            card_from_bytes(path.read_bytes())
        else:
            with verify(path, trust(), [VECTORS["reader_identity"]]) as package:
                for _ in package.all_records():
                    pass
    except Refusal as refusal:
        assert refusal.sentence and refusal.remedy
        return refusal.code
    return "verified"


@pytest.mark.parametrize("row", VECTORS["files"], ids=lambda row: row["file"])
def test_every_vector_has_its_outcome(row: dict[str, str]) -> None:
    assert outcome_of(FOLDER / row["file"]) == row["outcome"], row["why"]


def test_no_vector_is_forgotten() -> None:
    named = {row["file"] for row in [*VECTORS["files"], *VECTORS["chain"]]}
    assert named == {path.name for path in FOLDER.iterdir() if path.suffix in {".tdp", ".tdcard"}}


def test_chain_of_vectors_is_judged_step_by_step() -> None:
    links: list[ChainLink] = []
    for step in VECTORS["chain"]:
        with verify(FOLDER / step["file"], trust(), [VECTORS["reader_identity"]]) as package:
            judged = place_in_chain(package.header, package.header_hash, KnownChain.of(links))
            if isinstance(judged, Refusal):
                assert judged.code == step["outcome"] and judged.sentence
            else:
                assert judged.place == step["outcome"]
                links.append(link_of(package.header, package.header_hash))


def test_a_cut_file_still_says_who_sent_it_and_how_much_is_there() -> None:
    claimed = read_header(BytesIO((FOLDER / "cut-payload.tdp").read_bytes()))
    assert claimed.header.facts.office_name == "Xã Thử Nghiệm"
    full = (FOLDER / "good.tdp").stat().st_size
    assert claimed.percent_present == 100 * (full - 2000) // full
    with pytest.raises(Refusal) as caught:
        verify(FOLDER / "cut-payload.tdp", trust(), [VECTORS["reader_identity"]])
    assert f"{claimed.percent_present}%" in caught.value.sentence
