"""Sets up a checkout so that ``make run`` and ``make test`` work on a fresh machine.

Finds a fitting Python, makes ``.venv``, installs exactly the versions of ``requirements.lock``, installs the program
itself in place, and on Debian/Ubuntu the system libraries that Qt and the tests want. A second call returns at once:
a stamp in ``.venv`` holds the hash of all that the result depends on.

Standard library only, and readable by Python 3.7, since it is started by whatever Python the machine offers.
"""

import argparse
import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "installer" / "requirements.lock"
# The same pins, each with the SHA-256 of every file that the index has of it: all systems, all Pythons.
HASHES = ROOT / "installer" / "hashes.lock"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "setup-done.txt"
ALLOWED = ((3, 13), (3, 12), (3, 11))
# Chosen first to last: what the lock was made and tried with stands first.
PREFERRED = ((3, 11), (3, 12), (3, 13))

# What is probed (a shared library or a program) and the Debian package that brings it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TEST_PROGRAMS = {
    "age": "age",
    "minisign": "minisign",
    "cc": "gcc",  # the fault layer; brings no headers by itself, so libc6-dev goes with it
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "softhsm2-util": "softhsm2",
    "zbarimg": "zbar-tools",
}
# A server to publish to; Debian keeps its programs off the path.
POSTGRES = Path("/usr/lib/postgresql")
NETWORK_SIGNS = re.compile(
    r"NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|Max retries|name resolution"
    r"|Network is unreachable|No matching distribution|Could not fetch"
)
NO_NETWORK = """

Không tải được các gói Python: máy không có mạng hoặc không tới được pypi.org. Nối mạng rồi chạy lại.
Máy không bao giờ có mạng: ở máy khác chạy  pip download --no-deps -r installer/hashes.lock -d GOI,
chép thư mục GOI sang,
rồi chạy lại với  PIP_NO_INDEX=1 PIP_FIND_LINKS=GOI"""


class SetupError(Exception):
    """What keeps the set-up from going on, said to the person at the keyboard."""


def say(text):
    """Print one line at once, so that it stands before the output of the programs that follow."""
    print(text, flush=True)


def version_of(python):
    """(major, minor) of an interpreter that starts and can make environments, else None."""
    code = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(python), "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = answer.stdout.decode("ascii", "replace").split()
    if answer.returncode != 0 or len(words) != 2:
        return None
    return int(words[0]), int(words[1])


def candidate_pythons():
    """Every interpreter worth asking, the preferred versions first."""
    homes = [os.environ.get("PYENV_ROOT"), os.path.expanduser("~/.pyenv")]
    pyenv = [Path(home) / "versions" for home in homes if home]
    for major, minor in PREFERRED:
        name = "python%d.%d" % (major, minor)
        yield name
        for folder in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"):
            yield Path(folder) / name
        for versions in pyenv:
            yield from sorted(versions.glob("%d.%d.*/bin/python" % (major, minor)), reverse=True)
    yield from (sys.executable, "python3", "python")


def find_python():
    """The first fitting interpreter; installs Debian's own one where that is allowed."""
    for candidate in candidate_pythons():
        if version_of(candidate) in ALLOWED:
            return str(candidate)
    if install_packages(["python3", "python3-venv"], "Python"):
        for candidate in ("/usr/bin/python3", "/usr/bin/python3.11", "/usr/bin/python3.12", "/usr/bin/python3.13"):
            if version_of(candidate) in ALLOWED:
                return candidate
    raise SetupError(
        "Cần Python 3.11, 3.12 hoặc 3.13 có kèm venv; máy này không có. Trên Debian/Ubuntu:\n"
        "    sudo apt-get install python3 python3-venv\n"
        "hoặc với pyenv:\n    pyenv install 3.13"
    )


def fingerprint():
    """Hash of everything the environment depends on: pinned versions, project table, place of the checkout."""
    digest = hashlib.sha256()
    for path in (LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    digest.update(str(ROOT).encode("utf-8"))
    return digest.hexdigest()


def is_ready():
    """Whether the environment was made from exactly these files and its Python still starts."""
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8").strip() != fingerprint():
        return False
    return VENV_PYTHON.is_file() and version_of(VENV_PYTHON) in ALLOWED


def pip(python, *arguments):
    """Run pip; a failure that looks like a missing network is told as one."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    done = subprocess.run(
        command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False
    )
    output = done.stdout.decode("utf-8", "replace")
    if done.returncode == 0:
        return output
    tail = "\n".join(output.strip().splitlines()[-12:])
    if NETWORK_SIGNS.search(output):
        raise SetupError(tail + NO_NETWORK)
    raise SetupError(tail + "\n\nCài gói Python không thành công; nguyên nhân ở các dòng trên.")


def make_environment():
    """Make or complete ``.venv``; the stamp is written last, so that a broken run is taken up again."""
    version = version_of(VENV_PYTHON) if VENV_PYTHON.is_file() else None
    if version not in ALLOWED:
        python = find_python()
        say("Tạo môi trường .venv bằng %s (Python %d.%d) …" % ((python, *version_of(python))))
        subprocess.run([python, "-m", "venv", "--clear", str(VENV)], check=True, stdin=subprocess.DEVNULL)
    if STAMP.exists():
        STAMP.unlink()
    say("Cài các gói theo installer/requirements.lock (lần đầu mất khoảng một phút) …")
    pip(VENV_PYTHON, "install", "--no-deps", "--require-hashes", "-r", str(HASHES))
    pip(VENV_PYTHON, "install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    STAMP.write_text(fingerprint() + "\n", encoding="utf-8")


def missing_packages(for_tests):
    """Debian packages whose library or program is not on this machine: (needed to start, needed by tests only)."""
    libraries = dict(QT_LIBRARIES)
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        libraries.update(WINDOW_LIBRARIES)
    needed = [package for library, package in libraries.items() if not library_loads(library)]
    programs = TEST_PROGRAMS if for_tests else {}
    wanted = [package for program, package in programs.items() if shutil.which(program) is None]
    if "gcc" in wanted:
        wanted.append("libc6-dev")
    if for_tests and not list(POSTGRES.glob("*/bin/initdb")) and shutil.which("initdb") is None:
        wanted.append("postgresql")
    return needed, wanted


def library_loads(name):
    """Whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def root_prefix():
    """How to run a command as root without a question: [], ["sudo", "-n"], or None where it is not allowed."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if subprocess.run(["sudo", "-n", "true"], check=False, **quiet).returncode == 0:
            return ["sudo", "-n"]
    return None


def install_packages(packages, purpose):
    """Install Debian packages where that is allowed; tells whether it was done."""
    prefix = root_prefix()
    if not packages or shutil.which("apt-get") is None or prefix is None:
        return False
    say("Cài gói hệ thống cho %s: %s …" % (purpose, " ".join(packages)))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run(install, check=False, **quiet).returncode == 0:
        return True
    # The usual reason is a package list that is missing or old.
    subprocess.run([*apt, "update"], check=False, **quiet)
    return subprocess.run(install, check=False, stdin=subprocess.DEVNULL).returncode == 0


def check_system(for_tests):
    """Install or name the missing system parts. Without Qt's libraries nothing can go on; without test tools it can."""
    if not sys.platform.startswith("linux"):
        return
    needed, wanted = missing_packages(for_tests)
    if not needed and not wanted:
        return
    install_packages(needed + wanted, "giao diện và kiểm thử" if for_tests else "giao diện")
    needed, wanted = missing_packages(for_tests)
    if wanted:
        say("Thiếu công cụ kiểm thử (các kiểm thử cần chúng sẽ báo hỏng). Cài bằng:\n    " + apt_command(wanted))
    if needed:
        raise SetupError("Thiếu thư viện hệ thống mà giao diện cần. Cài bằng:\n    " + apt_command(needed))


def apt_command(packages):
    """The exact command for the person to type."""
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def refresh_lock():
    """Resolve pyproject.toml anew in an environment of its own; write every version down, and the hashes of each."""
    trial = ROOT / "build" / "lock-venv"
    python = trial / VENV_PYTHON.relative_to(VENV)
    subprocess.run([find_python(), "-m", "venv", "--clear", str(trial)], check=True)
    pip(python, "install", "--upgrade", "setuptools", "%s[dev,signing,province]" % ROOT)
    frozen = pip(python, "freeze", "--exclude", "thidua-desktop").splitlines()
    frozen += [line for line in pip(python, "freeze", "--all").splitlines() if line.startswith("setuptools==")]
    old = LOCK.read_text(encoding="utf-8").splitlines()
    comments = [line for line in old if line.startswith("#")]
    for_other_systems = [line for line in old if ";" in line and not line.startswith("#")]
    lines = sorted({line for line in frozen if "==" in line}, key=str.lower)
    LOCK.write_text("\n".join(comments + lines + for_other_systems) + "\n", encoding="utf-8")
    write_hashes(python)
    shutil.rmtree(str(trial), ignore_errors=True)
    say("Đã ghi %d phiên bản vào %s; chạy make test trước khi ghi nhận." % (len(lines), LOCK.relative_to(ROOT)))


def write_hashes(python):
    """Ask the index for the hashes of every pinned package, by uv in the trial environment."""
    pip(python, "install", "uv")
    command = [str(python), "-m", "uv", "pip", "compile", str(LOCK), "--no-deps", "--generate-hashes", "--universal"]
    command += ["--python-version", "3.11", "--no-annotate", "--no-header", "--quiet", "--output-file", str(HASHES)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def main():
    """Parse the command line and do what it asks; exit status 1 with one clear text when it cannot be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--for-tests", action="store_true", help="also the programs that only the tests use")
    parser.add_argument("--lock", action="store_true", help="refresh requirements.lock and hashes.lock instead")
    options = parser.parse_args()
    try:
        if options.lock:
            refresh_lock()
            return 0
        if not is_ready():
            make_environment()
        check_system(options.for_tests)
    except SetupError as fault:
        print(fault, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as fault:
        print("Lệnh không thành công: %s" % " ".join(map(str, fault.cmd)), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
