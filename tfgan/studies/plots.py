"""Charts by Matplotlib in one light style, as SVG text that refers to no file and no font file."""

import io

# Okabe and Ito: distinguishable by color-blind readers too.
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#8a6d00", "#444444")

_STYLE = {
    "axes.axisbelow": True, "axes.grid": True, "axes.spines.right": False, "axes.spines.top": False,
    "axes.formatter.useoffset": False, "axes.unicode_minus": True,
    "axes.titlelocation": "left", "axes.titlepad": 10.0,
    "axes.titlesize": 10.0, "axes.titleweight": "bold",
    "axes.edgecolor": "#777777", "axes.labelcolor": "#333333", "grid.color": "#e8e8e8",
    "xtick.color": "#555555", "ytick.color": "#555555",
    "font.size": 9.0, "legend.frameon": False, "lines.linewidth": 1.6,
    "svg.fonttype": "none", "svg.hashsalt": "tfgan",
}  # fmt: skip


def svg(draw, *, width, height, panels=1, title=""):
    """A picture as SVG text: str.

    Args:
      draw: function (axes, ...), called once with the `matplotlib.axes.Axes` of every panel.
      width: float, of the picture, in inches.
      height: float, in inches.
      panels: int, side by side.
      title: str, above all panels.
    """
    import matplotlib
    from matplotlib import cycler, figure

    stream = io.StringIO()
    with matplotlib.rc_context(_STYLE | {"axes.prop_cycle": cycler(color=COLORS)}):
        picture = figure.Figure(figsize=(width, height), layout="constrained")
        if title:
            picture.suptitle(title, x=0.01, ha="left", fontsize=9.0)
        draw(*picture.subplots(1, panels, squeeze=False)[0])
        picture.savefig(stream, format="svg", metadata={"Date": None})
    return stream.getvalue()
