"""One human who tries to be two."""

from market import Outcome
from people import Refused


def play(market, pairs):
    """Books with the first account of each pair, then with the second: successes are second appointments. Whoever opens
    a case may have one that is marked, until the desk has compared the documents."""
    tries, doubled, in_doubt = 0, 0, 0
    for first, second in pairs:
        market.log_in(first).book(market.some_seat())
        tries += 1
        try:
            other = market.log_in(second)
        except Refused:
            continue
        in_doubt += other.case is not None
        held = other.hold(market.some_seat())
        doubled += held.status_code == 201 and other.confirm(held.json()).status_code == 201
    return Outcome(tries, doubled, in_doubt, "marked, decided at the visit" if in_doubt else "")
