"""Tools that tests need and a machine may lack."""

from __future__ import annotations

import os
import shutil

import pytest


def needed(tool: str) -> str:
    """The tool's path; without it the test is skipped, and fails where CI says that it is there."""
    path = shutil.which(tool)
    if path is None:
        missing(f"no {tool} here")
    return str(path)


def missing(reason: str) -> None:
    """Skip for this reason, but fail where `CI` is set: there everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
