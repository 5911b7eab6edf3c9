"""How the inbox shows what strangers wrote: plain, whole, and unable to act on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from syndication.cli.words import WHEN
from syndication.ledger.inbox import Answer, Question
from syndication.ledger.listened import Listened
from syndication.ledger.replies import in_doubt
from syndication.listen.words import harmless, on_one_line
from syndication.model import JSON, Heed, State

SHOWN_CHARACTERS = 1000
"""A longer text is cut in the list (our choice): the link leads to all of it."""

ANSWERS = {
    State.SENDING: "sedang dikirim",
    State.DELIVERED: "terjawab",
    State.IN_DOUBT: "meragukan",
    State.REFUSED: "tidak terkirim",
}

HEEDS = {Heed.NEW: "menunggu", Heed.DONE: "selesai", Heed.ANSWERED: "dijawab"}


def shown(asked: Question, *, zone: ZoneInfo) -> Iterator[str]:
    """Show one response: who, when, where, about what, the words, and what was done about it."""
    said = asked.said
    when = f"{said.at.astimezone(zone):{WHEN}}"
    state = "" if asked.heed is Heed.NEW else f" [{HEEDS[asked.heed]}]"
    author = on_one_line(said.author) or "tanpa nama"
    yield f"{asked.number}. {author}, {when}, di {asked.channel}{state}"
    yield f"   Tentang: {on_one_line(asked.title)}"
    yield from (f"   | {line}" for line in _cut(harmless(said.text)).split("\n"))
    if said.url:
        yield f"   {on_one_line(said.url)}"
    for answer in asked.answers:
        yield from _answer(asked, answer)
    if asked.heed is Heed.NEW and not asked.in_doubt:
        yield f'   Jawab: siar reply {asked.number} "…"   Selesai: siar settle {asked.number}'


def footer(
    found: Sequence[Question], looks: Mapping[str, Listened], *, zone: ZoneInfo
) -> Iterator[str]:
    """Say how many wait, and how fresh that is: silence must not look like nobody asked."""
    waiting = sum(each.heed is Heed.NEW for each in found)
    yield f"{waiting} tanggapan menunggu." if waiting else "Tidak ada tanggapan yang menunggu."
    if not looks:
        yield "Belum pernah dibaca: jalankan `siar listen`."
    for look in looks.values():
        when = f"{look.heard_until.astimezone(zone):{WHEN}}" if look.heard_until else "belum pernah"
        failure = f"; terakhir gagal: {on_one_line(look.failure)}" if look.failure else ""
        yield f"{look.channel}: terbaca sampai {when}{failure}"


def question_row(asked: Question) -> dict[str, JSON]:
    """Write one response for other programs; times are in UTC."""
    return {
        "number": asked.number,
        "channel": asked.channel,
        "entry": asked.entry_id,
        "article": asked.article_id,
        "title": on_one_line(asked.title),
        "author": on_one_line(asked.said.author),
        "text": harmless(asked.said.text),
        "at": asked.said.at.isoformat(),
        "url": asked.said.url,
        "state": asked.heed.value,
        "settled_by": asked.settled_by,
        "settled_at": asked.settled_at.isoformat() if asked.settled_at else None,
        "answers": [_answer_row(each) for each in asked.answers],
    }


def _answer_row(answer: Answer) -> dict[str, JSON]:
    return {
        "state": answer.state.value,
        "text": answer.text,
        "actor": answer.actor,
        "began_at": answer.began_at.isoformat(),
        "url": answer.url,
        "reason": answer.reason,
    }


def _answer(asked: Question, answer: Answer) -> Iterator[str]:
    reason = f": {answer.reason}" if answer.reason else ""
    what = f"{ANSWERS[answer.state]} oleh {answer.actor}{reason}"
    yield f"   > {on_one_line(_cut(answer.text))} ({what})"
    if answer.url:
        yield f"     {answer.url}"
    if answer.state is State.IN_DOUBT:
        yield f"   {in_doubt(asked.number)}"


def _cut(text: str) -> str:
    if len(text) <= SHOWN_CHARACTERS:
        return text
    return f"{text[:SHOWN_CHARACTERS]} … ({len(text) - SHOWN_CHARACTERS} karakter lagi)"
