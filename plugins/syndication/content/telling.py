"""Problems as people read them: what can wait first and in few lines, what stops the site last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from syndication.model import Problem, Severity

ONE_BY_ONE = 3
"""A warning that more places share is said once and counted: an old site has thousands."""


def lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Say every error on a line of its own, after the warnings."""
    alike: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.severity is Severity.WARNING:
            alike[problem.message, problem.remedy].append(problem)
    for group in alike.values():
        if len(group) > ONE_BY_ONE:
            yield f"Peringatan di {_number(len(group))} tempat, misalnya {group[0]}"
        else:
            yield from (f"Peringatan: {problem}" for problem in group)
    yield from (str(problem) for problem in problems if problem.severity is Severity.ERROR)


def summary(problems: Sequence[Problem], checked: int) -> str:
    """Say in one line how many problems there are, in how many of the `checked` files."""
    if not problems:
        return f"Semua beres: {_number(checked)} berkas diperiksa."
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    files = len({problem.file for problem in problems})
    return (
        f"{_number(errors)} kesalahan, {_number(len(problems) - errors)} peringatan "
        f"di {_number(files)} berkas."
    )


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
