"""What Python itself calls something, on every version alike: what is explained must not depend on who judges."""

from __future__ import annotations

import builtins
import sys

MODULES = sys.stdlib_module_names | {
    "aifc", "annotationlib", "asynchat", "asyncore", "audioop", "binhex", "cgi", "cgitb", "chunk", "compression",
    "crypt", "distutils", "imghdr", "imp", "lib2to3", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "pipes",
    "smtpd", "sndhdr", "spwd", "sunau", "telnetlib", "tomllib", "uu", "xdrlib",
}  # fmt: skip
"""The modules of Python's own, with those that came or went between 3.10 and 3.14."""

BUILTINS = frozenset(dir(builtins)) | {"BaseExceptionGroup", "ExceptionGroup", "PythonFinalizationError"}
"""The names that need no import, with those that came since 3.10."""
