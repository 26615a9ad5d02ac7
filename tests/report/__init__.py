"""Tests of grader/report."""
