"""Workers of several machines on one ledger: woken by Procrastinate, decided by the ledger.

A job says no more than that a channel may have something to send. Jobs may be lost, doubled or
late: every ten seconds one worker frees those of killed workers and wakes what is due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from syndication.ledger import agenda, jobtables, wakeups
from syndication.ledger.store import Ledger
from syndication.ledger.wakeups import QUEUE, TASK
from syndication.platforms.protocol import Clock

Send = Callable[[str, Callable[[], bool]], None]
"""Sends what is due on a channel, and asks before each entry whether to stop."""

ROUND = "siar.round"
FIRST = 10
"""The round goes before any sending: without it a dead worker's channel stands still."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How soon a killed worker is noticed. The numbers are Procrastinate's own, but the round's."""

    beat: timedelta = timedelta(seconds=10)
    silence: timedelta = timedelta(seconds=30)
    poll: timedelta = timedelta(seconds=5)
    round: str = "* * * * * */10"
    """As in cron, with seconds as a sixth field. A page that was not live yet is due in seconds."""


STEADY = Pace()


def work(ledger: Ledger, send: Send, clock: Clock, *, pace: Pace = STEADY) -> None:
    """Work until SIGTERM or Ctrl-C, which end it after the entry under way.

    Raises:
        LedgerError: the ledger cannot be reached, or its tables for jobs are of a later version.
    """
    jobtables.prepare(ledger)
    wake_busy(ledger, clock)
    app(ledger, send, clock, pace).run_worker(
        queues=[QUEUE],
        delete_jobs="always",
        shutdown_graceful_timeout=0,
        fetch_job_polling_interval=pace.poll.total_seconds(),
        update_heartbeat_interval=pace.beat.total_seconds(),
        stalled_worker_timeout=pace.silence.total_seconds(),
    )


def app(ledger: Ledger, send: Send, clock: Clock, pace: Pace) -> App:
    """Make Procrastinate's side of a worker: one task that sends, and the round."""
    url = ledger.engine.url.set(drivername="postgresql")
    address = url.render_as_string(hide_password=False)
    made = App(connector=PsycopgConnector(conninfo=address, min_size=1))

    @made.task(name=TASK, queue=QUEUE, pass_context=True)
    def send_on(context: JobContext, channel: str) -> None:
        send(channel, context.should_abort)

    @made.periodic(cron=pace.round)
    @made.task(name=ROUND, queue=QUEUE, queueing_lock=ROUND, priority=FIRST)
    async def go_round(timestamp: int) -> None:
        del timestamp
        await free_jobs_of_the_dead(made, pace.silence)
        await asyncio.to_thread(wake_busy, ledger, clock)

    return made


def wake_busy(ledger: Ledger, clock: Clock) -> None:
    """Wake every channel that has something to send or to settle now."""
    channels = agenda.busy_channels(ledger, clock())
    with ledger.reading() as connection:
        wakeups.wake(connection, channels)


async def free_jobs_of_the_dead(woken: App, silence: timedelta) -> None:
    """End the jobs whose worker was killed: their lock stays taken otherwise.

    They are not tried again as they are, since their channel may have been woken anew already.
    """
    jobs = woken.job_manager
    stalled = await jobs.get_stalled_jobs(
        queue=QUEUE, seconds_since_heartbeat=silence.total_seconds()
    )
    for job in stalled:
        if job.id is None:
            continue
        try:
            await jobs.finish_job_by_id_async(job.id, Status.ABORTED, delete_job=True)
        except ConnectorException:  # another worker's round was quicker
            continue
