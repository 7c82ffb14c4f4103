"""Periodic reports: figures of a period, narrative drafted from them and edited, closing, paper."""
