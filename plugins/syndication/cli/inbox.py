"""Commands of the press officer: what people ask, what was seen, and an answer in public."""

from __future__ import annotations

import json
import sys

import click

from syndication import clock
from syndication.cli import accounts
from syndication.cli.inbox_words import footer, question_row, shown
from syndication.cli.listening import known_channel
from syndication.cli.settings import Settings
from syndication.compose.rules import for_channel
from syndication.config import Config
from syndication.environment import actor
from syndication.ledger import inbox as box
from syndication.ledger import listened, pauses, replies, responses
from syndication.ledger.events import Stamp
from syndication.ledger.inbox import Question
from syndication.ledger.replies import Result
from syndication.ledger.store import Ledger, open_ledger
from syndication.listen.replying import Fitted, Replier, Unanswerable, fitted, free_orphans
from syndication.listen.words import harmless, on_one_line
from syndication.model import Heed, State
from syndication.platforms.protocol import Answerable

FAILED = 1
STDIN = "-"


@click.command(short_help="Tanggapan warga yang menunggu Anda.")
@click.option("--all", "everything", is_flag=True, help="Sertakan yang sudah selesai.")
@click.option("--json", "as_json", is_flag=True, help="Tulis sebagai JSON, untuk program lain.")
@click.option("--channel", default="", metavar="SALURAN", help="Hanya saluran ini.")
@click.pass_obj
def inbox(settings: Settings, channel: str, *, everything: bool, as_json: bool) -> None:
    """Perlihatkan tanggapan warga yang menunggu jawaban, yang terbaru lebih dulu."""
    config = settings.load()
    chosen = known_channel(config, channel) or None
    ledger = open_ledger(config.ledger_url)
    _free(ledger, config)
    found = box.everything(ledger, chosen) if everything else box.waiting(ledger, chosen)
    looks = listened.last(ledger)
    if as_json:
        known = {
            "listened": {
                name: look.heard_until.isoformat() if look.heard_until else None
                for name, look in looks.items()
            },
            "responses": [question_row(each) for each in found],
        }
        click.echo(json.dumps(known, ensure_ascii=False, indent=1))
        return
    for each in found:
        click.echo("\n".join([*shown(each, zone=config.zone), ""]))
    for line in footer(found, looks, zone=config.zone):
        click.echo(line)


@click.command(short_help="Tandai tanggapan selesai, atau putuskan jawaban yang meragukan.")
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="NOMOR…")
@click.option("--sent", metavar="ALAMAT", help="Jawaban yang meragukan ternyata tayang, di sini.")
@click.option("--not-sent", is_flag=True, help="Jawaban yang meragukan ternyata tidak tayang.")
@click.pass_obj
def settle(
    settings: Settings, numbers: tuple[int, ...], sent: str | None, *, not_sent: bool
) -> None:
    """Tandai tanggapan NOMOR (lihat `siar inbox`) sudah dilihat dan tidak perlu dijawab.

    Dengan --sent atau --not-sent: putuskan jawaban yang meragukan, sesudah Anda melihat sendiri
    salurannya.
    """
    if sent and not_sent:
        raise click.UsageError("Pilih salah satu: --sent ALAMAT atau --not-sent.")
    config = settings.load()
    ledger, stamp = open_ledger(config.ledger_url), Stamp(clock.now(), actor())
    if not (sent or not_sent):
        click.echo(f"{responses.settle(ledger, numbers, stamp)} tanggapan ditandai selesai.")
        return
    if len(numbers) != 1:
        raise click.UsageError("Putuskan jawaban yang meragukan satu per satu.")
    _free(ledger, config)
    if sent:
        _require_an_answer(sent, box.question(ledger, numbers[0]))
        replies.settle_sent(ledger, numbers[0], url=sent, stamp=stamp)
        click.echo(f"Tanggapan {numbers[0]}: dijawab di {sent}")
    else:
        replies.settle_not_sent(ledger, numbers[0], stamp)
        click.echo(f"Tanggapan {numbers[0]}: boleh dijawab lagi dengan `siar reply {numbers[0]}`.")


@click.command(short_help="Jawab satu tanggapan, di salurannya.")
@click.argument("number", type=int, metavar="NOMOR")
@click.argument("words", required=False, metavar="[TEKS | -]")
@click.option("--yes", is_flag=True, help="Kirim tanpa bertanya lagi.")
@click.option("--again", is_flag=True, help="Jawab lagi tanggapan yang sudah dijawab.")
@click.pass_obj
def reply(settings: Settings, number: int, words: str | None, *, yes: bool, again: bool) -> None:
    """Jawab tanggapan NOMOR di depan umum, tepat di bawahnya, atas nama akun kantor.

    TEKS ditulis di antara tanda kutip, dibaca dari masukan bila `-`, dan ditanyakan bila tidak ada.
    Yang akan dikirim diperlihatkan dulu, lalu ditanyakan sekali lagi.
    """
    config = settings.load()
    ledger = open_ledger(config.ledger_url)
    _refuse_while_held(ledger)
    asked = box.question(ledger, number)
    _refuse_second(asked, again=again)
    client = _client(config, asked)
    if words == STDIN and not yes:
        raise click.UsageError("Dengan `-`, tambahkan --yes: tidak ada lagi tempat untuk bertanya.")
    answer = _fitted(config, asked, _written(words))
    for line in _announced(asked, answer):
        click.echo(line)
    if not yes:
        click.confirm("Kirim?", abort=True)
    _say(asked, Replier(ledger, client, clock.now, actor()).reply(asked, answer.text))


def _free(ledger: Ledger, config: Config) -> None:
    """Put in doubt what a killed process left behind, so that a person can settle it."""
    for name in config.channels:
        free_orphans(ledger, name, Stamp(clock.now(), actor()))


def _require_an_answer(url: str, asked: Question) -> None:
    """Stop at the address of what the person wrote: it would stand in the ledger for ever.

    Raises:
        UsageError: it is that.
    """
    if asked.said.url and url.rstrip("/") == asked.said.url.rstrip("/"):
        raise click.UsageError("Itu alamat tanggapannya. Salin alamat jawaban kantor.")


def _refuse_while_held(ledger: Ledger) -> None:
    hold = pauses.standing(ledger, clock.now()).get(pauses.EVERYTHING)
    if hold:
        raise click.ClickException(replies.held(hold.reason))


def _refuse_second(asked: Question, *, again: bool) -> None:
    if asked.heed is Heed.ANSWERED and not again:
        where = next((each.url for each in reversed(asked.answers) if each.url), "platformnya")
        raise click.ClickException(
            f"Tanggapan {asked.number} sudah dijawab di {where}. Bila memang perlu dijawab lagi, "
            "tambahkan --again."
        )


def _client(config: Config, asked: Question) -> Answerable:
    """Connect the channel on which to answer."""
    found = accounts.connect(config)
    lack = found.lacking.get(asked.channel)
    if lack:
        raise click.ClickException(f"{asked.channel}: belum disiapkan ({lack}).")
    client = found.clients.get(asked.channel)
    if client is None or not isinstance(client, Answerable):
        raise click.ClickException(
            f"{asked.channel}: di sini tidak dapat dijawab. Jawab di aplikasinya, "
            f"{asked.said.url}, lalu `siar settle {asked.number}`."
        )
    return client


def _written(words: str | None) -> str:
    if words is None:
        return str(click.prompt("Jawaban"))
    return sys.stdin.read() if words == STDIN else words


def _fitted(config: Config, asked: Question, words: str) -> Fitted:
    try:
        return fitted(words, for_channel(config.channels[asked.channel]))
    except Unanswerable as error:
        raise click.ClickException(str(error)) from error


def _announced(asked: Question, answer: Fitted) -> list[str]:
    quoted = harmless(asked.said.text).replace("\n", "\n  | ")
    return [
        f"{on_one_line(asked.said.author)} di {asked.channel}, tentang {asked.title}:",
        f"  | {quoted}",
        f"Jawaban kantor, di depan umum ({answer.length} dari {answer.limit}):",
        "  > " + answer.text.replace("\n", "\n  > "),
    ]


def _say(asked: Question, result: Result) -> None:
    """Tell what became of an answer; anything but public exits with 1."""
    if result.state is State.DELIVERED and result.receipt:
        click.echo(f"Terjawab: {result.receipt.url}")
        return
    if result.state is State.IN_DOUBT:
        click.echo(f"Meragukan: {result.reason}", err=True)
        click.echo(replies.in_doubt(asked.number), err=True)
    else:
        click.echo(f"Tidak terkirim: {result.reason}", err=True)
    raise SystemExit(FAILED)


COMMANDS = (inbox, settle, reply)
