"""Tests of what is said about mistakes."""
