"""Book to order, with the customer's own log-in

What the trader wants: to sell not a seat but a service: a program that looks all day and books in the customer's
name, with the customer's log-in.
What a buyer would pay: what the waiting is worth to them.
How it is tried: the program looks ten times a second; four people look once a second by hand; a seat returns.
What stops it: nothing. It is the customer who books, for themselves, and whoever comes first is served first. The
measured share says what looking faster is worth; a draw, in which all who asked have the same chance, takes
that away.
"""

import hand_over
from market import Outcome

PREVENTED = False
VIEWERS, TRIES = 4, 8


class Order(hand_over.Try):
    def ask(self, customer):
        """In place of asking: look fast."""
        while not self.over.wait(hand_over.LOOK / 10):
            if self.sees() and customer.hold(self.seat).status_code == 201:
                return self.won("buyer")


def give_up(market, seller, seat, other):
    assert seller.cancel(seller.book(seat)).ok


def play(market):
    won = hand_over.wins(market, give_up, [(VIEWERS, 0)] * TRIES, kind=Order)
    fair = 1 / (VIEWERS + 1)
    return Outcome(TRIES, won, "", f"share {won / TRIES:.2f}; one of {VIEWERS + 1} who look alike: {fair:.2f}")
