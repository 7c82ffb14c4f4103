"""Speeds as ratios against a floor measured in the same run: ``python -m tests.benchmarks``.

A new measurement is one module ``tests/benchmarks/cost_of_<work>.py`` with a tuple ``MEASUREMENTS``.
"""
