# Leichte Sprache: ein Gedanke je Satz, bekannte Wörter, keine Verneinung wo es geht.
# Zusammengesetzte Wörter mit Mediopunkt, wo es beim Lesen hilft.

site-name = Termine Berlin
languages = Sprache
error-prefix = Fehler:
banner-official = Das ist eine echte Seite von Ämtern in Berlin
banner-demonstration = Das ist nur zum Ausprobieren. Alle Personen und Termine sind erfunden.
cancel = Abbrechen
back = Zurück
to-portal = Zur Startseite

choice-title = Wie möchten Sie sich anmelden?
choice-intro = Ein Termin ist nur für eine Person. Deshalb müssen wir wissen: Wer sind Sie? Wählen Sie einen Weg aus. Jeder Weg ist richtig.
choice-intro-substantial = Ein Termin ist nur für eine Person. Deshalb müssen wir wissen: Wer sind Sie? Sie brauchen den Online-Ausweis oder ELSTER. Der Online-Ausweis ist zum Beispiel Ihr Ausweis mit Geheim·zahl. ELSTER ist eine Datei vom Finanz·amt. Ein Pass·wort reicht hier nicht.
choice-intro-high = Ein Termin ist nur für eine Person. Deshalb müssen wir wissen: Wer sind Sie? Sie brauchen den Online-Ausweis. Das ist zum Beispiel Ihr Ausweis mit Geheim·zahl. ELSTER oder ein Pass·wort reicht hier nicht.
ways-substantial = Mit Online-Ausweis oder ELSTER
ways-high = Mit Online-Ausweis
choice-none = Sie haben das alles nicht? Rufen Sie an. Oder gehen Sie zum Amt. Dort bekommen Sie auch einen Termin.

allow-title = { $program } möchte für Sie Termine machen
allow-intro = Melden Sie sich hier an? Dann darf { $program } Ihre Termine ansehen. Es darf auch Termine für Sie machen, verschieben und absagen. Das geht { $minutes } Minuten lang. { $program } erfährt auch Ihren Namen und Ihr Geburts·datum. Möchten Sie das nicht? Dann wählen Sie „Abbrechen“.

failure-title = Sie sind noch nicht angemeldet
wrong-link = Dieser Link ist falsch.
    .do = Gehen Sie zurück zur Seite mit den Terminen. Fangen Sie dort neu an.
no-page = Diese Seite gibt es nicht
    .what = Die Adresse ist falsch.
    .do = Gehen Sie zurück zur Seite mit den Terminen. Fangen Sie dort neu an.
no-cookies = Ihr Internet·programm nimmt unser Cookie nicht an. Ein Cookie ist eine kleine Datei.
    .do = Bitte erlauben Sie Cookies in den Einstellungen. Melden Sie sich dann noch einmal an. Oder rufen Sie an: 115.
cookies-again = Steht das hier noch einmal? Dann erlauben Sie bitte Cookies in den Einstellungen. Ein Cookie ist eine kleine Datei.
expired = Es hat zu lange gedauert. Oder Sie haben das Internet·programm gewechselt.
    .do = Bitte melden Sie sich noch einmal an.
cancelled = Sie haben die Anmeldung abgebrochen.
    .do = Sie können es noch einmal versuchen. Sie können auch einen anderen Weg wählen.
online-id-needed = Sie brauchen dafür den Online-Ausweis.
    .do = Melden Sie sich mit dem Online-Ausweis an. Sie brauchen die Geheim·zahl dazu. Haben Sie das nicht? Das Amt hilft Ihnen. Oder rufen Sie an: 115.
level-too-low = Ihre Anmeldung reicht hier nicht.
    .do = Melden Sie sich mit dem Online-Ausweis an. Oder mit ELSTER. ELSTER ist eine Datei vom Finanz·amt. Haben Sie das nicht? Dann kommen Sie zum Amt. Oder rufen Sie an: 115.
incomplete = Uns fehlen noch Angaben von Ihnen.
    .do = Wählen Sie einen anderen Weg. Zum Beispiel den Online-Ausweis. Oder rufen Sie an: 115.
no-role = Mit diesem Konto können Sie hier nicht arbeiten.
    .do = Fragen Sie in Ihrem Amt: Wer vergibt die Rechte?
too-old = Ihre Anmeldung ist zu lange her.
    .do = Bitte melden Sie sich noch einmal an.
provider-away = Die Anmeldung ist gerade gestört.
    .do = Versuchen Sie es in ein paar Minuten noch einmal. Oder wählen Sie einen anderen Weg.
answer-refused = Bei der Anmeldung war etwas falsch. Wir haben sie gestoppt. Das ist zu Ihrer Sicherheit.
    .do = Bitte melden Sie sich noch einmal an. Passiert es wieder? Dann rufen Sie an: 115.
our-fault = Wir haben einen Fehler gemacht.
    .do = Versuchen Sie es in ein paar Minuten noch einmal.

goodbye-title = Sie sind abgemeldet
goodbye-text = Sie können die Seite schließen.
goodbye-nobody = Hier war niemand angemeldet
goodbye-nobody-text = Möchten Sie sich abmelden? Gehen Sie zurück. Drücken Sie dort auf „Abmelden“.

simulation-note = Das ist nur zum Ausprobieren. Alle Personen sind erfunden. Wählen Sie eine Person aus. Sie benutzen dann ihren Ausweis.
online-id = Online-Ausweis
new-online-id = Neuer Online-Ausweis
elster = ELSTER
password = Name und Pass·wort
