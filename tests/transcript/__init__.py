"""Tests of grader/transcript."""
