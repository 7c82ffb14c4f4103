"""Fuzzing by coverage, by hand and as long as one likes; atheris is no dependency of the project.

    python -m venv /tmp/fuzz-venv && /tmp/fuzz-venv/bin/pip install atheris && /tmp/fuzz-venv/bin/pip install -e .
    nice -n 19 /tmp/fuzz-venv/bin/python -m tests.fuzz.run_atheris FOLDER -max_total_time=3600

``FOLDER`` keeps the corpus, what crashed, and ``outcomes.json``: how often each reader said what. Arguments that begin
with a hyphen go to libFuzzer. A crash is run again with ``… -m tests.fuzz.run_atheris FOLDER FOLDER/crash-…``.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(
    include=["thidua_desktop.sync", "thidua_desktop.formdef"], enable_loader_override=False
):
    from tests.fuzz.mutations import mutate
    from tests.fuzz.readers import READERS
    from tests.fuzz.seeds import all_seeds

NAMES = sorted(READERS)
LONGEST = 64 * 1024
_SAVED_EVERY = 30.0
_SHAPED = 0.6  # of the mutations keep the shape of their reader, the others are libFuzzer's own


class Fuzzing:
    """One run: the first byte of an input names the reader."""

    def __init__(self, folder: Path) -> None:
        self._tally = folder / "outcomes.json"
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
        self._saved = time.monotonic()
        self._began = time.time()

    def once(self, data: bytes) -> None:
        """Reads one input; what the reader raises is a finding."""
        if not data:
            return
        name = NAMES[data[0] % len(NAMES)]
        outcome = READERS[name](data[1:])
        self._counts[name][outcome if len(outcome) < 40 else "several"] += 1
        if time.monotonic() - self._saved > _SAVED_EVERY:
            self._save()

    def changed(self, data: bytes, size: int, seed: int) -> bytes:
        """The next input from one of the corpus."""
        dice = random.Random(seed)
        if not data or dice.random() > _SHAPED:
            return bytes(atheris.Mutate(data, size))
        return (data[:1] + mutate(NAMES[data[0] % len(NAMES)], bytes(data[1:]), dice))[:size]

    def _save(self) -> None:
        self._saved = time.monotonic()
        told: dict[str, object] = {
            "seconds": round(time.time() - self._began),
            "runs": sum(map(Counter.total, self._counts.values())),
        }
        told |= {"outcomes": {name: dict(counts.most_common()) for name, counts in self._counts.items()}}
        self._tally.write_text(json.dumps(told, indent=1), encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Lay the seeds into the corpus and fuzz."""
    folder = Path(arguments[0])
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in all_seeds():
        content = bytes([NAMES.index(name)]) + data
        (corpus / f"seed-{name}-{sha256(content).hexdigest()[:12]}").write_bytes(content)
    run = Fuzzing(folder)
    files = [one for one in arguments[1:] if not one.startswith("-")]
    options = [one for one in arguments[1:] if one.startswith("-")]
    limits = [
        f"-max_len={LONGEST}",
        "-timeout=20",
        "-rss_limit_mb=1500",
        f"-artifact_prefix={folder}/",
        "-len_control=0",
    ]
    atheris.Setup([sys.argv[0], *limits, *options, *(files or [str(corpus)])], run.once, custom_mutator=run.changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
