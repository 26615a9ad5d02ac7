"""The only part that touches the operating system: starts programs, acts as their peers, records what happens."""
