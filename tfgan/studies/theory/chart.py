"""Line charts as SVG text, so that a page needs no other program and no other file."""

import dataclasses
import html
import math

import numpy as np

_WIDTH, _HEIGHT = 680, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 190, 34, 48
# Okabe and Ito: told apart by color-blind readers too.
_COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#8a6d00", "#444444")
_LEGEND_CHARACTERS = 26


@dataclasses.dataclass(frozen=True, eq=False)
class Line:
    """One curve.

    Attributes:
      name: str, for the legend.
      x, y: numbers `[n]`; points that are not finite are left out.
      style: "line", "dashed" or "points".
    """

    name: str
    x: np.ndarray
    y: np.ndarray
    style: str = "line"


@dataclasses.dataclass(frozen=True)
class Chart:
    """Curves over one pair of axes.

    Attributes:
      title, x_label, y_label: str.
      lines: tuple of Line.
      log_y: bool, whether the vertical axis is logarithmic; numbers that are not above 0 are left
        out then.
    """

    title: str
    x_label: str
    y_label: str
    lines: tuple[Line, ...]
    log_y: bool = False


def svg(drawn):
    """A chart as an SVG element: str.

    Args:
      drawn: Chart.
    Raises: ValueError for a chart without a single point.
    """
    curves = [_visible(line, drawn.log_y) for line in drawn.lines]
    across = _Axis.of([x for x, _ in curves], _LEFT, _WIDTH - _RIGHT, False)
    up = _Axis.of([y for _, y in curves], _HEIGHT - _BOTTOM, _TOP, drawn.log_y)
    label = html.escape(drawn.title)
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">',
        _text(_LEFT, 18, drawn.title, "title"),
        *_frame(across, up, drawn),
    ]
    for index, (line, (x, y)) in enumerate(zip(drawn.lines, curves, strict=True)):
        color = _COLORS[index % len(_COLORS)]
        parts += _curve(across.place(x), up.place(y), line.style, color)
        parts += _legend(index, line, color)
    return "\n".join([*parts, "</svg>"])


@dataclasses.dataclass(frozen=True)
class _Axis:
    """From numbers to places on the page; `low` and `high` are logarithms on a log axis."""

    low: float
    high: float
    first: float
    last: float
    is_log: bool

    @classmethod
    def of(cls, rows, first, last, is_log):
        numbers = np.concatenate(rows)
        if not numbers.size:
            raise ValueError("A chart needs a point that can be drawn.")
        numbers = np.log10(numbers) if is_log else numbers
        low, high = float(numbers.min()), float(numbers.max())
        margin = 0.04 * (high - low) or 0.5 * abs(high) or 1.0
        return cls(low - margin, high + margin, first, last, is_log)

    def place(self, numbers):
        numbers = np.log10(numbers) if self.is_log else np.asarray(numbers, np.float64)
        return self.first + (numbers - self.low) / (self.high - self.low) * (self.last - self.first)

    def ticks(self):
        """(number, label) of round numbers along the axis."""
        step = _round_step((self.high - self.low) / 5.0)
        if self.is_log:
            step = max(1.0, math.ceil(step))
        marks = step * np.arange(math.ceil(self.low / step), math.floor(self.high / step) + 1)
        if self.is_log and marks.size:
            return [
                (10.0**mark, f"{10.0**mark:.0e}" if abs(mark) > 3 else f"{10.0**mark:g}")
                for mark in marks
            ]
        if self.is_log:  # less than a factor of ten: both ends say what it spans
            return [(10.0**mark, f"{10.0**mark:.3g}") for mark in (self.low, self.high)]
        return [(mark, f"{0.0 if abs(mark) < step / 2 else mark:g}") for mark in marks]


def _round_step(rough):
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * nice for nice in (1.0, 2.0, 5.0, 10.0) if power * nice >= rough * 0.999)


def _visible(line, log_y):
    x, y = (np.asarray(each, np.float64).ravel() for each in (line.x, line.y))
    kept = np.isfinite(x) & np.isfinite(y) & ((y > 0.0) | (not log_y))
    return x[kept], y[kept]


def _frame(across, up, drawn):
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    for number, label in up.ticks():
        y = float(up.place(number))
        yield f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(_LEFT - 6, y + 4, label, "tick end")
    for number, label in across.ticks():
        x = float(across.place(number))
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{bottom}"/>'
        yield _text(x, bottom + 16, label, "tick middle")
    yield f'<path class="axis" d="M{_LEFT} {_TOP}V{bottom}H{right}"/>'
    yield _text((_LEFT + right) / 2, _HEIGHT - 10, drawn.x_label, "middle")
    middle = (_TOP + bottom) / 2
    yield (
        f'<text class="middle" transform="translate(14 {middle:.0f}) rotate(-90)">'
        f"{html.escape(drawn.y_label)}</text>"
    )


def _curve(x, y, style, color):
    if style == "points":
        for across, up in zip(x, y, strict=True):
            yield f'<circle cx="{across:.1f}" cy="{up:.1f}" r="2.5" fill="{color}"/>'
    elif len(x):
        dash = ' stroke-dasharray="6 4"' if style == "dashed" else ""
        points = " ".join(f"{across:.1f},{up:.1f}" for across, up in zip(x, y, strict=True))
        yield f'<polyline class="curve" stroke="{color}"{dash} points="{points}"/>'


def _legend(index, line, color):
    x, y = _WIDTH - _RIGHT + 12, _TOP + 10 + 20 * index
    ends = [x + 8] if line.style == "points" else [x, x + 16]
    yield from _curve(ends, [y] * len(ends), line.style, color)
    name = line.name
    if len(name) > _LEGEND_CHARACTERS:
        raise ValueError(f"A legend has room for {_LEGEND_CHARACTERS} characters; received {name}.")
    yield _text(x + 22, y + 4, name, "")


def _text(x, y, words, kind):
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{html.escape(words)}</text>'
