"""Random mutants of the reference and random files: does the grader bear them? `python -m tests.fuzz --help`."""
