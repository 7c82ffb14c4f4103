"""Run by build.py in pynsist's own environment: the prepared folder becomes one set-up file.

    python pack.py PREPARED.cfg PYTHON [COMMIT TRUSTED.pub]

With a commit, the program's own files are those of that commit, and a further release key is trusted: a rehearsal.

pynsist unpacks CPython, wires its search path and unpacks the wheels; we then take out what is never imported, add our
own files, compile, and let it fill in the NSIS script and run makensis.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from nsist import InstallerBuilder, configreader, get_installer_builder_args  # type: ignore[import-not-found]

from installer import bundle

SPARE_MB = 150


class SetupBuilder(InstallerBuilder):  # type: ignore[misc]  # pynsist has no types
    """pynsist's builder with our files, our trimming and figures for the script."""

    def __init__(self, python: str, commit: str, trusted: str, **given: object) -> None:
        super().__init__(**given)
        self.python, self.commit, self.trusted = python, commit, trusted

    def prepare_shortcuts(self) -> None:
        """Links start our own launcher and are written by the script."""

    def prepare_packages(self) -> None:
        """Wheels, trimmed; then our own files; then everything compiled."""
        super().prepare_packages()
        packages, runtime = Path(self.build_dir, "pkgs"), Path(self.build_dir, "Python")
        gone = bundle.trim(packages)
        for name in bundle.left_out_of_runtime():
            path = runtime / name
            gone[name] = path.stat().st_size
            path.unlink()
        bundle.copy_own_files(packages, self.commit)
        if self.trusted:
            shutil.copy2(self.trusted, packages / "resources" / "release" / "rehearsal.pub")
        bundle.write_licences(packages, runtime / "LICENSE.txt")
        bundle.call_it(packages, self.version)
        bundle.compile_all(packages, self.python)
        bundle.say(bundle.trimming_told(gone))

    def write_nsi(self) -> None:
        """With the sizes and the files, in one order and of one time: the same commit gives the same set-up."""
        from nsist.nsiswriter import NSISFileWriter  # type: ignore[import-not-found]

        parts = (Path(self.build_dir, "pkgs"), Path(self.build_dir, "Python"))
        size = sum(map(bundle.size_of, parts))
        writer = NSISFileWriter(self.nsi_template, installerbuilder=self)
        writer.namespace["installed_kb"] = size // 1024
        writer.namespace["folders"] = [bundle.files_of(part) for part in parts]
        writer.namespace["needed_mb"] = size // bundle.MEGABYTE + SPARE_MB
        writer.write(self.nsi_file)
        bundle.date_all(Path(self.build_dir), bundle.made_at())


def main() -> int:
    """Pack and give makensis's exit status."""
    config, python, commit, trusted = [*sys.argv[1:], "", ""][:4]
    arguments = get_installer_builder_args(configreader.read_and_validate(config))
    return int(SetupBuilder(python, commit, trusted, **arguments).run())


if __name__ == "__main__":
    sys.exit(main())
