"""Measurements, run by hand: their figures are in the documentation, with the day they were taken."""
