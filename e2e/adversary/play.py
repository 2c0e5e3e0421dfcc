"""Plays every attack against running services, prints the table, and fails on any success beyond what is allowed.

    play.py WORK [--only NAME...] [--known] [--markdown FILE]

WORK is a folder that `fairtermin demo-config` wrote. An attack that is known to succeed has a line OPEN with the
cause; --known lets it pass as long as it does, so that the suite fails on everything new.
"""

import argparse
import importlib
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from market import Market
from office import IS_OLDER

# Those that wait for seats to return play while the others do.
ORDER = """
hand_over_by_expiry hand_over_by_hold hand_over_by_cancelling hand_over_by_moving hand_over_by_the_desk
booking_to_order park_by_holding_again blank_a_market name_at_confirm name_at_move pre_hijack ghost_hold
guess_an_entitlement reuse_an_entitlement sell_an_entitlement second_account second_card second_spelling
case_on_purpose rented_password_account relinked_card ended_log_in ended_log_in_at_a_new_replica stolen_code stolen_token
stolen_agency_token stolen_hold_token stolen_cookie token_of_another_authority clerk_invents_people clerk_redirects_mail
clerk_sells_staff_seats clerk_jumps_the_queue four_eyes_with_one_pair merge_at_the_desk merge_by_a_forged_event
tracked_across_authorities is_somebody_known enumerate_bookings cool_down_evaded stacked_by_served
walk_in_together
""".split()


class Played:
    """What came of one attack."""

    def __init__(self, name, market):
        module = importlib.import_module(f"attacks.{name}")
        self.name, self.title = name, module.__doc__.splitlines()[0]
        self.is_prevented = getattr(module, "PREVENTED", True)
        self.cause = None if IS_OLDER else getattr(module, "OPEN", None)
        begun = time.monotonic()
        try:
            self.outcome, self.error = module.play(market), None
        except Exception:
            self.outcome, self.error = None, traceback.format_exc()
        self.seconds = time.monotonic() - begun

    @property
    def verdict(self):
        if self.error:
            return "BROKEN"
        if not self.is_prevented:
            return "not prevented"
        if self.outcome.successes <= self.outcome.allowed:
            return "holds"
        return "SUCCEEDS, known" if self.cause else "SUCCEEDS"

    @property
    def row(self):
        tries, successes, allowed, note = self.outcome or ("", "", "", "")
        allowed = "-" if not self.is_prevented else allowed
        return [self.title, *map(str, (tries, successes, allowed)), self.verdict, note]


def table(played):
    head = ["attack", "tries", "successes", "allowed", "verdict", "note"]
    rows = [head, ["---"] * len(head), *(it.row for it in played)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("work")
    arguments.add_argument("--only", nargs="*", default=[])
    arguments.add_argument("--known", action="store_true")
    arguments.add_argument("--markdown")
    options = arguments.parse_args()
    names = [name for name in ORDER if not options.only or any(it in name for it in options.only)]
    slow = [name for name in names if name.startswith(("hand_over", "booking_to_order"))]
    with Market(options.work) as market, ThreadPoolExecutor(len(slow) or 1) as beside:
        waiting = [beside.submit(Played, name, market) for name in slow]
        played = [Played(name, market) for name in names if name not in slow]
        played = [it.result() for it in waiting] + played
    played.sort(key=lambda it: ORDER.index(it.name))
    text = table(played)
    print(text, end="")
    if options.markdown:
        Path(options.markdown).write_text(text)
    for it in played:
        print(f"{it.seconds:6.1f} s  {it.name}", file=sys.stderr)
        if it.error:
            print(f"{it.name}:\n{it.error}", file=sys.stderr)
    sys.exit(judge(played, options.known))


def judge(played, lets_known_pass):
    """Whether this run fails, and why."""
    failed = False
    for it in played:
        if it.verdict == "BROKEN":
            failed = True
        elif it.verdict == "SUCCEEDS":
            # Against the older edition they are meant to.
            failed = failed or not IS_OLDER
        elif it.verdict == "SUCCEEDS, known":
            print(f"known: {it.title}: {it.cause}", file=sys.stderr)
            failed = failed or not lets_known_pass
        elif it.cause:
            print(f"{it.name} no longer succeeds: remove its line OPEN", file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    main()
