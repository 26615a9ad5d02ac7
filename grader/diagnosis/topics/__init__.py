"""One module a topic: its mistakes, each an object, and what recognises them; none knows the detectors of another."""
