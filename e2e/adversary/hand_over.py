"""A seller gives a seat up for a buyer who knows which one. What does knowing it gain?

N people look once a second at everything and hold what they see. The buyer looks as they do, and asks for the
one seat: in every other try as often as the service lets them, in the others once, at the moment that was
agreed. M mules look too and tell the buyer at once. Whatever the buyer's side does, it must gain no more than M
more people who look: a share of (M+1)/(N+M+1).
"""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from chance import most_allowed
from market import Outcome

LOOK = 1.0
# Nothing takes longer: hold, window, tick and a busy machine.
LONGEST = 90
# Pairs of N and M, one try each.
SHORT = [(8, 0)] * 6 + [(8, 4)] * 2


class Try:
    def __init__(self, market, give_up, viewers, mules, is_patient=False):
        self.market, self.give_up, self.is_patient = market, give_up, is_patient
        self.viewers, self.mules = viewers, mules
        self.seat, self.other = market.place()
        self.over, self.tip = threading.Event(), threading.Event()
        self.lock, self.winner = threading.Lock(), None

    def won(self, side):
        with self.lock:
            self.winner = self.winner or side
        self.over.set()

    def sees(self):
        return self.market.free("passport", self.seat["location"])

    def look(self, person, side, tells=False):
        self.over.wait(random.random() * LOOK)
        while not self.over.is_set():
            if self.sees():
                if tells:
                    self.tip.set()
                elif (held := person.hold(self.seat)).status_code == 201:
                    self.won(side)
                    person.release(held.json())
            self.over.wait(LOOK)

    def ask(self, buyer):
        """Asks for the one seat, and at once when a mule has seen it."""
        while not self.over.is_set():
            answer = buyer.hold(self.seat)
            if answer.status_code == 201:
                return self.won("buyer")
            # After a wait that the answer names, it asks again; without one, at once.
            wait = LONGEST if self.is_patient else int(answer.headers.get("retry-after", 0)) or 0.05
            self.tip.clear()
            until = time.monotonic() + wait
            while time.monotonic() < until and not self.over.is_set() and not self.tip.wait(0.05):
                pass

    def play(self):
        market = self.market
        # All are logged in before the seat is given up.
        seller, buyer = market.person(), market.person()
        with market.crowd(self.viewers + self.mules) as crowd:
            return self.play_with(seller, buyer, crowd)

    def play_with(self, seller, buyer, crowd):
        market, honest, mules = self.market, crowd[: self.viewers], crowd[self.viewers :]
        self.give_up(market, seller, self.seat, self.other)
        jobs = [(self.ask, buyer), (self.look, buyer, "buyer")]
        jobs += [(self.look, it, "honest") for it in honest]
        jobs += [(self.look, it, "buyer", True) for it in mules]
        threads = [threading.Thread(target=job[0], args=job[1:], daemon=True) for job in jobs]
        for thread in threads:
            thread.start()
        assert self.over.wait(LONGEST), "the seat never returned"
        for thread in threads:
            thread.join()
        return self.winner == "buyer"


def wins(market, give_up, tries, at_once=2, kind=Try):
    """How many of these tries the buyer's side wins."""
    all = [kind(market, give_up, *it, is_patient=number % 2) for number, it in enumerate(tries)]
    with ThreadPoolExecutor(at_once) as pool:
        return sum(pool.map(lambda it: it.play(), all))


def play(market, give_up, tries=SHORT, at_once=2):
    shares = [(mules + 1) / (viewers + mules + 1) for viewers, mules in tries]
    won = wins(market, give_up, tries, at_once)
    note = f"chance: {sum(shares):.1f}; N, M: {', '.join(f'{n}, {m}' for n, m in sorted(set(tries)))}"
    return Outcome(len(tries), won, most_allowed(shares), note)
