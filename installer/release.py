"""``make release``: what goes onto the stick, in ``dist/``: update files, the list of SHA-256 and its signature.

The set-up files must have been built (``make installer``, ``make deb``). The secret release key is a file outside the
tree, named by THIDUA_RELEASE_KEY; ``--new-key FILE`` makes one and writes its public half into resources/release/.
What a key of trial_keys.txt signs is refused unless ``--trial`` is said: it is for this machine, not for offices.
Anyone checks with public tools:  sha256sum -c SHA256SUMS;  minisign -Vm SHA256SUMS -p resources/release/thidua.pub
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from installer.bundle import ROOT, BuildError, program_version, run, say, sha256
from thidua_desktop.services.licences import compose, licences

if TYPE_CHECKING:
    from thidua_desktop.sync.keys import VerifyKey

DIST = ROOT / "dist"
KEY_VARIABLE = "THIDUA_RELEASE_KEY"
SUMS = "SHA256SUMS"
SOURCES = ROOT
TRIAL = ROOT / "installer" / "trial_keys.txt"
PUBLIC = ROOT / "resources" / "release" / "thidua.pub"
SETUPS = {"windows": "thidua-{version}-setup.exe", "debian": "thidua-desktop_{version}_amd64.deb"}


def changes_of(version: str, text: str) -> list[str]:
    """The lines of a version in CHANGELOG.md; BuildError when it has none."""
    found = re.search(rf"^## {re.escape(version)}(?: \([^)\n]*\))?\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^- (.+)$", found[1], re.MULTILINE) if found else []
    if not lines:
        raise BuildError(f"CHANGELOG.md chưa nói bản {version} có gì mới")
    return lines


def require_public(version: str, text: str, key_id: str) -> None:
    """BuildError for what must not go to offices: signed with a key made for trials, or a version without its day."""
    if key_id in trial_keys():
        raise BuildError(
            f"khóa {key_id} chỉ để thử: lập khóa phát hành bằng python -m installer.release --new-key TỆP, "
            "hoặc thêm --trial nếu bản này chỉ để thử"
        )
    if not re.search(rf"^## {re.escape(version)} \(\d\d/\d\d/\d{{4}}\)$", text, re.MULTILINE):
        raise BuildError(f"CHANGELOG.md chưa ghi ngày phát hành: ## {version} (ngày/tháng/năm)")


def trial_keys() -> set[str]:
    """Numbers of the release keys that were made for trials."""
    return set(re.findall(r"^[0-9A-F]+$", TRIAL.read_text(encoding="ascii"), re.MULTILINE))


def inputs() -> str:
    """What the files were made of: the commit, and the digest of every lock."""
    commit = run("git", "rev-parse", "HEAD").strip()
    changed = run("git", "status", "--porcelain", "--untracked-files=no").strip()
    locks = (
        f"{sha256(path)}  {path.relative_to(SOURCES).as_posix()}\n"
        for path in sorted(SOURCES.rglob("installer/**/*.lock"))
    )
    return f"commit {commit}{' (cây có sửa đổi)' if changed else ''}\n" + "".join(locks)


def papers(folder: Path, version: str, changes: list[str]) -> None:
    """Beside the set-up files, as text: what is new, the licences of everything inside, what it was made of."""
    told = "".join(f"- {line}\n" for line in changes)
    texts = {"co-gi-moi": f"Bản {version}\n\n{told}", "dau-vao": inputs(), "giay-phep": compose(licences())}
    for name, text in texts.items():
        (folder / f"thidua-{version}-{name}.txt").write_text(text, encoding="utf-8")


def sums(files: list[Path]) -> str:
    """The list as ``sha256sum`` writes and reads it."""
    return "".join(f"{sha256(path)}  {path.name}\n" for path in sorted(files))


def new_key(path: Path, trial: bool = False) -> None:
    """A fresh pair: the secret into ``path``, the public half into the program. Never over an existing secret.

    A key for trials is noted as such: what it signs is refused as a release for offices.
    """
    from thidua_desktop.sync.keys import SigningKey

    key = SigningKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(key.to_bytes().hex() + "\n")
    PUBLIC.write_text(key.verify_key.to_text(), encoding="utf-8")
    if trial:
        with TRIAL.open("a", encoding="ascii") as stream:
            stream.write(f"{key_id(key.verify_key)}\n")
    say(f"Khóa bí mật ở {path} (giữ ngoài máy này, hai bản); khóa công khai đã ghi vào {PUBLIC.relative_to(ROOT)}")


def key_id(key: VerifyKey) -> str:
    """A key's number as minisign shows it."""
    return f"{int.from_bytes(key.key_id, 'little'):X}"


def release(folder: Path, secret: Path, version: str, changelog: str, trial: bool = False) -> list[Path]:
    """Update files, list and signature of what is in ``folder``.

    BuildError when nothing is there, the key is another or one for trials, or the version has no day in the changelog.
    """
    from thidua_desktop.sync.keys import SigningKey, VerifyKey
    from thidua_desktop.sync.update import ENDING, facts_of, write_update

    key = SigningKey.from_bytes(bytes.fromhex(secret.read_text(encoding="ascii").strip()))
    if key.verify_key != VerifyKey.from_text(PUBLIC.read_text(encoding="utf-8")):
        raise BuildError("khóa bí mật không phải của khóa công khai trong resources/release/thidua.pub")
    changes = changes_of(version, changelog)
    if not trial:
        require_public(version, changelog, key_id(key.verify_key))
    made = []
    for platform, pattern in SETUPS.items():
        setup = folder / pattern.format(version=version)
        if setup.is_file():
            target = folder / f"thidua-{version}-{platform}{ENDING}"
            write_update(setup, facts_of(setup, version, platform, changes), key, target)
            made.append(target)
    if not made:
        raise BuildError(f"chưa có tệp cài đặt nào của bản {version}; chạy make installer, make deb")
    papers(folder, version, changes)
    listed = [path for path in folder.iterdir() if version in path.name and path.is_file()]
    text = sums(listed)
    (folder / SUMS).write_text(text, encoding="utf-8")
    (folder / f"{SUMS}.minisig").write_bytes(key.sign(text.encode(), f"thidua {version}"))
    return [*made, folder / SUMS, folder / f"{SUMS}.minisig"]


def main() -> int:
    """Sign a release, or make a key."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--new-key", type=Path, help="lập cặp khóa; khóa bí mật ghi vào tệp này")
    parser.add_argument("--trial", action="store_true", help="bản hoặc khóa chỉ để thử, không đưa cho cơ quan nào")
    options = parser.parse_args()
    try:
        if options.new_key is not None:
            new_key(options.new_key, options.trial)
            return 0
        named = os.environ.get(KEY_VARIABLE)
        if not named:
            raise BuildError(f"Nêu tệp khóa phát hành: {KEY_VARIABLE}=TỆP make release")
        version = program_version()
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        for path in release(DIST, Path(named), version, changelog, options.trial):
            say(str(path.relative_to(ROOT)))
    except (BuildError, OSError, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
