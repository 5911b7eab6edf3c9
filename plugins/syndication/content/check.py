"""All that is wrong with all files, at once, before Pelican runs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from syndication.content import across, faults, pictures, references, rules
from syndication.content.document import Document, Source, Terms, parse
from syndication.content.encoding import NotText, decode, unreadable
from syndication.content.findings import Findings
from syndication.model import Problem

RULES = (
    rules.required,
    rules.address,
    rules.values,
    rules.own_posts,
    rules.dates,
    rules.picture_words,
    rules.body,
    pictures.inline,
    references.inside,
)


def check(sources: Iterable[Source], terms: Terms) -> list[Problem]:
    """Return every problem of every file, sorted by file and line."""
    problems: list[Problem] = []
    docs: list[Document] = []
    for source in sources:
        try:
            doc = parse(source, decode(source), terms)
        except NotText as error:
            found = error.finding
            problems.append(Problem(source.file, found.line, found.message, found.remedy))
            continue
        findings = chain(unreadable(source.data), _alone(doc, terms))
        problems += (doc.problem(finding, terms.since) for finding in findings)
        docs.append(doc.without_body())
    docs.sort(key=lambda doc: doc.file)
    problems += (doc.problem(finding, terms.since) for doc, finding in across.find(docs, terms))
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def _alone(doc: Document, terms: Terms) -> Findings:
    yield from faults.find(doc.front)
    if doc.front.fields:
        for rule in RULES:
            yield from rule(doc, terms)
