"""Digits as large as the room for them: drawn on a grid of five by seven, in whole multiples."""

from __future__ import annotations

from imu_reps.display.screen.look import Look

WIDE, TALL = 5, 7

_SHAPES = {
    "0": (".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."),
    "1": ("..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."),
    "2": (".###.", "#...#", "....#", "..##.", ".#...", "#....", "#####"),
    "3": ("####.", "....#", "....#", ".###.", "....#", "....#", "####."),
    "4": ("#..#.", "#..#.", "#..#.", "#####", "...#.", "...#.", "...#."),
    "5": ("#####", "#....", "####.", "....#", "....#", "#...#", ".###."),
    "6": (".###.", "#....", "#....", "####.", "#...#", "#...#", ".###."),
    "7": ("#####", "....#", "...#.", "...#.", "..#..", "..#..", "..#.."),
    "8": (".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."),
    "9": (".###.", "#...#", "#...#", ".####", "....#", "....#", ".###."),
}


def big(text: str, columns: int, rows: int, look: Look) -> list[str]:
    """Lines that show these digits, as large as fits; the text itself where nothing does."""
    high = 2 if look.has_halves else 1
    # A cell is twice as high as wide: without halves a dot is two columns of one row.
    dot_columns = 1 if look.has_halves else 2
    columns_needed = (len(text) * (WIDE + 1) - 1) * dot_columns
    size = min(columns // max(columns_needed, 1), rows * high // TALL)
    if size < 1:
        return [text] if len(text) <= columns and rows else []
    dots = [_dots(text, line, size * dot_columns) for line in range(TALL) for _ in range(size)]
    if not look.has_halves:
        return [dots_row.replace("#", look.full).replace(".", " ") for dots_row in dots]
    if len(dots) % 2:
        dots.append("." * len(dots[0]))
    pairs = zip(dots[::2], dots[1::2], strict=True)
    return ["".join(_cell(a, b, look) for a, b in zip(*pair, strict=True)) for pair in pairs]


def _dots(text: str, line: int, size: int) -> str:
    shown = ".".join(_SHAPES[digit][line] for digit in text)
    return "".join(dot * size for dot in shown)


def _cell(above: str, below: str, look: Look) -> str:
    known = {"##": look.full, "#.": look.upper, ".#": look.lower, "..": " "}
    return known[above + below]
