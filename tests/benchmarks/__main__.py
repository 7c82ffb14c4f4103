"""Takes all measurements, prints one table of ratios and writes build/benchmarks.json."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
import statistics
import sys
import time
from pathlib import Path

import tests.benchmarks
from tests.benchmarks.measure import Measurement, Point, curves, growth, processor

RESULT = Path(__file__).resolve().parent.parent.parent / "build" / "benchmarks.json"
HEADLINE = f"{'work':<34}{'size':>11}{'ours':>12}{'floor':>12}{'ratio':>8}{'aim':>7}{'growth':>8}  floor is"


def measurements(wanted: str = "") -> list[Measurement]:
    """Every measurement of every ``cost_of_…`` module whose name contains ``wanted``."""
    names = sorted(module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__))
    modules = [importlib.import_module(f"tests.benchmarks.{name}") for name in names if name.startswith("cost_of_")]
    return [each for module in modules for each in module.MEASUREMENTS if wanted in each.name]


def together(found: list[Measurement]) -> list[list[Measurement]]:
    """Measurements over the same thing, at the same sizes, beside each other."""
    groups: dict[object, list[Measurement]] = {}
    for each in found:
        groups.setdefault((each.prepare, each.sizes), []).append(each)
    return list(groups.values())


def duration(value: float) -> str:
    """A time in the unit that leaves few digits."""
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if value * factor >= 1:
            return f"{value * factor:.2f} {unit}"
    return f"{value * 1e9:.0f} ns"


def rows(measurement: Measurement, points: list[Point]) -> list[str]:
    """Lines of the table; a ratio above the aim is marked with !."""
    exponent = growth(points)
    lines = []
    for point in points:
        mark = "!" if point.ratio > measurement.aim else " "
        grows = f"{exponent:.2f}" if exponent is not None and point is points[-1] else ""
        lines.append(
            f"{measurement.name:<34}{point.size:>11,}{duration(point.ours):>12}{duration(point.floor):>12}"
            f"{point.ratio:>7.2f}{mark}{measurement.aim:>7.2f}{grows:>8}  {measurement.floor_name}"
        )
    return lines


def as_json(results: list[tuple[Measurement, list[Point]]]) -> dict[str, object]:
    """Everything the table shows, and the machine it was taken on."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "measurements": [
            {
                "name": measurement.name,
                "floor": measurement.floor_name,
                "aim": measurement.aim,
                "growth": growth(points),
                "points": [
                    {"size": each.size, "ours": each.ours, "floor": each.floor, "ratio": each.ratio} for each in points
                ],
            }
            for measurement, points in results
        ],
    }


def main() -> int:
    """Measure, show, write. Ratios above their aims are marked, not failed: machines differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help="part of a name")
    parser.add_argument("--largest", type=int, default=100_000, help="no size above this one")
    parser.add_argument("--samples", type=int, default=5, help="pairs per size, of which the median counts")
    parser.add_argument(
        "--processor", action="store_true", help="least seconds of the processor, for a machine that does other work"
    )
    options = parser.parse_args()
    clock, typical = (processor, min) if options.processor else (time.perf_counter, statistics.median)
    print(HEADLINE, flush=True)
    results = []
    for alike in together(measurements(options.only)):
        found = curves(alike, options.largest, max(1, options.samples), clock, typical)
        for measurement, points in zip(alike, found, strict=True):
            print("\n".join(rows(measurement, points)), flush=True)
            results.append((measurement, points))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(as_json(results), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"written: {RESULT}")
    return 0 if results else 1


if __name__ == "__main__":
    sys.exit(main())
