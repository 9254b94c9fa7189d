"""A row of small panels as SVG: a curve each, on a scale of its own that begins at 0."""

import dataclasses
from xml.sax import saxutils

_WIDTH, _HEIGHT = 300, 190  # of a panel, in pixels
_LEFT, _TOP, _RIGHT, _BOTTOM = 40, 62, 260, 200  # the corners of its curve
_STYLE = (
    "text{font:12px sans-serif;fill:#333;stroke:#fff;stroke-width:3;paint-order:stroke}"
    ".title{font-weight:bold}.note{font-size:11px;fill:#777}"
    ".curve{fill:none;stroke:#1f6fb2;stroke-width:2}circle{fill:#1f6fb2}"
    ".level{stroke:#bbb;stroke-dasharray:4 3}.floor{stroke:#333}"
)


@dataclasses.dataclass(frozen=True)
class Panel:
    """A curve over points at equal distances.

    Attributes:
      title: str.
      labels: list of str, one a point, below the axis.
      values: list of float, 0 or more and one above it.
      notes: list of str, one a point, below the labels.
      level: float, where a dashed line lies.
    """

    title: str
    labels: list
    values: list
    notes: list
    level: float


def svg(title, panels):
    """A picture of panels side by side.

    Args:
      title: str.
      panels: list of Panel.
    Returns: str.
    """
    width, height = _WIDTH * len(panels), _HEIGHT + _TOP
    drawn = [_text(_LEFT - 15, 24, title, "", "start")]
    for number, panel in enumerate(panels):
        drawn += [f'<g transform="translate({_WIDTH * number})">', *_panel(panel), "</g>"]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">',
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>',
        *drawn,
        "</svg>\n",
    ])  # fmt: skip


def _panel(panel):
    step = (_RIGHT - _LEFT) / max(len(panel.values) - 1, 1)
    places = [
        (_LEFT + step * number, _height(panel, value)) for number, value in enumerate(panel.values)
    ]
    level, curve = _height(panel, panel.level), " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    drawn = [
        _text((_LEFT + _RIGHT) / 2, 46, panel.title, "title"),
        f'<path class="floor" d="M{_LEFT - 15} {_BOTTOM}H{_RIGHT + 15}"/>',
        f'<path class="level" d="M{_LEFT - 15} {level:.1f}H{_RIGHT + 15}"/>',
        f'<polyline class="curve" points="{curve}"/>',
    ]
    for (x, y), value, label, note in zip(
        places, panel.values, panel.labels, panel.notes, strict=True
    ):
        drawn += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>',
            _text(x, y - 8, f"{value:,.0f}"),
            _text(x, _BOTTOM + 17, label),
            _text(x, _BOTTOM + 32, note, "note"),
        ]
    return drawn


def _height(panel, value):
    return _BOTTOM - (_BOTTOM - _TOP - 14) * value / max(*panel.values, panel.level)


def _text(x, y, text, kind="", anchor="middle"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">'
        f"{saxutils.escape(text)}</text>"
    )
