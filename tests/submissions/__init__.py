"""Submissions as data: correct styles and single mistakes."""
