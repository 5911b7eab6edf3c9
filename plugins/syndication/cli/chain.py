"""What `audit` says of the chain of events, and the file that others can check it by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from syndication.deliver.audit import Audit
from syndication.ledger.recovery import ANCESTOR


def audited(result: Audit) -> Iterator[str]:
    """Say what was proven, and what was not."""
    if result.broken:
        yield f"Rantai PUTUS: kejadian {result.broken.seq} bukan yang dulu dicatat."
    else:
        yield f"Rantai utuh: {len(result.events)} kejadian, kepala {result.head}."
    for post in result.untold:
        yield f"Unggahan {post.entry_id} di {post.channel} ({post.url}) TIDAK tercatat kejadiannya."
    if result.fault:
        yield f"BELUM terbukti: {result.fault}."
    elif result.printed:
        yield f"Kepala yang tercetak di register situs, {result.printed}, {_where(result)}."
    else:
        yield "Situs belum mencetak kepala rantai."


def _where(result: Audit) -> str:
    for event in result.events:
        if event.hash == result.printed:
            return f"adalah kejadian {event.seq} dari rantai ini"
    return "adalah kepala rantai yang hilang, yang disebut rantai ini sebagai pendahulunya"


def exported(result: Audit, now: datetime) -> str:
    """Write every event as JSON, with what is needed to compute the chain again."""
    events = [{**asdict(event), "at": event.at.isoformat()} for event in result.events]
    ancestors = [event.data.get("head") for event in result.events if event.kind == ANCESTOR]
    whole = {
        "exported_at": now.isoformat(),
        "proven": result.proven,
        "head": result.head,
        "printed_head": result.printed,
        "ancestor_heads": ancestors,
        "hash": "SHA-256 of the JSON list [seq, at, actor, kind, entry_id, article_id, data, "
        "previous], UTF-8, sorted keys, no spaces",
        "events": events,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
