"""Faults at every call that changes a file: kills, full disks, bad disks, power cuts. ``make faults`` runs them all."""
