"""What the demand view says of targets: set or not yet, affordable or short, and the label of the act."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crt_scheduler.truth.ladder import Ladder, Taken
from ui.demand.slider import percent

translate = QCoreApplication.translate


def state_words(ladder: Ladder, share: float, others: int) -> str:
    """Say whether the share shown is set, and of how many other areas' shares that are not."""
    if ladder.chosen is None and ladder.area:
        said = translate("Demand", "{area} has no target of its own. {share} is not set yet.")
    elif ladder.chosen is None:
        said = translate("Demand", "No target is set: second teams go where most calls come. {share} is not set yet.")
    elif abs(ladder.chosen - share) < 1e-9:
        said = translate("Demand", "The target is {share}.")
    else:
        said = translate("Demand", "{share} is not set yet; the target is {chosen}.")
    chosen = percent(ladder.chosen) if ladder.chosen is not None else ""
    words = said.format(area=ladder.area, share=percent(share), chosen=chosen)
    if others == 1:
        words += " " + translate("Demand", "One more target is not set yet.")
    elif others:
        words += " " + translate("Demand", "{} more targets are not set yet.").format(others)
    return words


def cost_words(taken: Taken, ladder: Ladder) -> tuple[str, str]:
    """Say whether the hours reach, with the kind of the words: good or warning."""
    if taken.is_affordable:
        return translate("Demand", "Affordable: {:,.0f} h to spare").format(ladder.kept - taken.hours), "good"
    words = translate("Demand", "Short by {short:,.0f} h: about {seats:,} seats will stay open")
    return words.format(short=taken.short, seats=taken.seats_short), "warning"


def nearest_words(taken: Taken, ladder: Ladder, *, borrowing: bool) -> str:
    """Say what the plan does with the target, and the dearest that the hours reach for."""
    if not borrowing:
        return translate("Demand", "What it would take if no area could borrow. Plans do borrow once a target is set.")
    if not ladder.promised:
        return translate("Demand", "Nobody has promised hours yet. Import people, and hours appear here.")
    if taken.is_affordable:
        return translate("Demand", "Calls cluster, so the plan aims above the target: 3 points, or half way to 100 %.")
    if ladder.nearest is None:
        return translate(
            "Demand", "One team in every shift is already more than is kept. Seats stay open where fewest calls come."
        )
    return translate("Demand", "The dearest target that is affordable: {}.").format(percent(ladder.nearest))
