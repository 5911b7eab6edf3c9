"""Keeps compiled templates, for all environments of a build that compile alike, and for the next.

Jinja works out a filter or test of a constant when it compiles. So no template is kept that names
one which we doubt; the others read nothing but what a build with the same surroundings has too.
"""

from __future__ import annotations

import marshal
import re

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator

from incremental.canonical import MARSHAL, name_of, seal
from incremental.surroundings import described
from incremental.trust import Trust

Kept = dict[str, bytes]
"""Code as marshal writes it, by the digest of its environment, name, file and source."""

_OPTIONS = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix"),
    *("line_comment_prefix", "trim_blocks", "lstrip_blocks", "newline_sequence"),
    *("keep_trailing_newline", "optimized", "finalize", "autoescape", "policies", "is_async"),
    *("newstyle_gettext", "sandboxed", "undefined", "filters", "tests"),
)


def keep(env: Environment, trust: Trust, kept: Kept) -> None:
    """Let an environment, to which nothing will be added, compile only what is not known."""
    plain = env.code_generator_class is CodeGenerator and env.bytecode_cache is None
    finalized = env.finalize is None or trust.callee(env.finalize)
    extended = all(trust.module(type(each).__module__) for each in env.extensions.values())
    if plain and finalized and extended:
        env.bytecode_cache = _Templates(env, trust, kept)
    env.auto_reload = False


def _signature(env: Environment) -> bytes:
    """Digest all of an environment that compiling depends on."""
    options = tuple((name, described(getattr(env, name, None))) for name in _OPTIONS)
    return seal((name_of(type(env)), options, tuple(sorted(env.extensions))))


class _Templates(BytecodeCache):
    """The compiled templates of one environment, among those of all."""

    def __init__(self, env: Environment, trust: Trust, kept: Kept) -> None:
        self._kept, self._signature = kept, _signature(env)
        doubted = [
            re.escape(name)
            for known in (env.filters, env.tests)
            for name, function in known.items()
            if not trust.callee(function)
        ]
        self._doubted = re.compile(rf"(?<!\w)(?:{'|'.join(doubted)})(?!\w)")

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return a template's code where that is known; "" is the key of one that is not kept."""
        key = seal((self._signature, name, filename, source)).hex()
        bucket = Bucket(environment, "" if self._doubted.search(source) else key, "")
        code = self._kept.get(bucket.key)
        if code is not None:
            bucket.code = marshal.loads(code)  # noqa: S302 -- it stands among what is sealed
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.key:
            self._kept[bucket.key] = marshal.dumps(bucket.code, MARSHAL)
