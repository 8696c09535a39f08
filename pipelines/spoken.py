"""The language of the command: what it says of itself, and what click says of a wrong call.

Belongs here: which language the command speaks, and click's classes with help that is translated when it is read, so that nothing is
read before somebody asks. The texts themselves stand beside their options in cli.py; those of click are listed here.
"""

from __future__ import annotations

import gettext
import os
import sys
from functools import cache, partial
from pathlib import Path
from typing import Any

import click

from pipelines.problem import N_

# What click says to whoever calls the command in another way than it is meant, or asks for help.
CLICK = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("Show this message and exit."),
    N_("required"),
    N_("default: {default}"),
    N_("Try '{command} {option}' for help."),
    N_("Error: {message}"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Choose from:\n\t{choices}"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Did you mean {possibility}?"),
    N_("(Did you mean one of: {possibilities}?)"),
    N_("Got unexpected extra argument ({args})"),
    N_("Got unexpected extra arguments ({args})"),
    N_("Option {name!r} requires an argument."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not one of {choices}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} is a file."),
    N_("folder"),
)


@cache
def language() -> str:
    """German first; English where the settings or the system ask for it."""
    from pipelines.members import LANGUAGES
    from pipelines.settings import setting

    wanted = setting("KONTAKTPULS_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    spoken = wanted[:2].lower()
    return spoken if spoken in LANGUAGES else "de"


def translated(text: str) -> str:
    """Return a message in the language of the command."""
    from pipelines.catalogue import translations

    return translations(language()).gettext(text)


class _Helpful:
    """Help that is kept in English and read in the language of the command."""

    _english: str | None = None

    def _read(self) -> str | None:
        return self._english and translated(self._english)

    def _keep(self, english: str | None) -> None:
        self._english = english

    help = property(_read, _keep)


class Folder(click.Path):
    """A folder, which need not be there yet; click would name it in English."""

    name = property(lambda _self: translated("folder"), lambda _self, _name: None)  # ty: ignore[invalid-assignment]

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)


class Option(_Helpful, click.Option):
    """An option whose help is translated."""


class Command(_Helpful, click.Command):
    """A command whose help is translated."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands behind the command's name in the line on its usage."""
        return [translated(piece) for piece in super().collect_usage_pieces(ctx)]


class Program(Command, click.Group):
    """The commands together. The first call teaches click, which asks gettext for its own sentences, where to look for them."""

    command_class = Command

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a command, in the language that is set now."""
        for module in [module for name, module in sys.modules.items() if name.startswith("click.")]:
            for name, value in (("_", translated), ("ngettext", _counted)):
                if getattr(module, name, None) in (gettext.gettext, gettext.ngettext):
                    setattr(module, name, value)
        language.cache_clear()
        return super().main(*arguments, **settings)


option = partial(click.option, cls=Option)


def _counted(one: str, many: str, count: int) -> str:
    return translated(one if count == 1 else many)
