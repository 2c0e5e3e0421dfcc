"""A second spelling

What the trader wants: two appointments for one human whose documents spell the name in two ways.
What a buyer would pay: the price of a seat.
How it is tried: umlauts and accents, hyphens, titles, apostrophes, capitals, a respelled name after a new passport,
a birth place with and without its river, a second given name left out.
What stops it: names are compared by the search form of DIN 91379; what may be another spelling is a case, and nobody is
doubled in silence. A case is worth one marked appointment until the desk has compared the documents.
"""

import itertools

import doubles
from provider import Human, bundid, eid

SPELLINGS = [
    (("Jürgen", "Müller-Lüdenscheidt", "Köln"), ("JUERGEN", "MUELLER LUEDENSCHEIDT", "KOELN")),
    (("José", "Núñez", "Bogotá"), ("Jose", "Nunez", "Bogota")),
    (("Sean", "O'Neill", "Cork"), ("SEAN", "ONEILL", "CORK")),
    (("Anna", "Schmidt", "Bonn"), ("Dr. Anna", "Schmidt", "Bonn")),
    (("Iwan", "Petrow", "Minsk"), ("Ivan", "Petrov", "Minsk")),
    (("Muhammad", "al-Hassan", "Homs"), ("Mohammed", "al-Hassan", "Homs")),
    (("Jana", "Vogt", "Frankfurt"), ("Jana", "Vogt", "Frankfurt am Main")),
    (("Marlene Sophie", "Kranz", "Trier"), ("Marlene", "Kranz", "Trier")),
    (("Erika", "Müller", "Köln"), ("Erika", "Muller", "Köln")),
    (("Özgür", "Yıldız", "İzmir"), ("OEZGUER", "YILDIZ", "IZMIR")),
]


def play(market):
    days = (f"1984-{month:02}-{day:02}" for month in (3, 5, 9) for day in range(2, 28))
    pairs, accounts = [], itertools.cycle([(eid, bundid), (bundid, eid)])
    for (one, other), born, (first, second) in zip(SPELLINGS, days, accounts):
        humans = [Human(given, family, born, place) for given, family, place in (one, other)]
        pairs.append((first(humans[0]), second(humans[1])))
    return doubles.play(market, pairs)
