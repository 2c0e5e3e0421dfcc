# Suchen und finden, in Leichter Sprache.

search-results = Das haben wir gefunden
search-nearest = Genau das haben wir nicht gefunden. Vielleicht macht das hier kein Amt. Vielleicht passt etwas davon. Darunter steht alles.
search-nothing = Wir haben nichts gefunden. Diese Ämter machen das wohl nicht.
search-elsewhere = Vielleicht macht das ein anderes Amt. Fragen Sie am Telefon:
search-own = Haben Sie schon einen Termin?
search-own-body = Hier sehen Sie ihn. Hier können Sie ihn verschieben oder absagen:
search-page-title = Suche: { $query }

service-about = Was Sie mitbringen und was es kostet
service-times = Freie Termine ansehen
service-draws = Zu den Verlosungen
service-wait = Nächster freier Termin
service-how = So bekommen Sie einen Termin
service-wait-unknown = Das wissen wir gerade nicht.
service-prerequisites = Das muss so sein
service-forms = Formulare: Das müssen Sie ausfüllen
service-fee = Das kostet es
service-appointment = Der Termin
service-length = { $minutes ->
        [one] Der Termin dauert 1 Minute.
       *[other] Der Termin dauert { $minutes } Minuten.
    }
service-duration = So lange dauert es nach dem Termin
service-online = Das geht auch im Internet
service-online-link = Zur Seite im Internet
service-link = Mehr auf der Seite vom Amt
service-not-stated = Schauen Sie auf die Seite vom Amt. Oder rufen Sie an: 115.
service-source = Das steht auf { $site }. Stand: { $date }
service-level = So buchen Sie den Termin

place-map = Karte (OpenStreetMap)
place-access = Barriere·freiheit
place-distance = ungefähr { $km } km weit weg
place-people = { $max ->
        [one] Hier kann nur 1 Mensch zu einem Termin kommen.
       *[other] Hier können höchstens { $max } Menschen zusammen kommen.
    }

days-page-title = { $service }: freie Termine
near-label = Ihre Post·leit·zahl
near-hint = Das sind 5 Ziffern, zum Beispiel 10178. Dann sehen Sie zuerst die Orte in Ihrer Nähe.
near-button = Orte in der Nähe zeigen
near-unknown = Diese Post·leit·zahl kennen wir nicht. Schreiben Sie 5 Ziffern. Die Post·leit·zahl muss in Berlin sein.
near-source = Die Entfernung ist ungefähr. Die Orte kommen von OpenGeoDB.
near-anywhere = Überall suchen

days-calendar = Kalender
days-more = Mehr Tage sehen Sie im Kalender.
days-marks = „wenig“ heißt: Es gibt nur noch wenige Uhr·zeiten. „voll“ heißt: Alles ist weg. „zu“ heißt: Das Amt ist zu.
days-unmarked = Andere Tage können Sie noch nicht buchen. Oder sie sind schon vorbei.
days-today = heute
days-tomorrow = morgen
days-times = { $count ->
        [one] 1 freie Uhr·zeit
       *[other] { $count } freie Uhr·zeiten
    }
days-some-times = freie Uhr·zeiten
days-few = fast voll
days-mark-today = heute
days-mark-few = wenig
days-mark-full = voll
days-mark-closed = zu

day-more = { $count ->
        [one] Noch 1 Uhr·zeit
       *[other] Noch { $count } Uhr·zeiten
    }
day-earlier = { $count ->
        [one] 1 Uhr·zeit davor
       *[other] { $count } Uhr·zeiten davor
    }
day-more-places = { $count ->
        [one] Noch 1 Ort
       *[other] Noch { $count } Orte
    }
day-all-places = Alle Orte
day-none-here = Hier ist an diesem Tag nichts mehr frei.
