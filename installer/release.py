"""``make release``: what goes onto the stick, in ``dist/``: update files, the list of SHA-256 and its signature.

The set-up files must have been built (``make installer``, ``make deb``). The secret release key is a file outside the
tree, named by THIDUA_RELEASE_KEY; ``--new-key FILE`` makes one and writes its public half into resources/release/.
Anyone checks with public tools:  sha256sum -c SHA256SUMS;  minisign -Vm SHA256SUMS -p resources/release/thidua.pub
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from installer.bundle import ROOT, BuildError, program_version, say, sha256

DIST = ROOT / "dist"
KEY_VARIABLE = "THIDUA_RELEASE_KEY"
SUMS = "SHA256SUMS"
PUBLIC = ROOT / "resources" / "release" / "thidua.pub"
SETUPS = {"windows": "thidua-{version}-setup.exe", "debian": "thidua-desktop_{version}_amd64.deb"}


def changes_of(version: str, text: str) -> list[str]:
    """The lines of a version in CHANGELOG.md; BuildError when it has none."""
    found = re.search(rf"^## {re.escape(version)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^- (.+)$", found[1], re.MULTILINE) if found else []
    if not lines:
        raise BuildError(f"CHANGELOG.md chưa nói bản {version} có gì mới")
    return lines


def sums(files: list[Path]) -> str:
    """The list as ``sha256sum`` writes and reads it."""
    return "".join(f"{sha256(path)}  {path.name}\n" for path in sorted(files))


def new_key(path: Path) -> None:
    """A fresh pair: the secret into ``path``, the public half into the program. Never over an existing secret."""
    from thidua_desktop.sync.keys import SigningKey

    key = SigningKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(key.to_bytes().hex() + "\n")
    PUBLIC.write_text(key.verify_key.to_text(), encoding="utf-8")
    say(f"Khóa bí mật ở {path} (giữ ngoài máy này, hai bản); khóa công khai đã ghi vào {PUBLIC.relative_to(ROOT)}")


def release(folder: Path, secret: Path, version: str, changes: list[str]) -> list[Path]:
    """Update files, list and signature of what is in ``folder``; BuildError when nothing is, or the key is another."""
    from thidua_desktop.sync.keys import SigningKey, VerifyKey
    from thidua_desktop.sync.update import ENDING, facts_of, write_update

    key = SigningKey.from_bytes(bytes.fromhex(secret.read_text(encoding="ascii").strip()))
    if key.verify_key != VerifyKey.from_text(PUBLIC.read_text(encoding="utf-8")):
        raise BuildError("khóa bí mật không phải của khóa công khai trong resources/release/thidua.pub")
    made = []
    for platform, pattern in SETUPS.items():
        setup = folder / pattern.format(version=version)
        if setup.is_file():
            target = folder / f"thidua-{version}-{platform}{ENDING}"
            write_update(setup, facts_of(setup, version, platform, changes), key, target)
            made.append(target)
    if not made:
        raise BuildError(f"chưa có tệp cài đặt nào của bản {version}; chạy make installer, make deb")
    listed = [path for path in folder.iterdir() if version in path.name and path.is_file()]
    text = sums(listed)
    (folder / SUMS).write_text(text, encoding="utf-8")
    (folder / f"{SUMS}.minisig").write_bytes(key.sign(text.encode(), f"thidua {version}"))
    return [*made, folder / SUMS, folder / f"{SUMS}.minisig"]


def main() -> int:
    """Sign a release, or make a key."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--new-key", type=Path)
    options = parser.parse_args()
    try:
        if options.new_key is not None:
            new_key(options.new_key)
            return 0
        named = os.environ.get(KEY_VARIABLE)
        if not named:
            raise BuildError(f"Nêu tệp khóa phát hành: {KEY_VARIABLE}=TỆP make release")
        version = program_version()
        changes = changes_of(version, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
        for path in release(DIST, Path(named), version, changes):
            say(str(path.relative_to(ROOT)))
    except (BuildError, OSError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
