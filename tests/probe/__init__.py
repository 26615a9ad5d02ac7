"""The tests of the probe: what a program notices of it, and what it tells."""
