"""Workers on one PostgreSQL ledger: woken by a build, one an account, replaced when killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from syndication.ledger.queries import entries
from syndication.model import State
from tests.deliver.crew import Crew, crew_of
from tests.deliver.faults import Field, field_at
from tests.deliver.platform import Fault
from tests.postgres import Server

SIX = 6


@contextmanager
def quiet(server: Server) -> Iterator[Field]:
    """A field on which no platform fails and every page is live."""
    with field_at(server.make(), seed=1) as here:
        for platform in here.platforms.values():
            platform.rules.fault = lambda: Fault.NONE
        yield here


def publish(here: Field, articles: int) -> None:
    here.build(articles)
    here.site.late.clear()


def until_all_are_posted(here: Field, articles: int) -> None:
    """Wait for the platforms: each post that comes is a sign."""
    for platform in here.platforms.values():
        while len(platform.board.posts) < articles:
            platform.came.clear()
            assert len(platform.board.posts) >= articles or platform.came.wait(timeout=60)


def posts(here: Field) -> dict[str, list[int]]:
    return {
        name: sorted(platform.board.links().values()) for name, platform in here.platforms.items()
    }


def test_a_build_wakes_workers_and_each_post_goes_out_once(server: Server) -> None:
    with quiet(server) as here:
        with crew_of(2, here):
            publish(here, SIX)
            until_all_are_posted(here, SIX)
        assert posts(here) == {each: [1] * SIX for each in here.platforms}
        assert {entry.state for entry in entries(here.ledger)} == {State.DELIVERED}


def test_a_worker_that_is_asked_to_stop_leaves_no_doubt(server: Server) -> None:
    with quiet(server) as here:
        crew = Crew(here)
        crew.hire(1)
        publish(here, SIX)
        assert here.platforms["key"].came.wait(timeout=60)
        (process,) = crew.running.values()
        crew.dismiss()
        assert process.exitcode == 0
        left = {entry.state for entry in entries(here.ledger)}
        assert left <= {State.DELIVERED, State.QUEUED}


def test_the_account_of_a_killed_worker_is_taken_over(server: Server) -> None:
    with quiet(server) as here:
        here.platforms["key"].rules.fault = lambda: Fault.HANG_AFTER
        crew = Crew(here)
        crew.hire(1)
        publish(here, 1)
        assert here.platforms["key"].came.wait(timeout=60)
        (process,) = crew.running.values()
        process.kill()
        process.join()
        crew.running.clear()
        here.platforms["key"].gone.set()
        here.platforms["key"].rules.fault = lambda: Fault.NONE
        publish(here, 1)
        with crew_of(1, here):
            until_all_are_posted(here, 2)  # the second only once the account is free again
        assert posts(here) == {each: [1, 1] for each in here.platforms}
        with here.ledger.reading() as connection:
            running = sa.text("SELECT lock FROM procrastinate_jobs WHERE status = 'doing'")
            assert connection.scalars(running).all() == []
