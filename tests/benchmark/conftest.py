"""Keeps the programs that are measured out of the project's own tests."""

collect_ignore_glob = ["sequential/*"]
