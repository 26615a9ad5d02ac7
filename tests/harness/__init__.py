"""Tests of grader/harness."""
