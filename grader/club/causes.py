"""Says in French why git could not do it: a table of what git and servers write, and what that means for a student."""

from __future__ import annotations

import re

from ..escape import escape
from .git import Answer

SLOW = "rien ne répond assez vite à cette adresse : vérifie le réseau, puis recommence"

CLOCK = "l'horloge de cette machine est sans doute fausse : règle la date et l'heure, puis recommence"
NO_SUCH = "il n'y a pas de dépôt à cette adresse, ou il n'est pas ouvert : vérifie-la avec ton encadrant"
CLOSED = "ce dépôt ne te laisse pas écrire : demande à ton encadrant de l'ouvrir aux rendus"
ACCOUNT = "ce dépôt demande un compte ou une clé que cette machine n'a pas : demande à ton encadrant"
CUT = "la connexion s'est coupée en route : vérifie le réseau, puis recommence"
MISTYPED = "cette adresse est mal écrite : elle commence par https:// ou ssh://, ou c'est un dossier"

CAUSES: tuple[tuple[str, str], ...] = (
    # what git says → what it means, to stand behind a colon; the first that is found holds
    (r"xcode-select|xcrun|developer tools", "git n'est pas encore installé sur ce Mac : tape xcode-select --install, puis recommence"),
    (r"certificate (is not yet valid|has expired)|not yet activated", CLOCK),
    (r"No space left on device|[Dd]isk quota exceeded|out of disk space", "il n'y a plus de place sur un disque, celui de cette machine ou celui du dépôt : libères-en, puis recommence"),
    (r"Read-only file system|repository (is|was) archived", "ce dépôt peut seulement être lu : préviens ton encadrant"),
    (r"dubious ownership|unsafe repository", "ce dépôt appartient à quelqu'un d'autre, et le git d'ici le refuse : préviens ton encadrant"),
    (r"'refs/heads/rendu' exists", "une branche nommée « rendu » y bouche le passage : ton encadrant doit la renommer"),
    (r"(?:Could not resolve (?:host|hostname):? |unable to look up |lookup )([\w.-]+)", "l'adresse « {0} » est introuvable : vérifie le réseau, puis l'orthographe de l'adresse"),
    (r"Could not resolve proxy|CONNECT tunnel failed|from proxy|returned error: 407", "le proxy de ce réseau ne laisse pas passer : demande à ton encadrant"),
    (r"Name or service not known|name resolution|nodename nor servname|No such host", "cette adresse est introuvable : vérifie le réseau, puis son orthographe"),
    (r"Network is unreachable|No route to host", "cette machine n'est pas reliée au bon réseau : vérifie le Wi-Fi ou le câble, puis recommence"),
    (r"Connection refused|Failed to connect|Couldn't connect|Could not connect|unable to connect", "personne ne répond à cette adresse : vérifie-la, et que le dépôt du club est en marche"),
    (r"timed out|[Tt]imeout|too slow", SLOW),
    (r"certificate|SSL|TLS|schannel", "cette machine ne reconnaît pas le certificat du dépôt : montre cela à ton encadrant"),
    (r"repository not exported", NO_SUCH),
    (r"returned error: (403|405)|service not enabled|[Aa]ccess denied|not allowed to push|[Pp]rotected branch|Permission to .* denied|[Ww]rite access|read-only", CLOSED),
    (r"could not read (Username|Password)|Authentication failed|returned error: 401|terminal prompts disabled|Permission denied \(|Host key verification|[Ii]nvalid (username|credentials)", ACCOUNT),
    (r"returned error: 413|exceeds|too large|file size limit", "ton rendu est trop gros pour ce dépôt : ne garde dans ton dossier que ce qui sert"),
    (r"insufficient permission|[Pp]ermission denied|Operation not permitted|unable to create temporary object dir", CLOSED),
    (r"transport '.*' not allowed|remote-\w+' is not a git command|remote helper|[Pp]rotocol .* (is )?(not supported|disabled)|[Uu]nsupported protocol|bad/illegal format|URL rejected|[Mm]alformed|no path specified|strange (host|path)name|invalid port|port number", MISTYPED),
    (r"does not appear to be a git repo|not a git repository|[Rr]epository .*not found|not valid: is this a git|returned error: 404|[Rr]epository does not exist|could not be found|did you run git update-server-info|no such repo", NO_SUCH),
    (r"returned error: (5\d\d|429)", "le dépôt du club est en panne ou trop occupé : attends un peu, puis recommence"),
    (r"checked out branch", "cette branche est ouverte dans ce dépôt : ton encadrant doit y revenir à la principale (git switch main)"),
    (r"mismatched algorithms|object format", "ce dépôt est d'une sorte que le git d'ici ne connaît pas (sha256) : préviens ton encadrant"),
    (r"hook declined|prohibited by", "le dépôt du club refuse ce rendu : montre cela à ton encadrant"),
    (r"[Oo]ut of memory|Cannot allocate memory|cannot fork|unable to fork|Resource temporarily", "cette machine n'a plus assez de mémoire : ferme des programmes, puis recommence"),
    (r"early EOF|hung up|RPC failed|reset by peer|[Bb]roken pipe|[Uu]nexpected disconnect|Empty reply|Recv failure|Send failure|curl \d", CUT),
)  # fmt: skip

OVERTAKEN = re.compile(
    r"fetch first|non-fast-forward|stale info|already exists|failed to update ref|incorrect old value"
    r"|cannot lock ref|[Uu]nable to create '.*\.lock'|but expected|File exists"
)
"""What git says where somebody else has written in the same moment: trying again helps."""

NOISE = re.compile(r"^(hint|warning|To|remote:\s*$|error: failed to push|\s*$)")
"""Lines that do not say why."""


def cause_of(answer: Answer, *, was_read: bool = False) -> str:
    """Why a command failed, to stand behind a colon, without a full stop.

    Args:
        answer: how it ended.
        was_read: whether the same repository has just been read: servers say of one that is closed that it is not there.
    """
    if answer.took_too_long:
        return SLOW
    for pattern, means in CAUSES:
        found = re.search(pattern, answer.words)
        if found is not None:
            return CLOSED if was_read and means == NO_SUCH else means.format(*map(escape, found.groups("")))
    telling = [line for line in answer.words.splitlines() if not NOISE.match(line)]
    last = telling[-1].strip() if telling else f"status {answer.status}"
    return f"git a refusé, et dit « {escape(last, 200)} » : montre cela à ton encadrant"


def was_overtaken(answer: Answer) -> bool:
    """Whether somebody else has written to the same repository in the same moment."""
    return OVERTAKEN.search(answer.words) is not None and "'refs/heads/rendu' exists" not in answer.words
