"""Answer a response in public, once: on record before the call and after it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from syndication.compose.counting import bound_by
from syndication.deliver.sending import place
from syndication.ledger import inbox, replies
from syndication.ledger.errors import LedgerError, UnrecordedReply
from syndication.ledger.events import Stamp
from syndication.ledger.inbox import Answer, Question
from syndication.ledger.locks import sole_replier
from syndication.ledger.replies import CUT_OFF, Result
from syndication.ledger.store import Ledger
from syndication.model import Response, Rules, State
from syndication.platforms.answers import plain
from syndication.platforms.protocol import Answerable, Clock, Failure, InDoubt

BUSY = "Jawaban lain di saluran ini sedang dikirim. Ulangi sebentar lagi; belum ada yang terkirim."
NO_NUMBER = "platform menjawab tanpa nomor unggahan"

SKEW = timedelta(minutes=5)
"""How far a platform's clock and ours may be apart, as in `deliver`."""


class Unanswerable(ValueError):  # noqa: N818 -- says what the text is
    """A text that cannot be an answer, with what its writer should do."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """An answer that fits: NFC, counted in the channel's own unit."""

    text: str
    length: int
    limit: int


def fitted(words: str, rules: Rules) -> Fitted:
    """Check that an answer says something, shows nothing odd, and fits the channel.

    Raises:
        Unanswerable: it does not.
    """
    text = unicodedata.normalize("NFC", words.replace("\r\n", "\n")).strip()
    if not text:
        raise Unanswerable("Jawabannya kosong. Tulis isinya.")
    odd = next((char for char in text if char != "\n" and _hidden(char)), "")
    if odd:
        name = unicodedata.name(odd, f"U+{ord(odd):04X}")
        raise Unanswerable(f"Jawaban memuat karakter yang tidak tampak ({name}). Hapus dulu.")
    length = bound_by(text, rules)
    if length > rules.limit:
        raise Unanswerable(
            f"Jawaban terlalu panjang: {length} dari paling banyak {rules.limit}. Persingkat "
            f"{length - rules.limit}."
        )
    return Fitted(text, length, rules.limit)


def _hidden(char: str) -> bool:
    """Tell whether nobody would see a character; the joiner and marks of emoji are fine."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} and char != "\u200d"


@dataclass(frozen=True, slots=True)
class Replier:
    """Answers on one channel."""

    ledger: Ledger
    client: Answerable
    clock: Clock
    actor: str

    def reply(self, asked: Question, text: str) -> Result:
        """Send one answer to a question as it was read, and record what became of it.

        Whatever stops this process in between leaves the answer in doubt, and never sent again by
        itself.

        Raises:
            NotPossible: the ledger says that it must not be sent now; nothing was.
            UnrecordedReply: it is public, and the ledger could not take that.
        """
        with sole_replier(self.ledger, asked.channel) as alone:
            if not alone:
                return Result(State.REFUSED, BUSY)
            replies.abandon(self.ledger, asked.channel, self._stamp())
            return self._send(asked, replies.begin(self.ledger, asked, text, self._stamp()))

    def _send(self, asked: Question, answer: Answer) -> Result:
        result = Result(State.IN_DOUBT, CUT_OFF)
        try:
            result = self._call(asked.said, answer)
        finally:
            self._record(answer, result)
        return result

    def _call(self, said: Response, answer: Answer) -> Result:
        try:
            receipt = self.client.reply(said, answer.text, key=answer.key)
        except InDoubt as failure:
            return Result(State.IN_DOUBT, failure.reason)
        except Failure as failure:
            return Result(State.REFUSED, failure.reason)
        except Exception as bug:  # noqa: BLE001 -- whatever a platform raises, it may be public
            return Result(State.IN_DOUBT, place(bug))
        if not receipt.post_id:
            return Result(State.IN_DOUBT, NO_NUMBER)
        return Result(State.DELIVERED, receipt=receipt)

    def _record(self, answer: Answer, result: Result) -> None:
        try:
            replies.finish(self.ledger, answer, result, self._stamp())
        except LedgerError as error:
            if result.receipt is None:
                raise
            raise UnrecordedReply(answer.response_id, result.receipt.url, error) from error

    def _stamp(self) -> Stamp:
        return Stamp(self.clock(), self.actor)


def free_orphans(ledger: Ledger, channel: str, stamp: Stamp) -> None:
    """Put in doubt the answers whose sender died; one that is being sent is left alone."""
    with sole_replier(ledger, channel) as alone:
        if alone:
            replies.abandon(ledger, channel, stamp)


def prove(ledger: Ledger, channel: str, heard: Iterable[Response], stamp: Stamp) -> None:
    """Settle answers in doubt that were heard: the account's own words, below what they answer."""
    ours = [each for each in heard if each.ours and each.parent and each.url]
    if not ours:
        return
    for asked in inbox.waiting(ledger, channel):
        answer = asked.in_doubt
        if answer and answer.state is State.IN_DOUBT:
            proof = next((each for each in ours if _shows(each, asked, answer)), None)
            if proof:
                replies.settle_sent(ledger, asked.number, url=proof.url, stamp=stamp)


def _shows(said: Response, asked: Question, answer: Answer) -> bool:
    """Tell whether what was heard is this answer, and no earlier one with the same words."""
    if said.parent != asked.said.id or said.at < answer.began_at - SKEW:
        return False
    known = {name for each in asked.answers for name in (each.post_id, each.url) if name}
    return known.isdisjoint({said.id, said.url}) and _same(said.text, answer.text)


def _same(seen: str, sent: str) -> bool:
    """Tell whether these are the words that were sent; platforms put names before, as "@name"."""
    before, words, after = plain(seen).rpartition(plain(sent))
    named = all(name.startswith("@") for name in before.split())
    return bool(words) and not after and named and before[-1:] in {"", " "}
