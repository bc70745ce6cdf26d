"""The picture of a month's demand as a file: heat by weekday and hour, level with its band, promised and replayed."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Any

import numpy as np

from crt_scheduler import times, writing
from crt_scheduler.errors import CrtError
from crt_scheduler.places import resource
from crt_scheduler.truth.seen import Seen
from solver.wording import say_date, tr
from solver.wording.dates import weekday

ENDINGS = (".png", ".svg")
HEAT = ("#F1F3FA", "#DBE0F5", "#B9C3EC", "#8F9DDD", "#5B6BC2", "#3D4DB8")
TEXT, QUIET, HAIRLINE, WINDOW = "#171A21", "#5B6270", "#E1E4E9", "#FFFFFF"
ACCENT, BAR = "#3D4DB8", "#B9C3EC"
INCH = 96.0
COLUMNS = 4


def refuse_other_endings(file: Path) -> None:
    """Raise CrtError for a file that is neither .png nor .svg."""
    if file.suffix.lower() not in ENDINGS:
        raise CrtError(
            tr("A picture is a .png or .svg file, and {name} is neither. Name it like demand.png.", name=file.name)
        )


def draw(shown: Seen, file: Path, *, force: bool = False) -> None:
    """Write the picture; matplotlib is imported here, on use. The same values give the same file.

    Raises CrtError for a file that is neither .png nor .svg, and as `writing.write_all` does.
    """
    refuse_other_endings(file)
    writing.refuse_no_folder(file)
    writing.write(file, _drawn(shown, file.suffix.lower()), force=force)


def _drawn(shown: Seen, ending: str) -> bytes:
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib
    from matplotlib.font_manager import fontManager

    fontManager.addfont(resource("fonts", "NotoSans-Regular.ttf"))
    style: Any = {"font.family": "Noto Sans", "font.size": 7.5, "svg.hashsalt": "demand", "text.color": TEXT}
    # Without a date inside, the same picture is the same file.
    dateless: Any = {"Date": None} if ending == ".svg" else {"Software": None}
    with matplotlib.rc_context(style):
        made = io.BytesIO()
        figure(shown).savefig(made, format=ending.removeprefix("."), metadata=dateless, dpi=2 * INCH)
    return made.getvalue()


def figure(shown: Seen) -> Any:
    """Lay out the page, off screen: maps above, level and promise below."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = -(-len(shown.areas) // COLUMNS)
    figure: Any = Figure(figsize=(13.2, 2.2 + 1.75 * rows + 2.9), facecolor=WINDOW, layout="constrained")
    FigureCanvasAgg(figure)
    maps, below = figure.subfigures(2, 1, height_ratios=[1.75 * rows + 1.2, 3.4], hspace=0.03)
    figure.suptitle(tr("Demand in {month}", month=times.month_words(shown.month)), x=0.012, ha="left", fontsize=13)
    _maps(maps, shown, rows)
    level, promise = below.subplots(1, 2, width_ratios=[1.25, 1])
    _level(level, shown)
    _promise(promise, shown)
    return figure


def _maps(page: Any, shown: Seen, rows: int) -> None:
    from matplotlib.colors import ListedColormap

    columns = min(COLUMNS, len(shown.areas))
    plots = np.atleast_1d(page.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)).ravel()
    most = float(shown.heat.max(initial=0.0)) or 1.0
    image, days = None, times.week_from(shown.first)
    for plot, name, heat in zip(plots, shown.areas, shown.heat, strict=False):
        image = plot.imshow(
            heat[list(days)], cmap=ListedColormap(HEAT), vmin=0.0, vmax=most, aspect="auto", interpolation="nearest"
        )
        plot.set_title(
            tr("{name}  {sum:.1f} calls a week", name=name, sum=heat.sum()), loc="left", fontsize=9, color=TEXT
        )
        plot.set_xticks(range(0, 24, 6), [times.hour_words(hour, shown.clock) for hour in range(0, 24, 6)])
        plot.set_yticks(range(7), [weekday(day) for day in days])
        _calm(plot, grid=False)
    for plot in plots[len(shown.areas) :]:
        plot.set_axis_off()
    bar = page.colorbar(image, ax=list(plots), shrink=0.75, aspect=22, pad=0.01)
    bar.set_label(tr("Expected calls an hour"), color=QUIET)
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0, colors=QUIET)


def _level(plot: Any, shown: Seen) -> None:
    """Draw calls a month: bars that came, the step line that was expected and its band."""
    at = np.arange(len(shown.level))
    came, expected, low, high = (
        np.array([getattr(each, name) for each in shown.level]) for name in ("came", "expected", "low", "high")
    )
    plot.bar(at, came, width=0.72, color=BAR, label="logged")
    plot.bar(at, high - low, bottom=low, width=0.94, color=ACCENT, alpha=0.16, label="80 % band")
    for n in np.flatnonzero(~np.isnan(expected)):
        plot.plot(
            [n - 0.47, n + 0.47],
            [expected[n]] * 2,
            color=ACCENT,
            linewidth=2,
            label=tr("expected") if n == at[-1] else "",
        )
    plot.annotate(
        f"{expected[-1]:.0f}", (at[-1] + 0.55, expected[-1]), va="center", color=ACCENT, annotation_clip=False
    )
    step = max(1, len(at) // 12)
    shown_at = at[::-1][::step][::-1]
    plot.set_xticks(shown_at, [f"{shown.level[n].month:%b\n%Y}" if _is_first(shown, n, step) else
                               say_date(shown.level[n].month, 'month') for n in shown_at])  # fmt: skip
    plot.set_ylim(0, None)
    plot.set_title(tr("Calls a month, as logged and as forecast 45 days ahead"), loc="left", fontsize=9)
    plot.legend(frameon=False, ncols=3, loc="upper left", labelcolor=QUIET, handlelength=1.2)
    plot.margins(y=0.22)
    _calm(plot)


def _is_first(shown: Seen, n: int, step: int) -> bool:
    return n - step < 0 or shown.level[n - step].month.year != shown.level[n].month.year


def _promise(plot: Any, shown: Seen) -> None:
    plot.set_title(tr("Calls that find a team: promised against replayed"), loc="left", fontsize=9)
    if shown.replay is None:
        plot.set_axis_off()
        plot.text(
            0.0, 0.85, "No calls are logged yet, so nothing can be replayed.", transform=plot.transAxes, color=QUIET
        )
        return
    months = shown.replay.months
    at = np.arange(len(months))
    promised = np.array([100 * each.promised_p_team for each in months])
    replayed = np.array([100 * each.replayed_p_team for each in months])
    plot.step(at, promised, where="mid", color=QUIET, linewidth=1.2, linestyle=(0, (4, 2)), label="promised")
    plot.plot(at, replayed, color=ACCENT, linewidth=2, marker="o", markersize=3.5, label="replayed")
    low = min(95.0, 5.0 * np.floor(min(promised.min(), replayed.min()) / 5.0))
    plot.set_ylim(low, 100 + 0.04 * (100 - low))
    plot.set_xticks(at, [say_date(times.parse_month(each.month), "month") for each in months])
    plot.yaxis.set_major_formatter(lambda value, _: f"{value:g} %")
    plot.legend(frameon=False, ncols=2, loc="lower left", labelcolor=QUIET, handlelength=1.8)
    told = shown.replay
    words = tr(
        "{calls:,} calls: promised {promised_p_team:.1%}, replayed {replayed_p_team:.1%}",
        calls=told.calls,
        promised_p_team=told.promised_p_team,
        replayed_p_team=told.replayed_p_team,
    )
    plot.set_xlabel(words, loc="left", color=QUIET)
    _calm(plot)


def _calm(plot: Any, *, grid: bool = True) -> None:
    """Take away frames and ticks; leave hairlines."""
    for side in plot.spines.values():
        side.set_visible(False)
    plot.tick_params(length=0, colors=QUIET)
    plot.set_axisbelow(True)
    if grid:
        plot.grid(axis="y", color=HAIRLINE, linewidth=0.8)
