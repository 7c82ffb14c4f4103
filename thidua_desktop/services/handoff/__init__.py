"""Handing over on a stick: who the other office is, what goes, what came."""
