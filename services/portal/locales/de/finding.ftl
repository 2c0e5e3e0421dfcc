# Suchen und finden: Ergebnisse, Seite eines Anliegens, Orte, Tage und Uhrzeiten.

search-results = Ergebnisse
search-nearest = Genau das haben wir nicht gefunden. Vielleicht bietet es hier keine Behörde an. Am nächsten kommen diese Anliegen. Darunter stehen alle.
search-nothing = Dazu haben wir nichts gefunden. Diese Behörden bieten es wohl nicht an.
search-elsewhere = Vielleicht macht es eine andere Behörde. Fragen Sie am Telefon:
search-own = Haben Sie schon einen Termin?
search-own-body = Hier können Sie ihn ansehen, verschieben oder absagen:
search-page-title = Suche: { $query }

service-about = Unterlagen, Gebühr und mehr
service-times = Freie Termine ansehen
service-draws = Zu den Verlosungen
service-wait = Nächster freier Termin
service-how = So bekommen Sie einen Termin
service-wait-unknown = Das lässt sich gerade nicht sagen.
service-prerequisites = Voraussetzungen
service-forms = Formulare
service-fee = Gebühr
service-appointment = Der Termin
service-length = { $minutes ->
        [one] Er dauert 1 Minute.
       *[other] Er dauert { $minutes } Minuten.
    }
service-duration = Bearbeitungszeit danach
service-online = Im Internet erledigen
service-online-link = Zum Online-Dienst
service-link = Mehr dazu auf der Seite der Behörde
service-not-stated = Sehen Sie auf der Seite der Behörde nach, oder rufen Sie 115 an.
service-source = Quelle: { $site }, Stand: { $date }
service-level = So buchen Sie

place-map = Karte (OpenStreetMap)
place-access = Barrierefreiheit
place-distance = etwa { $km } km entfernt
place-people = { $max ->
        [one] Hier kann zu einem Termin nur 1 Person kommen.
       *[other] Hier können höchstens { $max } Personen zusammen kommen.
    }

days-page-title = { $service }: freie Termine
near-label = Postleitzahl
near-hint = Fünf Ziffern, zum Beispiel 10178. Die nächsten Orte stehen dann zuerst.
near-button = Orte in der Nähe zeigen
near-unknown = Diese Postleitzahl kennen wir nicht. Geben Sie die fünf Ziffern einer Berliner Postleitzahl ein.
near-source = Entfernungen in Luftlinie, von der Mitte der Postleitzahl. Koordinaten: OpenGeoDB.
near-anywhere = Überall suchen

days-calendar = Kalender
days-more = Weitere Tage stehen im Kalender.
days-marks = „wenig“: nur noch wenige Zeiten. „voll“: alles vergeben. „zu“: geschlossen.
days-unmarked = Tage ohne Rahmen und ohne Wort: noch nicht buchbar oder schon vorbei.
days-today = heute
days-tomorrow = morgen
days-times = { $count ->
        [one] 1 freie Zeit
       *[other] { $count } freie Zeiten
    }
days-some-times = freie Zeiten
days-few = fast voll
days-mark-today = heute
days-mark-few = wenig
days-mark-full = voll
days-mark-closed = zu

day-more = { $count ->
        [one] 1 weitere Zeit
       *[other] { $count } weitere Zeiten
    }
day-earlier = { $count ->
        [one] 1 frühere Zeit
       *[other] { $count } frühere Zeiten
    }
day-more-places = { $count ->
        [one] 1 weiterer Ort
       *[other] { $count } weitere Orte
    }
day-all-places = Alle Orte
day-none-here = Hier ist an diesem Tag nichts mehr frei.
