"""The report: one file, no network, no scripts, the same in words as in pictures, no overflow."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from imu_reps.balance.compare import Row, Verdict
from imu_reps.balance.steadiness import Point
from imu_reps.core.words import Leg, Mount
from imu_reps.display.report import report_html
from imu_reps.formats.native import create
from imu_reps.movements import movement_named
from imu_reps.session.afterwards.summarize import Asked, compared
from imu_reps.session.setup import Wishes
from imu_reps.simulate import Imu, Strap, easy, hard, simulate
from tests.tools import needed

A4_PX = 695
"""What is between the margins of A4 (184 mm) at 96 pixels an inch."""

# What a browser tells of a page: how far it reaches beyond its window, and the texts of charts
# that reach beyond their chart.
MEASURE = """<script>
addEventListener("load", () => {
  const root = document.documentElement, out = [];
  out.push("wide:" + (root.scrollWidth - root.clientWidth));
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    for (const text of svg.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
          || box.bottom > frame.bottom + 1) out.push("text:" + text.textContent);
    }
  }
  for (const cell of document.querySelectorAll("PARTS"))
    if (cell.scrollWidth > cell.clientWidth + 1) out.push("part:" + cell.className);
  document.title = out.join("|");
});
</script>"""


class _Page(HTMLParser):
    """The tags of a page, and the words that are read aloud."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def _recording(folder: Path, leg: Leg, mount: Mount, name: str = "bridge") -> Path:
    movement = movement_named(name)
    preset = hard if leg is Leg.RIGHT else easy
    plan, imu = preset(movement, 6, np.random.default_rng(2))
    made = simulate(Strap(movement, leg, mount), plan, Imu(50.0, loss_part=imu.loss_part), seed=4)
    path = folder / f"{name}-{leg}-{mount}.imu.csv"
    with create(path, made.header) as writer:
        writer.write(made.frames)
    return path


def _point(day: str, difference: float) -> Point:
    verdict: Verdict = "left_higher" if difference < 0 else "right_higher"
    names = ("reps", "hold_s", "out_s", "back_s", "rom_deg")
    interval = difference - 5.0, difference + 5.0
    rows = [Row(name, 1.0, 2.0, difference, interval, verdict, None, (8, 8)) for name in names]
    return Point(day, tuple(rows))


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("report")
    paths = [_recording(folder, leg, Mount.THIGH) for leg in Leg]
    paths.append(_recording(folder, Leg.LEFT, Mount.ANKLE, "ball-curl"))
    points = [_point(f"2026-11-0{day}", -20.0 - day) for day in range(1, 5)]
    found = compared(paths, Wishes(), Asked(involved=Leg.LEFT))
    return report_html(found, {"single-leg-bridge": points}, "imu-reps test")


def test_it_is_one_small_file_without_network_or_scripts(html: str) -> None:
    page = _Page(html)
    assert len(html.encode()) < 1_000_000
    assert not {"script", "link", "img", "iframe", "object"} & {name for name, _ in page.tags}
    for name, attributes in page.tags:
        for address in ("src", "href", "xlink:href", "action"):
            assert (attributes.get(address) or "#").startswith("#"), name
    assert not re.search(r"@import|url\((?!#)", html)


def test_no_two_parts_of_it_have_the_same_name(html: str) -> None:
    names = [attributes["id"] for _, attributes in _Page(html).tags if attributes.get("id")]
    assert len(names) == len(set(names))
    referred = re.findall(r'(?:href="#|url\(#)([^")]+)', html)
    assert referred
    assert set(referred) <= set(names)


def test_it_says_what_was_done_and_what_it_is_not(html: str) -> None:
    words = " ".join(_Page(html).words.split())
    assert "6 reps in 1 set with the left leg and" in words
    assert "No rep was counted with the right leg, so there is nothing to compare." in words
    assert words.count("not a diagnosis") == 2
    assert "100 * (right - left) / max(left, right)" in words
    assert "LSI: limb symmetry index, left / other leg" in words
    assert (
        "3 sessions that could be compared: left higher in reps, hold, out, back and range" in words
    )
    assert "was interrupted; it is counted up to where it ends" in words


def test_every_chart_has_its_title_and_a_table(html: str) -> None:
    page = _Page(html)
    charts = [attributes for name, attributes in page.tags if name == "svg"]
    assert len(charts) == 2 + 1 + 1 + 1 + 1
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    after = [name for name, _ in page.tags if name in {"figure", "table"}]
    assert all(after[i + 1] == "table" for i, name in enumerate(after) if name == "figure")
    heads = [attributes.get("scope") for name, attributes in page.tags if name == "th"]
    assert set(heads) == {"col", "row"}


def test_no_colour_is_said_but_by_the_style_sheet(html: str) -> None:
    body = html[html.index("<body>") :]
    assert "#0000" not in body
    assert set(re.findall(r"(?:fill|stroke): (#\w+)", body)) == set()
    assert "var(--left)" in body
    assert "prefers-color-scheme: dark" in html


def test_a_set_that_nobody_did_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rest.csv"
    rows = "".join(f"{i / 50},0,0,9.8\n" for i in range(400))
    path.write_text("time_s,acc_x_ms2,acc_y_ms2,acc_z_ms2\n" + rows)
    found = compared([path], Wishes("bridge", "left", "thigh"), Asked())
    words = _Page(report_html(found, {}, "imu-reps test")).words
    assert "No set was seen." in words
    assert "no rep was seen. No rep was counted with either leg, so there is nothing" in words
    assert "missing" not in words
    assert "Each dot" not in words


def test_a_mount_that_sees_nothing_is_told_at_the_top(tmp_path: Path) -> None:
    path = _recording(tmp_path, Leg.LEFT, Mount.THIGH, "back-extension")
    found = compared([path], Wishes(), Asked())
    (reason,) = {one.text for one in found[0].recordings[0].warnings if one.code == "blind_mount"}
    lead = _Page(report_html(found, {}, "imu-reps test")).words.split("Left against right")[0]
    assert reason[1:] in lead


@pytest.mark.parametrize(
    ("width", "media"), [(1280, "screen"), (768, "screen"), (360, "screen"), (A4_PX, "print")]
)
def test_nothing_overflows_in_a_browser(html: str, width: int, media: str, tmp_path: Path) -> None:
    # On paper nothing scrolls, so that there the parts must fit, too.
    parts = ".scroll, figure" if media == "print" else "body"
    page = html.replace("@media print", "@media all") if media == "print" else html
    path = tmp_path / "page.html"
    path.write_text(page.replace("</body>", MEASURE.replace("PARTS", parts) + "</body>"))
    command = [
        needed("chromium"),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
    ]
    command += [f"--user-data-dir={tmp_path / 'user'}", f"--window-size={width},900", "--dump-dom"]
    done = subprocess.run(
        [*command, path.as_uri()], capture_output=True, text=True, check=True, timeout=60
    )
    told = re.search("<title>(.*?)</title>", done.stdout)
    assert told is not None
    assert told[1] == "wide:0"


def test_it_prints_on_a_few_pages(html: str, tmp_path: Path) -> None:
    path, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(html)
    command = [needed("chromium"), "--headless", "--no-sandbox", "--disable-gpu"]
    command += [f"--user-data-dir={tmp_path / 'user'}", f"--print-to-pdf={printed}", path.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=60)
    pages = re.findall(rb"/Type\s*/Page[^s]", printed.read_bytes())
    assert 3 <= len(pages) <= 9
