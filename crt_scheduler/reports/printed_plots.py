"""The plots of a printed report: calm bars, painted off screen; the same figures give the same picture."""

from __future__ import annotations

import io
import logging
from typing import Any

from crt_scheduler.publish.fonts import shipped_for
from crt_scheduler.reports.printed import Table

TEXT, QUIET, HAIRLINE, BAR = "#171A21", "#5B6270", "#E1E4E9", "#5B6BC2"
WIDE, TALL = 3.55, 1.75
"""Inches."""
MOST_LABELS, ROOM = 13, 80
"""Labels under the bars, and letters in all."""


def bars(table: Table) -> bytes:
    """Return a table's plot as a PNG; matplotlib is imported here, on use."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties, fontManager

    fonts = shipped_for([name for name, _ in table.bars] + [table.axis, table.plot])
    for path in fonts:
        fontManager.addfont(path)
    families = [FontProperties(fname=path).get_name() for path in fonts]
    style: Any = {"font.family": families, "font.size": 6.5, "text.color": TEXT}
    with matplotlib.rc_context(style):
        figure: Any = Figure(figsize=(WIDE, TALL), facecolor="white")
        FigureCanvasAgg(figure)
        _draw(figure.subplots(), table)
        figure.subplots_adjust(left=0.115, right=0.995, top=0.97, bottom=0.21)
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=220, metadata={"Software": None})
    return out.getvalue()


def _draw(plot: Any, table: Table) -> None:
    names, values = [name for name, _ in table.bars], [value for _, value in table.bars]
    plot.bar(range(len(values)), values, width=0.78, color=BAR)
    letters = sum(len(name) + 2 for name in names)
    step = max(1, -(-len(names) // MOST_LABELS), -(-letters // ROOM))
    plot.set_xticks(range(0, len(names), step), names[::step])
    plot.set_xlabel(table.axis, color=QUIET)
    plot.set_ylabel("%" if table.is_share else table.plot, color=QUIET)
    plot.set_ylim(0, 100 if table.is_share else None)
    plot.margins(x=0.01)
    plot.yaxis.get_major_locator().set_params(integer=True)
    for side in plot.spines.values():
        side.set_visible(False)
    plot.tick_params(length=0, colors=QUIET)
    plot.tick_params(axis="x", labelsize=5.5 if max(map(len, names), default=0) > 6 else 6.5)
    plot.set_axisbelow(True)
    plot.grid(axis="y", color=HAIRLINE, linewidth=0.7)
