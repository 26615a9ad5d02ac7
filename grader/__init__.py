"""ChatPy's grader: runs a student's chat programs, watches them from outside and explains the score."""

__version__ = "0.1.0"
