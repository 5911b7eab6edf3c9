from __future__ import annotations

import pytest

pytest.register_assert_rewrite(
    "tests.platforms.by_containers",
    "tests.platforms.contract",
    "tests.platforms.conversing",
)
