"""How fast, how light and how reliable the grader is, in one table of figures: `python -m tests.benchmark`."""
