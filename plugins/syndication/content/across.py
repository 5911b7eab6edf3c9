"""What is asked of all files together: one ID, one slug, one old address, one original."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from syndication.content.document import Document, Terms
from syndication.content.findings import Finding, Weight

Found = Iterator[tuple[Document, Finding]]
Key = TypeVar("Key", bound=Hashable)


def find(docs: Sequence[Document], terms: Terms) -> Found:
    """Find what files take from each other, and translations that miss their original."""
    seen = [doc for doc in docs if doc.status != "skip"]
    yield from _same_id([doc for doc in seen if doc.id])
    yield from _same_slug([doc for doc in seen if doc.slug])
    yield from _same_old_address(seen)
    yield from _apart(seen, terms)
    yield from _lonely(seen, terms)


def _grouped(docs: Iterable[Document], key: Callable[[Document], Key]) -> dict[Key, list[Document]]:
    groups: defaultdict[Key, list[Document]] = defaultdict(list)
    for doc in docs:
        groups[key(doc)].append(doc)
    return groups


def _same_id(docs: Sequence[Document]) -> Found:
    for (_, name), (first, *others) in _grouped(docs, lambda doc: (doc.lang, doc.id)).items():
        for doc in others:
            where = f"{first.file}:{first.front.line('id')}"
            message = f"ID {name} sudah dipakai {where}."
            remedy = "Hapus baris ID di artikel yang lebih baru, lalu jalankan `siar check --fix`."
            yield doc, Finding(doc.front.line("id"), message, remedy)


def _same_slug(docs: Sequence[Document]) -> Found:
    groups = _grouped(docs, lambda doc: (doc.page, doc.lang, doc.slug))
    for (_, _, slug), (first, *others) in groups.items():
        for doc in others:
            draft = doc.unpublished or first.unpublished
            message = f'Alamat "{slug}" sudah dipakai {first.file}:{first.slug_line}.'
            remedy = f"Beri alamat lain, misalnya: Slug: {slug}-2"
            yield (
                doc,
                Finding(doc.slug_line, message, remedy, Weight.NOTE if draft else Weight.ALWAYS),
            )


def _same_old_address(docs: Sequence[Document]) -> Found:
    owners: dict[str, tuple[Document, int]] = {}
    for doc in docs:
        for value in doc.front.fields.get("lama", ()):
            owner, line = owners.setdefault(value.text, (doc, value.line))
            if value.text and (owner, line) != (doc, value.line):
                message = f"Alamat lama {value.text} sudah dipakai {owner.file}:{line}."
                yield doc, Finding(value.line, message, "Hapus salah satu.")


def _apart(docs: Sequence[Document], terms: Terms) -> Found:
    """Find translations that share one of ID and slug with their original, but not both."""
    originals = [doc for doc in docs if doc.lang == terms.default_lang and not doc.page]
    by_id = {doc.id: doc for doc in originals if doc.id}
    by_slug = {doc.slug: doc for doc in originals if doc.slug}
    for doc in docs:
        if doc.lang == terms.default_lang or doc.page:
            continue
        same_id, same_slug = by_id.get(doc.id), by_slug.get(doc.slug)
        if same_id and same_id.slug != doc.slug:
            message = f'Terjemahan {same_id.file} ini beralamat lain ("{doc.slug}").'
            yield doc, Finding(doc.slug_line, message, f"Tulis: Slug: {same_id.slug}")
        elif same_slug and doc.id and same_slug.id and same_slug.id != doc.id:
            message = f"Terjemahan {same_slug.file} ini ber-ID lain ({doc.id})."
            yield doc, Finding(doc.front.line("id"), message, f"Tulis: ID: {same_slug.id}")


def _lonely(docs: Sequence[Document], terms: Terms) -> Found:
    """Find translations without an original; `Translation: false` says that there is none."""
    originals = [doc for doc in docs if doc.lang == terms.default_lang]
    slugs = {(doc.page, doc.slug) for doc in originals}
    ids = {doc.id for doc in originals if doc.id}
    foreign = terms.languages - {terms.default_lang}
    for doc in docs:
        flag = doc.front.first("translation").lower()
        known = (doc.page, doc.slug) in slugs or doc.id in ids
        if known or flag == "false" or doc.lang not in foreign:
            continue
        message = f"Naskah asli ({terms.default_lang}) dari terjemahan ini tidak ada."
        remedy = "Samakan ID dan Slug dengan aslinya; bila tidak ada, tulis Translation: false."
        weight = Weight.ALWAYS if flag == "true" else Weight.NOTE
        yield doc, Finding(doc.front.line("lang"), message, remedy, weight)
