"""A token of another authority

What the trader wants: to use a log-in, a name or a corrupt clerk of one office at another one.
What a buyer would pay: the price of a seat at the office where seats are scarce.
How it is tried: the vehicle office's access token, statement of the name and hold token are sent to the
immigration office; its clerk reads the appointments there, cancels one and looks up a code.
What stops it: every token names the authority for which it is; keys for hold tokens are each authority's own.
"""

from market import Outcome
from people import LogIn


def play(market):
    person = market.person()
    there = person.elsewhere("kfz")
    foreign = LogIn(market, {"access_token": there.access}, "lea")
    clerk = LogIn(market, {"access_token": market.clerk(authority="kfz").access}, "lea")
    booking = market.person().book(market.some_seat())
    held = person.hold(market.some_seat()).json()
    done = [
        foreign.call("GET", "/v1/bookings").ok,
        foreign.hold(market.some_seat()).ok,
        person.confirm(held, there.attendee()).ok,
        clerk.call("GET", f"/v1/desk/bookings?code={booking['code']}").ok,
        clerk.call("GET", f"/v1/desk/bookings?location=main&date={market.day()}").ok,
        clerk.call("POST", f"/v1/desk/bookings/{booking['id']}/cancel", {}).ok,
    ]
    return Outcome(len(done), sum(done), 0)
