"""``python -m thidua_desktop`` and the command ``thidua``."""

from __future__ import annotations

import sys

from thidua_desktop.app import start


def main() -> None:
    """Start with the arguments of the process and leave with its status."""
    sys.exit(start(sys.argv[1:]))


if __name__ == "__main__":
    main()
