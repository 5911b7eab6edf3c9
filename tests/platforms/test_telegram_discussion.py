"""Comments in the group that is linked to a Telegram channel, and the bot's answers there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

import pytest

from syndication.model import JSON, Channel, Prepared, Receipt, Response
from syndication.platforms import registry
from syndication.platforms.protocol import (
    Answerable,
    Barred,
    Client,
    Deferred,
    Failure,
    Forgetful,
    Hearable,
    Measurable,
    NotSetUp,
    Probeable,
    Refused,
    Secret,
    Sign,
)
from syndication.platforms.telegram.client import DiscussedTelegramClient
from tests.platforms.contract import do_everything
from tests.platforms.conversing import ANSWER, MANY, QUESTION, answering, hearing, people
from tests.platforms.fakes.discussion import Group
from tests.platforms.fakes.specs import folder
from tests.platforms.fakes.stage import Fault, Stage, data, playing
from tests.platforms.fakes.telegram import BotDescription, Telegram
from tests.platforms.quiet import listen, logged, traces
from tests.platforms.samples import NOW, clock, payload_for
from tests.platforms.spoiled import FAULTS, HASTY, PATIENT
from tests.platforms.test_telegram import CHANNEL, CHAT, TestTelegram

GROUP = Group()
DISCUSSED = replace(CHANNEL, options={"chat_id": CHAT, "discussion": str(GROUP.number)})


class TestDiscussed(TestTelegram):
    """A channel with a group; the bot is not told of what it says there itself."""

    channel: ClassVar[Channel] = DISCUSSED

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        telegram = Telegram(CHAT, self.secrets["bot_token"], group=Group())
        with playing(telegram) as stage:
            yield stage
        assert telegram.complaints == []

    def test_hears_everybody_page_by_page(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        """A page that was not kept is not turned: the next is another reading."""
        assert isinstance(client, Hearable)
        assert isinstance(client, Forgetful)
        receipt = client.deliver(prepared, key="k1")
        said = {people(stage).say(receipt.post_id, "warga", f"Nomor {n}") for n in range(MANY)}
        kept: list[str] = []
        assert not take(client, receipt, kept)
        client.kept()
        assert take(client, receipt, kept)
        assert set(kept) == said

    def test_tells_no_secret_while_it_listens(
        self, stage: Stage, client: Client, prepared: Prepared, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Telegram wants the token in the path of every request; it stands nowhere else."""
        listen(caplog)
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        (heard,) = hearing(client).responses([receipt], since=NOW)
        stage.silences.append(Fault(publish=False, status=401, body="no"))
        with pytest.raises(Failure) as caught:
            list(hearing(client).responses([receipt], since=NOW))
        answering(client).reply(heard, ANSWER, key="k2")
        self.hides(repr(heard), *logged(caplog), *traces(caught.value))

    def test_answers_right_below_what_was_said(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        (heard,) = hearing(client).responses([receipt], since=NOW)
        made = answering(client).reply(heard, ANSWER, key="k2")
        (said,) = group_of(stage).said
        assert (said["text"], f"{GROUP.number}/{said['above']}") == (ANSWER, heard.id)
        assert made.post_id == f"{GROUP.number}/{said['id']}"
        assert made.url == f"{receipt.url}?comment={said['id']}"
        assert stage.attempts == 2

    @pytest.mark.parametrize(
        ("fault", "outcome"),
        [(fault, outcome) for _, fault, outcome in FAULTS],
        ids=[name for name, _, _ in FAULTS],
    )
    def test_never_answers_twice_and_says_what_went_wrong(
        self, stage: Stage, client: Client, prepared: Prepared, fault: Fault, outcome: type[Failure]
    ) -> None:
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        (heard,) = hearing(client).responses([receipt], since=NOW)
        hasty = self.connect(stage.url, HASTY if fault.then in ("hang", "drip") else PATIENT)
        assert stage.dealt.acquire(timeout=float(PATIENT))
        stage.faults.append(fault)
        with pytest.raises(Failure) as caught:
            answering(hasty).reply(heard, ANSWER, key="k2")
        assert type(caught.value) is outcome
        assert stage.dealt.acquire(timeout=float(PATIENT))
        assert stage.attempts == 2
        assert len(group_of(stage).said) == fault.publish


def group_of(stage: Stage) -> Group:
    assert isinstance(stage.platform, Telegram)
    assert stage.platform.group
    return stage.platform.group


@dataclass
class Scene:
    """A channel with its group, our client, and one post."""

    stage: Stage
    group: Group
    client: DiscussedTelegramClient
    receipt: Receipt

    def heard(self) -> list[Response]:
        return list(self.client.responses([self.receipt], since=NOW))


def client_at(url: str) -> DiscussedTelegramClient:
    client = TestDiscussed().connect(url)
    assert isinstance(client, DiscussedTelegramClient)
    return client


@pytest.fixture
def scene() -> Iterator[Scene]:
    group = Group()
    telegram = Telegram(CHAT, group=group)
    with playing(telegram) as stage:
        client = client_at(stage.url)
        receipt = client.deliver(client.prepare(payload_for(DISCUSSED)), key="k")
        yield Scene(stage, group, client, receipt)
    assert telegram.complaints == []


def take(client: Hearable, receipt: Receipt, kept: list[str], since: datetime = NOW) -> bool:
    """Read as the listener does: keep what came, whatever stopped it; tell whether that was all."""
    try:
        for each in client.responses([receipt], since=since):
            kept.append(each.id)  # noqa: PERF401 -- what came before a failure is kept
    except Deferred:
        return False
    return True


def test_more_than_are_shown_at_once_are_heard_one_reading_after_the_other(scene: Scene) -> None:
    said = [scene.group.say(scene.receipt.post_id, "warga", f"Nomor {n}") for n in range(250)]
    kept: list[str] = []
    readings = 0
    while not take(scene.client, scene.receipt, kept):
        scene.client.kept()
        readings += 1
    assert set(kept) == set(said)
    assert readings == 2  # the post itself came in, too


def test_what_was_not_kept_is_never_confirmed(scene: Scene) -> None:
    said = [scene.group.say(scene.receipt.post_id, "warga", f"Nomor {n}") for n in range(150)]
    assert not take(scene.client, scene.receipt, [])  # killed before it kept anything
    kept: list[str] = []
    anew = client_at(scene.stage.url)
    assert not take(anew, scene.receipt, kept)
    anew.kept()
    assert take(anew, scene.receipt, kept)
    assert set(kept) == set(said)


def test_what_was_kept_long_ago_makes_room_by_itself(scene: Scene) -> None:
    old = [scene.group.say(scene.receipt.post_id, "warga", f"Nomor {n}") for n in range(150)]
    for update in scene.group.updates:
        message: Any = update["message"]
        message["date"] = int(NOW.timestamp()) - 60
    new = scene.group.say(scene.receipt.post_id, "warga", "Baru")
    kept: list[str] = []
    assert take(scene.client, scene.receipt, kept)
    assert kept == [new]
    assert len(old) > len(scene.group.updates)


def test_where_fewer_wait_none_is_confirmed(scene: Scene) -> None:
    scene.group.say(scene.receipt.post_id, "warga", "Kapan?")
    assert scene.heard() == scene.heard() != []
    scene.client.kept()
    assert all('"offset"' not in request.body.decode() for request in scene.stage.requests)


def test_says_when_telegram_could_not_be_told_what_is_kept(scene: Scene) -> None:
    for number in range(150):
        scene.group.say(scene.receipt.post_id, "warga", f"Nomor {number}")
    kept: list[str] = []
    assert not take(scene.client, scene.receipt, kept)
    scene.stage.silences.append(Fault(publish=False, status=500))
    with pytest.raises(Deferred):
        scene.client.kept()
    scene.client.kept()
    assert take(scene.client, scene.receipt, kept)
    assert len(set(kept)) == 150


def test_a_conversation_is_followed_however_deep(scene: Scene) -> None:
    first = scene.group.say(scene.receipt.post_id, "warga", "Kapan?")
    second = scene.group.say(scene.receipt.post_id, "tetangga", "Besok?", parent=first)
    third = scene.group.say(scene.receipt.post_id, "warga", "Ya.", parent=second)
    assert [(each.id, each.parent) for each in scene.heard()] == [
        (first, ""),
        (second, first),
        (third, second),
    ]


def test_a_conversation_that_began_long_ago_is_heard_where_its_post_is_named(
    scene: Scene,
) -> None:
    first = scene.group.say(scene.receipt.post_id, "warga", "Kapan?")
    scene.group.updates.clear()  # a day passes
    scene.group.say(scene.receipt.post_id, "tetangga", "Ya, kapan?", parent=first)
    anew = scene.group.say(scene.receipt.post_id, "warga", "Belum dijawab.")
    after = scene.group.say(scene.receipt.post_id, "warga", "Halo?", parent=first)
    assert [each.id for each in scene.heard()] == [anew, after]


@pytest.mark.parametrize(
    ("changes", "heard"),
    [
        pytest.param({}, [("@warga", "Kapan?", False)], id="as it is"),
        pytest.param({"text": None, "caption": "Lihat"}, [("@warga", "Lihat", False)], id="photo"),
        pytest.param({"text": 7}, [("@warga", "", False)], id="a sticker"),
        pytest.param(
            {"from": {"id": 5, "first_name": "Warga", "last_name": "Lain"}},
            [("Warga Lain", "Kapan?", False)],
            id="without a public name",
        ),
        pytest.param(
            {"sender_chat": {"id": GROUP.number, "title": "Diskusi"}},
            [("Diskusi", "Kapan?", True)],
            id="by the group itself",
        ),
        pytest.param(
            {"sender_chat": {"id": 9, "title": "KPKNL", "username": CHAT[1:]}},
            [(CHAT, "Kapan?", True)],
            id="by the channel itself",
        ),
        pytest.param(
            {"sender_chat": {"id": 9, "username": "lain"}},
            [("@lain", "Kapan?", False)],
            id="by another channel",
        ),
        pytest.param({"chat": {"id": -100555}}, [], id="in another group"),
        pytest.param({"reply_to_message": None, "message_thread_id": None}, [], id="about nothing"),
        pytest.param({"date": 1}, [], id="long ago"),
        pytest.param({"date": None}, [], id="at no time"),
        pytest.param({"message_id": "7"}, [], id="a number that is none"),
    ],
)
def test_reads_whatever_comes(
    scene: Scene, changes: dict[str, JSON], heard: list[tuple[str, str, bool]]
) -> None:
    scene.group.say(scene.receipt.post_id, "warga", "Kapan?")
    message: Any = scene.group.updates[-1]["message"]
    message.update(changes)
    found = [(each.author, each.text, each.ours) for each in scene.heard()]
    assert found == heard


@pytest.mark.parametrize("update", [{}, {"message": 7}, {"update_id": 1, "poll": {"id": "1"}}])
def test_passes_over_what_is_no_message(scene: Scene, update: dict[str, JSON]) -> None:
    scene.group.updates.append(update)
    scene.group.say(scene.receipt.post_id, "warga", "Kapan?")
    assert len(scene.heard()) == 1


def test_what_is_gone_cannot_be_answered(scene: Scene) -> None:
    scene.group.say(scene.receipt.post_id, "warga", "Kapan?")
    (question,) = scene.heard()
    scene.group.messages.clear()
    with pytest.raises(Refused, match="sudah tidak ada"):
        scene.client.reply(question, "Besok.", key="r")


def test_a_bot_that_is_read_elsewhere_says_so(scene: Scene) -> None:
    words = "Conflict: terminated by other getUpdates request; make sure that only one bot …"
    reply = data(409, {"ok": False, "error_code": 409, "description": words})
    scene.stage.silences.append(Fault(publish=False, status=409, body=reply.body))
    with pytest.raises(Barred, match="program lain"):
        scene.heard()


@pytest.mark.parametrize(
    ("status", "reads_all", "sign"),
    [
        ("administrator", False, Sign.GOOD),
        ("creator", False, Sign.GOOD),
        ("member", True, Sign.GOOD),
        ("member", False, Sign.BAD),
        ("left", True, Sign.BAD),
    ],
)
def test_tells_whether_the_bot_hears_the_group(status: str, reads_all: bool, sign: Sign) -> None:  # noqa: FBT001 -- a row of the table
    telegram = Telegram(CHAT, group=Group(), status_in_group=status, reads_all=reads_all)
    with playing(telegram) as stage:
        client: object = client_at(stage.url)
        assert isinstance(client, Probeable)
        assert client.probe().scope.sign is sign


@pytest.mark.parametrize("group", ["kpknl_diskusi", "12", "@a/../b"])
def test_wants_a_group(group: str) -> None:
    channel = replace(CHANNEL, options={"chat_id": CHAT, "discussion": group})
    with pytest.raises(NotSetUp, match="discussion"):
        registry.client_for(channel, {"bot_token": Secret("1:a")}, clock)


def test_without_a_group_nothing_is_heard_and_views_are_never_told() -> None:
    alone: object = TestTelegram().connect("http://127.0.0.1:9")
    in_group: object = TestDiscussed().connect("http://127.0.0.1:9")
    assert not isinstance(alone, Hearable | Answerable | Measurable)
    assert isinstance(in_group, Hearable)
    assert isinstance(in_group, Answerable)
    assert not isinstance(in_group, Measurable)


def test_every_request_is_one_that_telegram_describes() -> None:
    specs = folder()
    if specs is None:
        pytest.skip("SIAR_SPECS is not set: the published Bot API is not at hand")
    description = BotDescription(specs)
    asked = {"limit": 1, "allowed_updates": [7]}
    assert "allowed_updates" in description.wrong_with("getUpdates", asked)
    group = Group()
    telegram = Telegram(CHAT, description=description, group=group)
    with playing(telegram) as stage:
        client = client_at(stage.url)
        receipt = client.deliver(client.prepare(payload_for(DISCUSSED)), key="k")
        group.say(receipt.post_id, "warga", "Kapan?")
        (question,) = client.responses([receipt], since=NOW)
        client.reply(question, "Besok.", key="r")
        do_everything(client, payload_for(DISCUSSED))
        methods = {request.path.rpartition("/")[2] for request in stage.requests}
    assert {"getUpdates", "sendMessage", "getMe", "getChatMember"} <= methods
    assert telegram.complaints == []
    assert [description.wrong_update(each) for each in group.updates] == ["", "", ""]
    assert "chats" in description.wrong_update({"update_id": 1, "message": {"chats": 1}})
