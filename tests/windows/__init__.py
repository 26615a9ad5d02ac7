"""Grades with a real CPython for Windows, under Wine, and compares with this system: ``python -m tests.windows``."""
