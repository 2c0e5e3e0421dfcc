# Leichte Sprache: ein Gedanke je Satz.

thousands-sign = { "." }
decimal-sign = ,
percent = { $number } %

statistics-link = Zahlen zu den Terminen von diesem Amt
statistics-title = Wie schnell bekommt man einen Termin?
statistics-lead = Hier stehen Zahlen zu den Terminen. Jeder darf sie sehen. Man kann keine Person erkennen.
statistics-within = Termine in 14 Tagen oder schneller
statistics-waiting = So viele Tage wartet man auf einen Termin
statistics-missed = Termine ohne Besuch
statistics-phone = Termine am Telefon
statistics-booked = Alle Termine
statistics-month = Monat
statistics-value = Zahl
statistics-service = Wofür
statistics-by-service = Wofür die Termine waren: { $month }
statistics-too-few = zu wenige
statistics-download = Zahlen als Datei laden (CSV)
statistics-none = Es gibt noch keine Zahlen. Die ersten Zahlen kommen eine Woche nach dem Monat.
statistics-how = So zählen wir
statistics-how-month = Erst muss der Monat vorbei sein. Eine Woche später stehen die Zahlen hier.
statistics-how-small = Sehr kleine Zahlen zeigen wir nicht. Das sind 1, 2, 3 und 4. So erkennt man keine Person. Die großen Zahlen stimmen darum nur ungefähr.
statistics-how-waiting = Wie lange man wartet, zählen wir an manchen Tagen. An diesen Tagen gibt es 5 Termine oder mehr.
statistics-how-services = Manche machen 2 Sachen in einem Termin. Dann zählen wir 2 Termine.
