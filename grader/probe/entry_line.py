"""How the probe is started: the one thing that the harness must know of it."""

BOOTSTRAP = "import sys; sys.path[0] = sys.argv[1]; from grader.probe.entry import main; main()"
"""For ``python -c``, followed by the folder that holds the grader package and by main's arguments."""

SOCKET = b"socket\n"
"""What asks the fork server for a socket, instead of an order."""
