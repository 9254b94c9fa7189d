"""Line charts of an experiment: their numbers, and the picture of them."""

import dataclasses

import numpy as np

from tfgan.studies import plots

_STYLES = {"line": "-", "dashed": "--", "points": "."}


@dataclasses.dataclass(frozen=True, eq=False)
class Line:
    """A curve through numbers `[n]`, "line", "dashed" or "points"; only finite ones are drawn."""

    name: str
    x: np.ndarray
    y: np.ndarray
    style: str = "line"


@dataclasses.dataclass(frozen=True)
class Chart:
    """Curves over one pair of axes; with `log_y` only numbers above 0 are drawn."""

    title: str
    x_label: str
    y_label: str
    lines: tuple[Line, ...]
    log_y: bool = False


def lines(x, curves, style="line"):
    """Curves `[n]` by name over the same points: tuple of Line."""
    return tuple(Line(name, x, y, style) for name, y in curves.items())


def svg(chart):
    """A chart as SVG text: str. Each curve is a group whose id is its name."""
    if not any(np.isfinite(line.y).any() for line in chart.lines):
        raise ValueError(f"A chart must have a finite point; {chart.title!r} has none.")

    def draw(axes):
        for line in chart.lines:
            axes.plot(line.x, line.y, _STYLES[line.style], label=line.name, gid=line.name)
        if chart.log_y:
            axes.set_yscale("log", nonpositive="mask")
        axes.set(title=chart.title, xlabel=chart.x_label, ylabel=chart.y_label)
        axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))

    return plots.svg(draw, width=8.0, height=3.7)
