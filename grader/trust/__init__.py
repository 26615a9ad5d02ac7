"""Compares what the probe told with what the system and the source show: what is contradicted earns nothing."""
