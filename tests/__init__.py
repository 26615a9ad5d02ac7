"""The tests; they mirror the grader's folders."""
