"""Use an entitlement twice

What the trader wants: one letter of the office, many appointments.
What a buyer would pay: as for any entitlement.
How it is tried: the applicant claims it; then other people of the same name and the same birth date, born
elsewhere, claim the same reference, each with two accounts.
What stops it: it is claimed once, and is that human's from then on, for one appointment.
"""

from dataclasses import replace

from entitlements import claim, post
from market import Outcome
from people import somebody
from provider import bundid, eid


def play(market):
    applicant, reference = somebody(born="1988-04-06"), "LEA-2026-002001"
    post(market, reference, applicant)
    assert claim(market.log_in(eid(applicant)), reference)
    others = [replace(applicant, place=place) for place in ("Kiel", "Mainz", "Erfurt", "Potsdam")]
    again = [claim(market.log_in(account(it)), reference) for it in others for account in (eid, bundid)]
    return Outcome(len(again), sum(again), 0)
