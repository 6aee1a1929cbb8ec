"""A missing toolchain: a reason to skip at home, a failure in CI."""

from __future__ import annotations

import pytest

from tests.tools import needed


def test_without_a_tool_the_test_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no such-a-tool here"):
        needed("such-a-tool")


def test_in_ci_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no such-a-tool here"):
        needed("such-a-tool")
