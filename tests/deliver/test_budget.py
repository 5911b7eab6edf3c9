"""Reading back is billed on X, and the budget counts it: a real client, a fake X over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from syndication.deliver.gate import Gate
from syndication.deliver.metering import Meter
from syndication.deliver.relay import Relay
from syndication.deliver.steps import Summary
from syndication.ledger.queries import entries
from syndication.model import Channel, Post, State
from syndication.office import Office, Terms
from syndication.platforms import registry
from syndication.platforms.protocol import Client, Metered, Secret
from tests.deliver.clients import Plain
from tests.deliver.scene import Scene
from tests.platforms.fakes.stage import Fault, Stage, playing
from tests.platforms.fakes.x import X

ACCOUNT = Channel("x", "x", "id", account="@kpknl_contoh")
SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
PRICED = Terms(
    budget=Decimal("0.50"),
    price=Decimal("0.015"),
    price_with_link=Decimal("0.20"),
    price_read=Decimal("0.005"),
)


@dataclass
class Accounted:
    """An office with a budget on X."""

    scene: Scene
    stage: Stage
    client: Client

    def office(self, budget: str) -> Office:
        terms = replace(PRICED, budget=Decimal(budget))
        return Office(channels=MappingProxyType({"x": terms}))

    def relay(self, budget: str = "0.50") -> Relay:
        return replace(self.scene.relay({"x": self.client}), office=self.office(budget))

    def run(self, budget: str = "0.50") -> Summary:
        return self.relay(budget).run()

    def queue(self, *names: str) -> None:
        shape = registry.format_for(ACCOUNT)
        made = [self.scene.candidate(name, "x") for name in names]
        posts = [
            Post("x", "id", f"Lelang {each.article_id} dibuka. {each.url}", each.url, "Lelang")
            for each in made
        ]
        self.scene.queue(
            *(
                replace(each, payload=shape.render(post))
                for each, post in zip(made, posts, strict=True)
            )
        )

    def spent(self) -> Decimal:
        return Gate(self.scene.ledger, self.office("0.50")).used("x", self.scene.watch())[1]

    def states(self) -> list[State]:
        return [entry.state for entry in entries(self.scene.ledger)]


@pytest.fixture
def accounted(scene: Scene) -> Iterator[Accounted]:
    with playing(X(username="kpknl_contoh")) as stage:
        channel = replace(ACCOUNT, options={"host": stage.url})
        hidden = {name: Secret(f"rahasia-{name}") for name in SECRETS}
        yield Accounted(scene, stage, registry.client_for(channel, hidden, scene.watch))


def test_the_search_that_settles_a_doubt_is_paid_from_the_budget(accounted: Accounted) -> None:
    accounted.queue("a")
    accounted.stage.faults.append(Fault(publish=True, then="drop"))
    accounted.run()
    assert accounted.states() == [State.IN_DOUBT]
    assert accounted.spent() == Decimal("0.20")
    accounted.scene.watch.forward(minutes=2)
    accounted.run()
    assert accounted.states() == [State.DELIVERED]
    read = Gate(accounted.scene.ledger, accounted.office("0.50")).read("x", accounted.scene.watch())
    assert read > 0
    assert accounted.spent() == Decimal("0.20") + read


def test_what_was_read_leaves_less_to_post_for(accounted: Accounted) -> None:
    accounted.queue("a", "b")
    accounted.stage.faults.append(Fault(publish=True, then="drop"))
    accounted.run("0.20")
    accounted.scene.watch.forward(minutes=2)
    (wait,) = accounted.run("0.40").waiting
    assert wait.reason.startswith("anggaran bulan ini tidak cukup: US$0,2")
    assert accounted.states() == [State.DELIVERED, State.QUEUED]
    assert len(accounted.stage.published()) == 1


def test_a_budget_that_is_used_up_never_keeps_a_doubt_from_being_settled(
    accounted: Accounted,
) -> None:
    accounted.queue("a")
    accounted.stage.faults.append(Fault(publish=True, then="drop"))
    accounted.run("0.20")
    accounted.scene.watch.forward(minutes=2)
    accounted.run("0.20")
    assert accounted.states() == [State.DELIVERED]
    assert accounted.spent() > Decimal("0.20")


def test_what_was_read_last_month_counts_no_more(accounted: Accounted) -> None:
    accounted.queue("a")
    accounted.stage.faults.append(Fault(publish=True, then="drop"))
    accounted.run()
    accounted.scene.watch.forward(minutes=2)
    accounted.run()
    accounted.scene.watch.forward(days=7)
    assert accounted.spent() == 0


@pytest.mark.parametrize(
    ("budget", "reason"),
    [
        pytest.param("0.50", "", id="there is money left"),
        pytest.param("0.20", "sudah habis (US$0,20 dari US$0,20)", id="all is spent"),
    ],
)
def test_what_may_wait_is_read_only_while_there_is_money(
    accounted: Accounted, budget: str, reason: str
) -> None:
    accounted.queue("a")
    accounted.run()
    meter = Meter(accounted.scene.ledger, accounted.office(budget), accounted.scene.watch)
    clients = {"x": accounted.client, "lain": accounted.scene.client(Plain)}
    dear = meter.too_dear(clients)
    assert set(dear) == ({"x"} if reason else set())
    assert reason in dear.get("x", "")


def test_what_was_read_is_billed_once(accounted: Accounted) -> None:
    accounted.queue("a")
    accounted.run()
    assert isinstance(accounted.client, Metered)
    meter = Meter(accounted.scene.ledger, accounted.office("0.50"), accounted.scene.watch)
    before = accounted.spent()
    meter.take("x", accounted.client)
    assert accounted.spent() == before
