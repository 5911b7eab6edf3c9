"""Several workers on one PostgreSQL ledger, killed at random, also while they hold a lock."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess

import sqlalchemy as sa

from tests.deliver.faults import LIFE_SECONDS, Field, Tell, field_at, in_silence
from tests.deliver.sender import start
from tests.deliver.tally import Tally

ACCOUNTS = 2
"""Of each kind: six channels, so that four workers have something to do at the same time."""

BUILD = 100
"""Articles in a build."""

MOST_FALLEN = 10
"""Beyond the kills: workers that cannot even start would keep a run from ever ending."""

ASKED = 2
"""Each look at an entry asks for its page and its picture."""

PATIENCE_SECONDS = 5.0
"""How long to wait for a sign of work; where there is none to do, none comes."""

HOLDERS = """
SELECT DISTINCT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND datname = current_database()
"""


@dataclass
class Crew:
    """Workers, by the name that the server knows them by.

    `held` counts kills with a lock held, and `fallen` workers that ended before they were killed.
    """

    here: Field
    running: dict[str, ForkServerProcess] = field(default_factory=dict)
    names: Iterator[int] = field(default_factory=count)
    held: int = 0
    fallen: int = 0

    def hire(self, size: int) -> None:
        """Start workers until there are so many."""
        while len(self.running) < size:
            name = f"worker{next(self.names)}"
            url = sa.make_url(self.here.url).update_query_dict({"application_name": name})
            order = replace(
                self.here.order(self.here.platforms),
                ledger=url.render_as_string(hide_password=False),
                works=True,
            )
            self.running[name], _ = start(order)

    def kill_one(self, after: float) -> None:
        """Kill one, on average when so many entries were looked at, and at a random moment then.

        It is stopped first, to see what it holds.
        """
        chance = self.here.chance
        self._progress(chance.uniform(0, 2 * after))
        wait([each.sentinel for each in self.running.values()], chance.uniform(0, LIFE_SECONDS))
        name = chance.choice(sorted(self.running))
        process = self.running.pop(name)
        assert process.pid is not None
        if process.is_alive():
            os.kill(process.pid, signal.SIGSTOP)
            self.held += name in self._holders()
        process.kill()
        process.join()
        self.here.kills += process.exitcode == -signal.SIGKILL
        self.fallen += process.exitcode != -signal.SIGKILL
        if self.fallen > self.here.kills + MOST_FALLEN:
            raise RuntimeError(f"workers end by themselves ({process.exitcode}), unkilled")

    def dismiss(self) -> None:
        """Ask all to stop, and wait until they have."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.join()

    def _progress(self, entries: float) -> None:
        """Wait until so many entries more were looked at, or nothing happens any more."""
        site = self.here.site
        goal = len(site.seen) + entries * ASKED
        while len(site.seen) < goal:
            site.asked.clear()
            if not site.asked.wait(timeout=PATIENCE_SECONDS):
                return

    def _holders(self) -> set[str]:
        with self.here.ledger.reading() as connection:
            return set(connection.execute(sa.text(HOLDERS)).scalars())


@contextmanager
def crew_of(size: int, here: Field) -> Iterator[Crew]:
    """Have so many workers, and none afterwards."""
    crew = Crew(here)
    crew.hire(size)
    try:
        yield crew
    finally:
        crew.dismiss()


def run(  # noqa: PLR0913 -- what a run is made of
    url: str, *, kills: int, entries: int, workers: int, seed: int, tell: Tell = in_silence
) -> tuple[Tally, int]:
    """Kill workers while they send so many entries; count, also the kills with a lock held."""
    with field_at(url, seed, accounts=ACCOUNTS) as here:
        articles = -(-entries // len(here.platforms))
        with crew_of(workers, here) as crew:
            while here.kills < kills or len(here.pages) < articles:
                if here.queued() < BUILD:
                    here.build(min(BUILD, articles))
                crew.hire(workers)
                crew.kill_one(after=entries / kills)
                tell(here)
        here.settle()
        return here.tally(), crew.held
