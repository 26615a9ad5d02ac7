"""Explains what went wrong: a table of mistakes, and the facts that choose one."""
