"""The only part that touches the operating system: starts programs, plays their peers, records what happens."""
