"""Be there before the customer

What the trader wants: to sit in the account of people who have not come yet, see their appointments and
give them up when a buyer wants the seat.
What a buyer would pay: the price of a seat on demand; and the victim pays to be let alone.
How it is tried: the trader makes a password account that says the victim's name, birth date and place, and
stays logged in. Later the victim logs in with the card for the first time, and books.
What stops it: who only says a name passes nothing on to whoever proves it: another person, another
session, other mail.
"""

from market import Outcome
from people import somebody
from provider import PASSWORD, bundid, eid


def play(market):
    tries, taken = 0, 0
    for account in (eid, bundid):
        victim = somebody()
        trader = market.log_in(bundid(victim, PASSWORD, email="trader@example.org"))
        trader.bookings()
        hers = market.log_in(account(victim))
        booking = hers.book(market.some_seat())
        seen = any(it["id"] == booking["id"] for it in trader.bookings())
        mail = hers.identity("GET", "/contact").json().get("email") == "trader@example.org"
        cancelled = trader.cancel(booking).status_code == 200
        tries += 3
        taken += seen + mail + cancelled
    return Outcome(tries, taken, 0, "sees, gets the mail, cancels")
