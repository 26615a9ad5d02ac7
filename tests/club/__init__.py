"""Tests of what a club needs."""
