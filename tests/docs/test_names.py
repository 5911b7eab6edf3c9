"""Tasks, commands and platforms are documented, and documents name only what exists."""

from __future__ import annotations

import re

import click
import pytest
from invoke.collection import Collection
from invoke.loader import FilesystemLoader

from syndication.cli import main
from syndication.platforms import registry
from syndication.settings import declared
from tests.project import HERE

OPERATOR = (HERE / "docs" / "operator.md").read_text("utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/operator.md", "docs/penulis.md")


def tasks() -> dict[str, str]:
    module, _ = FilesystemLoader(start=str(HERE)).load("tasks")
    found = Collection.from_module(module).tasks
    return {name: task.__doc__ or "" for name, task in found.items()}


@pytest.mark.parametrize("task", sorted(tasks()))
def test_a_task_is_explained_to_operators(task: str) -> None:
    assert re.search(rf"(make|invoke) {task}\b", OPERATOR)
    assert tasks()[task].strip().endswith(".")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_a_command_is_explained_to_operators(name: str) -> None:
    assert f"siar {name}" in OPERATOR


@pytest.mark.parametrize("platform", sorted(registry.formats()))
def test_a_platform_is_explained_to_operators(platform: str) -> None:
    assert f"`{platform}`" in OPERATOR


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_is_complete(name: str) -> None:
    command = main.commands[name]
    assert command.help
    unexplained = [
        param.name for param in command.params if isinstance(param, click.Option) and not param.help
    ]
    assert not unexplained


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_names_only_what_exists(document: str) -> None:
    text = (HERE / document).read_text("utf-8")
    named = set(re.findall(r"\bmake ([a-z-]+)\b", text)) - {"it"}
    assert named <= set(tasks())
    assert set(re.findall(r"`siar ([a-z-]+)", text)) <= set(main.commands)
    settings = set(re.findall(r"\bSYNDICATION_[A-Z_]+\b", text))
    assert settings <= set(declared())


def test_make_is_a_door_to_every_task() -> None:
    line = re.search(r"^TASKS := (.*)$", (HERE / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert line
    assert set(line[1].split()) == set(tasks())


def test_the_readme_names_both_commands() -> None:
    readme = (HERE / "README.md").read_text("utf-8")
    assert "make demo" in readme
    assert "make test" in readme
