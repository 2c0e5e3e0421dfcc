# Die Seiten, auf denen man sich anmeldet. Anrede: Sie. Kurze Sätze, zuerst was zu tun ist.

site-name = Termine Berlin
languages = Sprache
error-prefix = Fehler:
banner-official = Offizielle Website von Berliner Behörden
banner-demonstration = Vorführung: keine Website einer Behörde, alle Personen und Termine sind erfunden
cancel = Abbrechen
back = Zurück
to-portal = Zur Startseite der Terminbuchung

choice-title = Wie möchten Sie sich anmelden?
choice-intro = Ein Termin gehört zu einer Person. Darum müssen wir wissen, wer Sie sind. Welchen Weg Sie wählen, ist egal: Für uns sind Sie immer dieselbe Person.
choice-intro-substantial = Ein Termin gehört zu einer Person. Darum müssen wir wissen, wer Sie sind. Hier brauchen Sie den Online-Ausweis oder ein ELSTER-Zertifikat, also Ihre Datei vom Finanzamt. Benutzername und Passwort genügen nicht.
choice-intro-high = Ein Termin gehört zu einer Person. Darum müssen wir wissen, wer Sie sind. Hier brauchen Sie den Online-Ausweis: Personalausweis, eID-Karte oder elektronischer Aufenthaltstitel mit PIN. ELSTER oder ein Benutzername genügen nicht.
ways-substantial = Mit Online-Ausweis oder ELSTER
ways-high = Mit Online-Ausweis
choice-none = Sie haben nichts davon? Rufen Sie an, oder gehen Sie ins Amt: Dort bekommen Sie einen Termin zu denselben Bedingungen.

allow-title = { $program } möchte für Sie buchen
allow-intro = Wenn Sie sich hier anmelden, kann { $program } { $minutes } Minuten lang für Sie handeln. Das Programm kann Ihre Termine sehen, buchen, verschieben und absagen. Es erfährt Ihren Namen und Ihr Geburtsdatum. Wenn Sie das nicht möchten, wählen Sie „Abbrechen“.

failure-title = Sie sind nicht angemeldet
wrong-link = Dieser Link ist nicht gültig.
    .do = Bitte beginnen Sie neu auf der Seite, auf der Sie Termine buchen.
no-page = Diese Seite gibt es nicht
    .what = Die Adresse ist falsch, oder die Seite ist umgezogen.
    .do = Bitte beginnen Sie neu auf der Seite, auf der Sie Termine buchen.
no-cookies = Ihr Browser nimmt unser Cookie nicht an.
    .do = Bitte erlauben Sie in den Einstellungen Ihres Browsers Cookies für diese Website und beginnen Sie die Anmeldung noch einmal. Wir brauchen sie nur für die Anmeldung. Oder rufen Sie 115 an.
cookies-again = Sehen Sie diese Seite noch einmal? Dann erlauben Sie bitte in den Einstellungen Ihres Browsers Cookies für diese Website. Wir brauchen sie nur für die Anmeldung.
expired = Diese Anmeldung ist abgelaufen oder wurde in einem anderen Browser begonnen.
    .do = Bitte beginnen Sie die Anmeldung noch einmal.
cancelled = Die Anmeldung wurde abgebrochen.
    .do = Sie können es noch einmal versuchen oder einen anderen Weg wählen.
online-id-needed = Für diesen Schritt brauchen Sie den Online-Ausweis.
    .do = Bitte melden Sie sich mit dem Online-Ausweis an: Personalausweis, eID-Karte oder elektronischer Aufenthaltstitel mit PIN. Wenn Sie ihn nicht haben, hilft Ihnen das Amt am Schalter oder unter der Telefonnummer 115.
level-too-low = Diese Anmeldung reicht für diesen Schritt nicht.
    .do = Bitte melden Sie sich mit dem Online-Ausweis an, oder mit ELSTER, Ihrer Datei vom Finanzamt. Wenn Sie beides nicht haben, hilft Ihnen das Amt am Schalter oder unter der Telefonnummer 115.
incomplete = Die Anmeldung hat nicht alle Angaben geliefert, die wir brauchen.
    .do = Bitte wählen Sie einen anderen Weg, zum Beispiel den Online-Ausweis. Oder rufen Sie 115 an.
no-role = Mit diesem Konto können Sie hier nicht arbeiten.
    .do = Bitte fragen Sie in Ihrem Amt, wer dort Rechte vergibt.
too-old = Ihre Anmeldung liegt zu lange zurück.
    .do = Bitte melden Sie sich noch einmal an.
provider-away = Der Anmeldedienst antwortet im Moment nicht richtig.
    .do = Bitte versuchen Sie es in ein paar Minuten wieder oder wählen Sie einen anderen Weg.
answer-refused = Der Anmeldedienst hat uns eine fehlerhafte Antwort geschickt. Zu Ihrer Sicherheit haben wir sie nicht angenommen.
    .do = Bitte beginnen Sie die Anmeldung noch einmal. Wenn es wieder geschieht, rufen Sie 115 an.
our-fault = Bei uns ist etwas schiefgegangen.
    .do = Bitte versuchen Sie es in ein paar Minuten wieder.

goodbye-title = Sie sind abgemeldet
goodbye-text = Sie können dieses Fenster schließen.
goodbye-nobody = Hier war niemand angemeldet
goodbye-nobody-text = Möchten Sie sich im Portal abmelden? Gehen Sie zurück und drücken Sie dort auf „Abmelden“.

# Nur in der Vorführung

simulation-note = Das ist eine Simulation mit erfundenen Personen. Wählen Sie, wessen Ausweis Sie an das Telefon halten.
online-id = Online-Ausweis
new-online-id = Neuer Online-Ausweis
elster = ELSTER-Zertifikat
password = Benutzername und Passwort
