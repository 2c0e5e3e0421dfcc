"""Hand over by giving up a hold

What the trader wants: to pass a seat on to the buyer in the moment in which it is paid for.
What a buyer would pay: the whole price. This is how seats are sold where a hold that ends is free at once.
How it is tried: the seller holds and gives up; the buyer knows the seat and asks for nothing else, with the
help of mules, against people who only look.
What stops it: the seat returns at a random moment within minutes, and asking for what is taken backs off. The
buyer gains no more than one more person who looks, and each mule no more than one more.
"""

import hand_over


def give_up(market, seller, seat, other):
    held = seller.hold(seat)
    assert held.status_code == 201, held.text
    assert seller.release(held.json()).status_code == 204


def play(market):
    return hand_over.play(market, give_up)
