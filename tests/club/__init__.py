"""Tests of what is made of a whole club."""
