"""The whole text of each layout, kept under tests/golden/printing; UPDATE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.unit.printing.measured import text_of
from tests.unit.printing.paper_samples import SAMPLES
from thidua_desktop.printing.render import render

GOLDEN = Path(__file__).parents[2] / "golden" / "printing"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_text_of_a_paper_is_as_it_was_read_and_accepted(name: str) -> None:
    text = text_of(render(SAMPLES[name]()).pdf).replace("\u00a0", "·")
    printed = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == kept.read_text(encoding="utf-8")
