"""Every wait and cap of a club's work with its reason: a source is a stranger's, and a run has to end."""

from __future__ import annotations

# Of a source: how much of it is read, and for how long.

MAX_HAND_INS = 20_000
"""Of one source: a club has thirty, a whole school's year 500; beyond that it is no club's source."""

MAX_VERSIONS = 200
"""Commits of a branch that are fetched: who saves every minute of an evening makes as many."""

MAX_TREES = 500
"""Commits of a main branch that are looked through for when a folder in it changed: all of a class's year."""

MAX_NAMES = 5_000
"""Names in one submission that are looked at, those nearest to the top first; it has ten, and what is never a student's
own work, such as a Python in it, is not even listed where it is a folder."""

MAX_ENTRIES = 20_000
"""Names in one archive or in one folder of a repository: Moodle's zip of 300 students with 20 files each has 6,000."""

MAX_INDEX_BYTES = 2_000_000
"""Of the list of names that a zip ends with, which is read at once: 300 students with 20 files each need half."""

MAX_ARCHIVE_BYTES = 20_000_000
"""Of an archive inside another one or inside a repository, which is held in memory: four times what is kept of it."""

MAX_TREE_BYTES = 1_000_000
"""Of one folder or one commit in a repository, whose list is held in memory: 20,000 names."""

MAX_HEADER_BYTES = 2_000_000
"""Of what stands before the objects of a bundle: 20,000 references."""

MAX_PACK_BYTES = 300_000_000
"""Of what one fetch may bring, and of any file that git writes then: 300 students with 1 MB each."""

MAX_LIST_BYTES = 8_000_000
"""Of the references that a repository lists, all others among them: 100,000."""

MAX_BUNDLE_BYTES = 50_000_000
"""Of the objects of a bundle that holds one hand-in: ten times what is kept of it, for its history."""

GIT_MEMORY_BYTES = 1_000_000_000
"""Address space of a git that reads a stranger's objects, of which it really takes 20 MB; what is said to be 4 GB once
it is unpacked (a delta of 2 kB can say so) ends there."""

LIST_MEMORY_BYTES = 500_000_000
"""Address space of a git that lists references, the libraries of https among it: a server may send them without end."""

LIST_S = 30.0
"""To have the references listed: over a slow line a second, and nobody waits longer for a server that is silent."""

FETCH_S = 120.0
"""To fetch a club's hand-ins at once, which takes 0.05 s here and some seconds over a school's line."""

UNPACK_S = 20.0
"""To index the objects of one bundle, which takes 0.01 s."""

HAND_IN_S = 30.0
"""Spent on asking for the objects of one hand-in, which takes 0.002 s."""

LOOK_S = 1.0
"""Between two looks at a git that answers questions."""

MOST_QUESTIONS = 50
"""Asked of it before the answers are read: both pipes hold them easily, so nobody waits for the other."""

EARLIEST_S = 946_684_800
"""The year 2000: what is dated before comes from a clock that was never set."""

LATEST_S = 86_400
"""Seconds that a hand-in may lie in the future: time zones that were taken for one another make half of it."""

MAX_SHOWN = 3
"""Names in a sentence on files that were left out."""

PART_S = 20.0
"""To fetch a part again after the whole has failed."""

REPOSITORY_S = 600.0
"""For all that is fetched from one repository, parts that are tried again among it."""

# Of one file that is read at once.

HEAD_BYTES = 32
"""What tells a bundle or a zip from anything else: each begins with a mark of some 20."""

STEP_BYTES = 65_536
"""Of an archive's entry, unpacked between two looks whether it has become too large."""

MAX_SETTINGS_BYTES = 100_000
"""Of ``club.toml``: it has ten lines."""

MAX_PUPILS_BYTES = 1_000_000
"""Of a list of students: a school's has some kilobytes."""

MAX_SOURCE_BYTES = 200_000
"""Of a program that is compared with others: nobody has typed more."""

MAX_RESULT_BYTES = 2_000_000
"""Of a result: the contract allows 1 MB, and the club's own fields are short. What is larger was not written by us."""

MAX_PACKED_BYTES = 20_000_000
"""Of what was seen, packed: a chat has 20 kB. What is longer is not kept; the result is."""

MAX_TRANSCRIPT_BYTES = 500_000_000
"""The same, once unpacked: the longest that the harness keeps."""

# Of any git that is started.

GIT_S = 60.0
"""Of one command, if nobody says otherwise: a class's repository comes in a few seconds over a school's line."""

GIT_WORDS = 10_000
"""Characters of what git says on its standard error that are kept: a server may send as much as it likes."""

GIT_LAST_WORDS_S = 0.5
"""From the end of a command until what it said last has been read, which is there already."""

# Of handing in.

CONFIG_S = 10.0
"""For git to read one file, which says where the project was cloned from."""

HAND_OVER_S = 45.0
"""From the first commit to what is read back: a few seconds over a school's line."""

MOST_PUSHES = 8
"""A push that somebody else has overtaken is tried again, so often in all."""

PUSH_PAUSE_S = 0.05
"""Before it is: thirty pushes at once to one repository take turns."""

MAX_SEEN_BYTES = 20_000_000
"""Of the file that is there already: a hand-in has a fourth of it."""

# Of the work itself.

AHEAD = 2
"""Jobs handed out for each that can be done at once: their files are in memory."""

JOB_S = 900.0
"""Of a job by the wall's clock: a grading gives up by itself long before, see Limits.overload_s."""

STOP_S = 10.0
"""For a job's process that was told to end: it ends its programs and removes its folders."""

LAST_WORDS = 2000
"""Characters of the end of what a failing process has said."""

SCHEDULER_S = 15.0
"""For a cluster's scheduler to answer: it is in the same room."""

NEAR_S, FAR_S = 2.0, 10.0
"""Between two collections with --suivre, from this machine's own disks and from a server: a hand-in is on the board
before its author has crossed the room."""

TRIAL_S = 120.0
"""For the students' copy to grade its own skeleton, which takes a fifth of a second."""
