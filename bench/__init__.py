"""Measurements of speed; `invoke bench` runs them all."""
