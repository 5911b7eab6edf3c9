"""The board on the wire. It keeps no key, and nothing can be looked for, edited or taken back."""

from __future__ import annotations

from syndication.model import Channel, Payload, Prepared, Receipt
from syndication.platforms.answers import Said, judge
from syndication.platforms.direct import Direct
from syndication.platforms.hosts import host, seconds
from syndication.platforms.protocol import Clock, NotSetUp, Secret, Secrets


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> PapanClient:
    """Make the client of one board; nothing goes over the wire yet.

    Raises:
        NotSetUp: the board's token is missing, or an option is wrong.
    """
    if not secrets.get("token"):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya token.')
    return PapanClient(channel, secrets["token"], clock)


class PapanClient:
    """Posts notices to one board."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Ask the channel's host."""
        self._host = host(channel, default="")
        self._token = token
        self._clock = clock
        self._judge = judge("Papan", "siar_papan")
        self._wire = Direct(self._host, hidden=[token], seconds=seconds(channel))

    def prepare(self, payload: Payload) -> Prepared:
        """Do nothing: a notice needs no preparation."""
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- the board knows no key
        """Publish the notice.

        Raises:
            Failure: one of the four.
        """
        headers = {"Authorization": f"Bearer {self._token}"}
        body = prepared.payload.body
        answer = self._wire.ask("POST", "/notices", body=body, headers=headers)
        notice = answer.data.get("notice")
        if not (answer.ok and isinstance(notice, str)):
            words = answer.data.get("message")
            said = Said(answer.status, words=words if isinstance(words, str) else "")
            raise self._judge.failure(said)
        return Receipt(notice, f"{self._host}/notices/{notice}", self._clock())
