"""Rent a password account

What the trader wants: the accounts of people who sell their password: to read, give up and move what they
booked with the card, when it suits the trader.
What a buyer would pay: rent by the month; accounts of all kinds are sold.
How it is tried: the owner books with the card. The trader logs in to the same account by password: holds,
reads, cancels, moves, and sets another mail address.
What stops it: the level that a service asks for counts for everything that is done with an appointment.
"""

from market import Outcome
from people import somebody
from provider import PASSWORD, bundid


def play(market):
    owner = somebody()
    account = bundid(owner, email="owner@example.org")
    first = market.log_in(account)
    booking = first.book(market.some_seat())
    trader = market.log_in(bundid(owner, PASSWORD, key=account.claims["bPK2"]))
    done = {
        "holds": market.log_in(bundid(somebody(), PASSWORD)).hold(market.some_seat()).status_code == 201,
        "reads the list": any(it["id"] == booking["id"] for it in trader.bookings()),
        "reads it": trader.call("GET", f"/v1/bookings/{booking['id']}").status_code == 200,
        "moves": trader.hold(market.some_seat(), replaces=booking["id"]).status_code == 201,
        "reads or states the address": trader.identity("GET", "/contact").ok
        or trader.identity("PUT", "/contact", {"email": "trader@example.org"}).ok,
        "cancels": trader.cancel(booking).status_code == 200,
    }
    note = ", ".join(what for what, worked in done.items() if worked)
    return Outcome(len(done), sum(done.values()), 0, note)
