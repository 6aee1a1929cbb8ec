"""Help that starts with examples: what most people look for is a line to copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

Example = tuple[str, str]
"""A command line without `imu-reps`, and what it does."""


class WithExamples(click.Command):
    """A command whose `--help` begins with some calls of it."""

    def __init__(self, *args: Any, examples: Sequence[Example], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.examples = tuple(examples)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, then usage, text and options."""
        write_examples(self.examples, formatter)
        formatter.write("\n")
        super().format_help(ctx, formatter)


def write_examples(examples: Sequence[Example], formatter: click.HelpFormatter) -> None:
    """One above the other, each with what it does below: a long line can still be copied."""
    formatter.write("Examples:\n")
    for line, what in examples:
        formatter.write(f"  imu-reps {line}\n      {what}\n")
