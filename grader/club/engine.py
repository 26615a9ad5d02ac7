"""What takes a club's jobs: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from ..errors import UsageError
from . import batch, job, runner

SIMPLE, STRONG = "simple", "forte"

WITHOUT_STRONG = (
    "Noter, c'est lancer les programmes des autres, et l'isolation forte n'est pas possible ici. {why} "
    "Ou bien ajoute --isolation simple : leurs programmes tournent alors avec tes droits, ils peuvent lire tes "
    "fichiers et utiliser le réseau. Lis-les d'abord, ou fais-le sur une machine sans rien de précieux."
)


@contextmanager
def engine(address: str | None, isolation: str) -> Iterator[tuple[Executor, int]]:
    """What takes the jobs, and how many at once; whatever is under way ends with it.

    Raises:
        UsageError: the isolation cannot be had here, or the cluster cannot be used.
    """
    if address:
        from .cluster import engine_at

        cluster = engine_at(address, isolation)
        try:
            yield cluster.executor, cluster.workers
        finally:
            cluster.close()
        return
    if isolation == STRONG and (why := job.why_not(STRONG)):
        raise UsageError(WITHOUT_STRONG.format(why=why))
    executor = batch.local_executor()
    try:
        yield executor, batch.cores()
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        runner.stop_all()
        raise
    finally:
        executor.shutdown()
