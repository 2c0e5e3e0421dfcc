# Zahlen zu den Terminen einer Behörde.

thousands-sign = { "." }
decimal-sign = ,
percent = { $number } %

statistics-link = Zahlen zu den Terminen dieser Behörde
statistics-title = Wie schnell gibt es Termine?
statistics-lead = Das veröffentlicht diese Behörde über ihre Termine. Niemand ist in den Zahlen zu erkennen.
statistics-within = Termine innerhalb von 14 Tagen
statistics-waiting = Tage bis zum Termin, im Durchschnitt
statistics-missed = Termine, zu denen niemand kam
statistics-phone = Am Telefon gebuchte Termine
statistics-booked = Gebuchte Termine
statistics-month = Monat
statistics-value = Wert
statistics-service = Anliegen
statistics-by-service = Nach Anliegen: { $month }
statistics-too-few = zu wenige
statistics-download = Als Tabelle herunterladen (CSV)
statistics-none = Noch ist kein Monat ausgezählt. Der erste erscheint eine Woche nach seinem Ende.
statistics-how = So entstehen die Zahlen
statistics-how-month = Ein Monat steht hier ab dem achten Tag nach seinem Ende. Dann ändert sich nichts mehr.
statistics-how-small = Anzahlen von 1 bis 4 zeigen wir nicht, damit niemand zu erkennen ist. Summen können deshalb etwas abweichen.
statistics-how-waiting = Wartezeiten zählen wir an Tagen mit mindestens 5 Terminen für ein Anliegen an einem Ort.
statistics-how-services = Wer zwei Anliegen in einem Termin erledigt, zählt bei beiden.
