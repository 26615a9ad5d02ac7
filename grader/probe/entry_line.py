"""What probe and harness must agree on: how the one is started, and how it writes what is long."""

BOOTSTRAP = "import sys; sys.path[0] = sys.argv[1]; from grader.probe.entry import main; main()"
"""For ``python -c``, followed by the folder that holds the grader package and by main's arguments."""

SOCKET = b"socket\n"
"""What asks the fork server for a socket, instead of a launch spec."""

MORE, LAST = b"+", b"!"
"""Behind the number of a fact that is longer than one line, before each of its parts; a whole one has neither."""

NO_PORT = "port"
"""What a fact Refused names in the place of a method where the system had no port left to lead an address to."""

CANNOT_START = 70
"""The exit status of a program that could not be started or shut in (EX_SOFTWARE, sysexits.h)."""
