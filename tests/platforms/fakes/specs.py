"""The platforms' published descriptions, where `SIAR_SPECS` names the folder that has them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest

from tests.platforms.fakes.stage import Request

METHODS = ("get", "post", "put", "patch", "delete")


def folder() -> Path | None:
    """Where the descriptions are; None where this machine has none."""
    stated = os.environ.get("SIAR_SPECS")
    return Path(stated) if stated else None


class XDescription:
    """X's OpenAPI document."""

    def __init__(self, specs: Path) -> None:
        document = json.loads((specs / "x" / "openapi.json").read_text(encoding="utf-8"))
        for path in document["paths"].values():
            for method in METHODS:
                # openapi-core knows no OAuth 1.0a; the fake checks the signature itself.
                path.get(method, {}).pop("security", None)
        # The document repeats an enum value, which openapi-core's own check does not admit.
        self._document = OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))

    def wrong_with(self, request: Request) -> str:
        """Say what the document does not allow; nothing if it allows all."""
        asked = MockRequest(
            "https://api.x.com",
            request.method.lower(),
            request.path,
            args=dict(request.query),
            data=request.body or None,
            content_type=request.headers.get("content-type", "application/json"),
        )
        try:
            self._document.validate_request(asked)
        except OpenAPIError as error:
            return f"OpenAPI: {error}: {error.__cause__}"
        return ""


class GraphDescription:
    """Meta's description of the Graph API's nodes."""

    def __init__(self, specs: Path) -> None:
        self._folder = specs / "meta"

    def wrong_with(self, node: str, method: str, edge: str | None, form: Mapping[str, str]) -> str:
        """Say which parameters the node or its edge lacks, or needs; nothing if all is well."""
        for call in self._node(node)["apis"]:
            if call["method"] == method and call.get("endpoint") == edge:
                unknown = set(form) - {param["name"] for param in call["params"]}
                missing = {param["name"] for param in call["params"] if param["required"]} - set(
                    form
                )
                wrong = f"knows no {sorted(unknown)}, misses {sorted(missing)}"
                return f"{node} {edge or ''} {wrong}" if unknown | missing else ""
        return f"{node} has no {method} {edge or ''}"

    def fields(self, node: str) -> set[str]:
        """Name what can be asked of a node: its fields."""
        return {field["name"] for field in self._node(node)["fields"]}

    def values(self, enum: str) -> set[str]:
        """Name the values of an enum."""
        enums = json.loads((self._folder / "enum_types.json").read_text(encoding="utf-8"))
        return {value for each in enums if each["name"] == enum for value in each["values"]}

    def _node(self, node: str) -> dict[str, list[dict[str, Any]]]:
        described: dict[str, list[dict[str, Any]]] = json.loads(
            (self._folder / f"{node}.json").read_text(encoding="utf-8")
        )
        return described
