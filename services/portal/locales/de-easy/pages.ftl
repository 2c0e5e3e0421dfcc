# Leichte Sprache: ein Gedanke je Satz, bekannte Wörter, keine Verneinung wo es geht.
# Zusammengesetzte Wörter mit Mediopunkt, wo es beim Lesen hilft.

site-name = Termine Berlin
banner-official = Das ist eine echte Seite von Ämtern in Berlin
banner-demonstration = Das ist nur zum Ausprobieren. Alle Personen und Termine sind erfunden.
skip-to-content = Zum Inhalt
nav-main = Menü
nav-appointments = Meine Termine
nav-login = Anmelden
nav-logout = Abmelden
nav-languages = Sprache
nav-footer = Über diese Seite
footer-accessibility = Barriere·freiheit
footer-privacy = Daten·schutz
footer-imprint = Wer diese Seite macht
footer-mailbox = Post·fach zum Ausprobieren

step = Schritt { $step } von 4: { $step ->
        [1] Wählen Sie aus, was Sie brauchen
        [2] Wählen Sie einen Tag
        [3] Wählen Sie eine Uhr·zeit
       *[other] Buchen Sie den Termin
    }
back-to-start = Zurück zum Anfang
back-to-days = Anderen Tag wählen
back-to-service = Zurück
back-to-day = Andere Uhr·zeit wählen
back-to-appointments = Zu meinen Terminen
choose-again = Anderen Termin suchen

held-notice = Wir halten einen Termin für Sie frei. Bis { $time }.
held-continue = Termin ansehen und buchen

start-title = Termin machen
start-lead = Was brauchen Sie vom Amt? Suchen Sie danach. Dann sehen Sie freie Termine.
start-search-label = Was brauchen Sie?
start-search-hint = Zum Beispiel: Ausweis, Auto, Wohnung
start-search-button = Suchen
start-found = { $count ->
        [0] Wir haben nichts gefunden. Suchen Sie mit einem anderen Wort.
        [one] Wir haben 1 Sache gefunden.
       *[other] Wir haben { $count } Sachen gefunden.
    }
start-next = Nächster freier Termin: { $date }
start-show-all = Alles zeigen
authority-unreachable = Wir können gerade keine Termine zeigen.
authority-unreachable-body = Dieses Amt ist gerade gestört. Ihre Termine sind sicher. Versuchen Sie es später noch einmal. Die anderen Ämter arbeiten normal.
promise-title = Termine kosten kein Geld
promise-free = Niemand darf Termine verkaufen.
promise-name = Der Termin ist nur für Sie. Das Amt prüft Ihren Namen.
promise-one = Jeder Mensch behält nur einen Termin für jede Art von Anliegen. So reichen die Termine für alle.
promise-more = Warum das gerecht ist

days-title = Freie Tage
days-legend = Tage mit einem Rahmen sind frei.
days-earliest = Nächster freier Termin
days-take-earliest = Diesen Termin nehmen
days-none = Gerade ist kein Termin frei.
days-none-body = Manchmal sagt jemand einen Termin ab. Dann wird der Termin später wieder frei. Schauen Sie später noch einmal.
days-entitlement = Zuerst der Antrag
days-entitlement-body = Sie brauchen zuerst einen Antrag beim Amt. Danach können Sie den Termin buchen.
days-claimed = Ihre Nummer passt. Sie können jetzt einen Termin wählen.
start-assigned = Das Amt gibt Ihnen einen Termin
start-staff-alone = Nur das Amt bucht diese Termine
staff-alone-body = Das geht nicht im Internet. Rufen Sie an. Oder gehen Sie zum Amt.
staff-alone-ways = Hier bekommen Sie den Termin
assigned-title = Das Amt gibt Ihnen einen Termin
assigned-body = Sie wählen hier keine Zeit. Sie haben einen Antrag gestellt? Dann gibt Ihnen das Amt einen Termin. Geben Sie die Nummer vom Antrag ein. Dann sehen Sie den Termin bei „Meine Termine“.
assigned-known-body = Sie wählen hier keine Zeit. Das Amt gibt die Termine. Gibt es Ihren Termin schon? Dann sehen Sie ihn bei „Meine Termine“.
assigned-claimed = Wir haben Ihren Antrag
assigned-claimed-body = Das Amt gibt Ihnen einen Termin. Sie finden den Termin dann hier. Sie können Ja oder Nein sagen. Ist es eilig? Rufen Sie an: 115.
assigned-claimed-booked = Sie haben schon einen Termin dafür. Der Termin steht auf dieser Seite.
assigned-mine = Antworten Sie bitte
assigned-declining = Sie sagen Nein? Dann bekommen Sie einen anderen Termin. Das kann lange dauern.
assigned-declined = Sie haben Nein gesagt
assigned-declined-body = Das Amt gibt Ihnen einen anderen Termin.
days-places = Ort wählen
days-places-all = Wir suchen an { $count } Orten.
days-places-some = { $count ->
        [one] Wir suchen an 1 Ort.
       *[other] Wir suchen an { $count } Orten.
    }
days-places-legend = Wohin möchten Sie kommen?
days-places-apply = Nur dort suchen
days-combine = Noch etwas am selben Termin machen
days-combine-body = Das können Sie am selben Termin machen:

day-title = Freie Uhr·zeiten am { $date }
day-lead = Wählen Sie eine Uhr·zeit.
day-lead-hold = Wählen Sie eine Uhr·zeit. Wir halten den Termin einige Minuten für Sie frei. Dann können Sie alles prüfen und buchen.
day-morning = Vor 12 Uhr
day-afternoon = 12 bis 16 Uhr
day-evening = Ab 16 Uhr
day-none = An diesem Tag ist nichts mehr frei.
day-none-body = Wählen Sie einen anderen Tag.

choice-title = Diesen Termin haben Sie gewählt
choice-login = Melden Sie sich an
choice-login-body = Wir müssen wissen: Wer sind Sie? Bitte melden Sie sich zuerst an.
choice-step-up = Melden Sie sich anders an
choice-step-up-body = Ihre Anmeldung reicht hier nicht. Ein Name und ein Pass·wort sind zu wenig. Wir müssen ganz sicher wissen: Wer sind Sie?
choice-level-basic = Sie brauchen ein BundID-Konto. Das ist ein Konto für Ämter im Internet. Dort haben Sie einen Namen und ein Pass·wort.
choice-level-substantial = Sie brauchen den Online-Ausweis oder ELSTER. Der Online-Ausweis ist zum Beispiel Ihr Personal·ausweis mit Geheim·zahl. ELSTER ist eine Datei vom Finanz·amt. Mit der Datei melden Sie sich an.
choice-level-high = Sie brauchen den Online-Ausweis. Das ist zum Beispiel Ihr Personal·ausweis mit Geheim·zahl.
choice-hold = Termin frei·halten
choice-hold-body = Wir halten den Termin für einige Minuten frei. Prüfen Sie dann alles. Und buchen Sie.
rebook-notice = Sie verschieben einen Termin.
rebook-notice-body = Ihr alter Termin bleibt. Erst mit dem neuen Termin ist er weg.

documents = Bringen Sie das mit
summary-service = Das machen Sie
summary-when = Wann
summary-where = Wo
summary-person = Für wen
summary-code = Ihre Termin·nummer
summary-status = Stand
summary-booked-at = Gebucht am
summary-booked-by-agency = { $agency } hat den Termin für Sie gebucht.
summary-booked-by-office = Das Amt hat den Termin für Sie gebucht.

confirm-title = Prüfen Sie den Termin
confirm-until = Wir halten den Termin frei bis { $time }
confirm-until-body = Danach kann ihn ein anderer Mensch nehmen.
confirm-ended = Die Zeit ist um. Suchen Sie einen neuen Termin.
confirm-name = Der Termin ist nur für diese Person. Der Name bleibt so.
optional = (freiwillig)
confirm-email = E-Mail-Adresse
confirm-email-hint = Wir schicken Ihnen den Termin. Sie haben keine E-Mail-Adresse? Dann lassen Sie das Feld leer. Ihr Termin steht auch hier.
confirm-email-invalid = Das ist keine E-Mail-Adresse. So sieht eine aus: name@example.org
confirm-replaces = Buchen Sie jetzt? Dann ist Ihr alter Termin weg.
confirm-old-gone = Ihren alten Termin können Sie nicht mehr verschieben
confirm-old-gone-body = Er ist abgesagt oder verschoben. Oder er hat schon angefangen. Sie können versuchen: Nehmen Sie diese Zeit als neuen Termin.
confirm-anew = Diese Zeit als neuen Termin buchen
confirm-book = Termin buchen
confirm-rebook = Termin verschieben
confirm-release = Termin nicht buchen
confirm-then-number = Sie bekommen eine Termin·nummer. Damit rufen wir Sie auf.
confirm-then-change = Sie können nicht kommen? Gehen Sie zu „Meine Termine“. Verschieben Sie den Termin. Oder sagen Sie ihn ab.
confirm-if-cancelled = Sagen Sie den Termin später ab? Dann brauchen Sie einen anderen Termin.

appointments-title = Meine Termine
appointments-login = Hier sehen Sie Ihre Termine. Dafür müssen wir wissen: Wer sind Sie? Bitte melden Sie sich an.
appointments-none = Sie haben gerade keinen Termin.
appointments-more = Sie haben noch mehr Termine
appointments-more-body = Diese Termine sind besonders geschützt. Melden Sie sich sicherer an. Dann sehen Sie die Termine.
appointments-more-login = Sicherer anmelden
appointments-past = Alte Termine
appointments-unreachable = { $authority } ist gerade gestört.
appointments-unreachable-body = Wir können Ihre Termine dort gerade nicht zeigen. Die Termine sind sicher.
appointment-title = Ihr Termin
appointment-booked-title = Ihr Termin ist gebucht
appointment-rebooked-title = Ihr Termin ist verschoben
appointment-booked-body = Wir schicken Ihnen eine E-Mail mit dem Termin.
appointment-booked-no-email = Schreiben Sie die Termin·nummer auf. Ihr Termin steht auch hier: Melden Sie sich dafür an.
email-title = Gehört diese E-Mail-Adresse Ihnen?
email-body = Wir haben eine E-Mail an { $email } geschickt. In der E-Mail steht ein Code. Ein Code ist eine geheime Zahl. Der Code gilt 30 Minuten.
email-code = Der Code aus der E-Mail
email-code-hint = Der Code hat 6 Ziffern. Ist keine E-Mail da? Schauen Sie auch im Ordner Spam nach.
email-check = Code prüfen
email-again = Neuen Code schicken
email-later = Das mache ich später. Weiter zum Termin
email-wrong = Der Code ist falsch. Nehmen Sie den Code aus der neuesten E-Mail.
email-over = Der Code gilt nicht mehr. Sie brauchen einen neuen Code.
email-sent-again = Der Code kommt gleich.
email-spam = Das kann ein paar Minuten dauern. Schauen Sie auch im Ordner Spam nach.
email-enough = Heute können wir keinen Code mehr schicken.
email-booked = Wir wollen Ihnen eine E-Mail schicken. Dafür brauchen wir noch den Code.
email-booked-known = Die Bestätigung kommt an { $email }. Die neue Adresse gilt erst mit dem Code.
email-later-address = Das mache ich später
email-not-sent = Wir haben jetzt keinen neuen Code geschickt. Den nächsten Code können Sie bekommen ab: { $time }.
email-earlier-code = Wir haben Ihnen schon eine E-Mail geschickt an: { $email }. Der Code aus dieser E-Mail gilt noch. Bitte tragen Sie ihn ein.
email-next = Einen neuen Code bekommen Sie ab: { $time }.
email-none-sent = { $email } ist noch nicht bestätigt. Sie brauchen einen Code.
email-code-over = Der Code für { $email } gilt nicht mehr. Sie brauchen einen neuen Code.
email-proven = Ihre E-Mail-Adresse stimmt
email-unproven = Wir wissen noch nicht: Gehört die E-Mail-Adresse Ihnen?
email-unproven-body = Wir schicken noch nichts an { $email }.
appointment-cancelled-title = Ihr Termin ist abgesagt
appointment-cancelled-body = Danke. Jetzt kann ihn ein anderer Mensch bekommen.
appointment-is-moved = Dieser Termin ist verschoben.
appointment-is-cancelled = Dieser Termin ist abgesagt.
appointment-is-over-body = Die Zeit und die Nummer gelten nicht mehr.
appointment-over = Dieser Termin ist vorbei.
appointment-over-until = Das Amt schreibt noch auf: Waren Sie da? Schreibt das Amt nichts auf? Dann können Sie wieder buchen ab: { $time }
appointment-now = Ihr Termin ist jetzt: { $time }
appointment-bring = Für Ihren Termin
appointment-identity-check = Bringen Sie alle Ausweise mit. Das Amt prüft zuerst die Ausweise. Denn wir wissen nicht sicher: Kennen wir Sie schon?
identity-case = Ein Amt muss noch Ihren Ausweis sehen
identity-case-body = Wir wissen nicht sicher: Kennen wir Sie schon? Sie haben nichts falsch gemacht. Sie können bei jedem Amt einen Termin haben. Aber nur einen. Dort prüft das Amt Ihre Ausweise. Danach können Sie weitere Termine buchen. Wollen Sie nicht warten? Kommen Sie zum Schalter. Oder rufen Sie an: 115. Bis dahin können Sie bei keiner Verlosung mitmachen.
identity-case-number = Ihre Nummer für das Amt
appointment-bring-id = Bringen Sie Ihren Ausweis oder Pass mit. Wir prüfen den Namen.
appointment-bring-code = Merken Sie sich Ihre Termin·nummer. Damit rufen wir Sie auf.
appointment-bring-early = Kommen Sie 10 Minuten früher.
appointment-change = Können Sie nicht kommen?
appointment-change-body = Dann verschieben Sie den Termin. Oder sagen Sie ihn ab.
appointment-change-assigned = Sie können hier keine andere Zeit wählen. Sie können nicht kommen? Dann sagen Sie den Termin ab. Das Amt gibt Ihnen einen anderen Termin.
appointment-change-drawn = Sie können hier keine andere Zeit wählen. Sie können nicht kommen? Dann sagen Sie den Termin ab. Danach können Sie bei der nächsten Verlosung mitmachen.
appointment-calendar = In den Kalender
appointment-show = Ansehen
appointment-rebook = Verschieben
appointment-cancel = Absagen
status-confirmed = Gebucht
status-checked-in = Sie sind da. Bitte warten Sie.
status-called = Sie sind dran
status-parked = Sie kommen später dran
status-served = Fertig
status-missed = Sie waren nicht da
status-over = Vorbei
status-cancelled = Abgesagt
status-rebooked = Verschoben
status-unknown = Fragen Sie im Amt
calendar-summary = Termin: { $authority }
calendar-description = Termin·nummer { $code }. Bringen Sie Ihren Ausweis mit.

cancel-title = Möchten Sie den Termin absagen?
cancel-body = Dann ist der Termin weg.
cancel-yes = Ja, absagen
cancel-no = Nein, ich komme
decline-title = Möchten Sie den Termin ablehnen?
decline-yes = Ja, ablehnen
decline-no = Nein, zurück

login-title = Anmelden
login-lead = Zum Buchen müssen Sie sich anmelden. Das geht mit der BundID oder mit dem Online-Ausweis. Die BundID ist ein Konto für Ämter im Internet. Freie Termine sehen Sie auch ohne Anmeldung.
login-levels = Welche Anmeldung brauchen Sie?
login-levels-body = Das ist bei jeder Sache anders. Der Online-Ausweis passt immer.
login-level-basic = Mit Namen und Pass·wort
login-level-substantial = Mit Online-Ausweis oder ELSTER
login-level-high = Nur mit Online-Ausweis
login-why-name = Ihr Name steht dann auf dem Termin. Niemand kann den Termin verkaufen.
login-why-one = Jeder Mensch behält nur einen Termin für jede Art von Anliegen. Das ist gerecht. Manchmal ist nicht klar, wer Sie sind. Dann prüft das Amt. Ein zweiter Termin wird danach abgesagt.
login-why-data = Das Amt erfährt nur das Nötigste über Sie.
login-still = Sie sind noch so angemeldet wie vorher. Das reicht für diesen Schritt nicht.
login-button = Jetzt anmelden
goodbye-title = Sie sind abgemeldet.
goodbye-body = Ihre Termine stehen jetzt nicht mehr hier. Benutzen auch andere Menschen dieses Gerät? Dann schließen Sie bitte das Internet·programm.

failure-do = Das können Sie jetzt machen
failure-safe = Ihre Termine sind sicher.

about-title = So werden Termine gerecht verteilt
about-lead = Viele Menschen brauchen einen Termin beim Amt. Es gibt zu wenige Termine. Manche Menschen haben Termine verkauft. Das geht hier nicht.
about-identity = Sie buchen mit Ihrem Namen
about-identity-body = Sie melden sich an. Dann wissen wir: Hier bucht ein echter Mensch.
about-one = Ein Mensch, ein Termin
about-one-body = Jeder Mensch behält nur einen Termin für jede Art von Anliegen. Auch wenn er zwei Ausweise oder zwei Konten hat. Manchmal ist nicht klar, wer Sie sind. Dann prüft das Amt. Ein zweiter Termin wird danach abgesagt.
about-name = Der Name bleibt
about-name-body = Ihr Name steht auf dem Termin. Er bleibt so. Das Amt prüft Ihren Ausweis. Ein gekaufter Termin nützt darum nichts.
about-return = Abgesagte Termine
about-return-body = Ein abgesagter Termin wird später wieder frei. Niemand kennt die genaue Zeit. So kann ihn niemand weiter·geben.
about-draw = Manchmal entscheidet der Zufall
about-draw-body = Manchmal gibt es zu wenige Termine. Dann gibt es eine Verlosung. Alle haben die gleiche Chance. Es ist egal, wann Sie mitmachen. Jeder kann das Ergebnis prüfen.
about-data = Ihre Daten
about-data-body = Jedes Amt hat eine eigene Nummer für Sie. Zwei Ämter können Ihre Daten damit nicht zusammen·legen. Melden Sie sich an? Dann merken sich 2 Seiten etwas. Diese Seite und die Seite zum Anmelden. Das nennt man Cookie.
about-desk = Ohne Online-Ausweis
about-desk-body = Kommen Sie ins Amt. Oder rufen Sie an: 115. Dort bekommen Sie auch einen Termin.

entitlement-title = Nummer vom Antrag eingeben
entitlement-body = Das Amt hat Ihnen einen Brief geschickt. In dem Brief steht eine Nummer. Schreiben Sie die Nummer hier hin. Ihren Namen und Ihren Geburts·tag kennen wir schon.
entitlement-label = Nummer vom Antrag
entitlement-hint = Die Nummer steht oben im Brief.
entitlement-unknown = Diese Nummer passt nicht zu Ihnen. Prüfen Sie die Nummer.
entitlement-tries = Sie haben heute zu viele Nummern geschrieben. Morgen können Sie es wieder versuchen.
entitlement-help = Ist die Nummer richtig? Dann hat das Amt Ihren Namen vielleicht anders geschrieben. Rufen Sie das Amt an. Oder gehen Sie zum Amt. Bringen Sie den Brief mit. Bringen Sie auch Ihren Ausweis mit.
entitlement-check = Nummer prüfen
application-change = Eine andere Nummer eingeben

desk-title = Empfang
desk-code-hint = 8 Zeichen, zum Beispiel K7QD-3XHM
desk-code-malformed = Das ist keine Termin·nummer. Sie hat 8 Zeichen. O, 0, I und 1 gibt es darin nicht.
desk-find = Suchen
desk-place = Ort
desk-show-day = Termine von heute zeigen
desk-none = Wir haben keine Termine gefunden.
desk-birthdate = Geburts·datum
desk-identity-check = Ausweise vergleichen
desk-identity-check-body = Vielleicht kennen wir diese Person schon. Vergleichen Sie die Ausweise. Schreiben Sie in den Vorgang, ob es dieselbe Person ist. Ein zweiter Mensch aus dem Amt stimmt zu. Die Nummer steht auf der Seite mit dem Termin.
desk-check-in = Ist da, Name geprüft
desk-call = Aufrufen
desk-serve = Fertig
desk-miss = Nicht da
desk-park = Später
desk-requeue = Wieder in die Reihe
desk-came = Ist doch da, Name geprüft
desk-catalogue = Öffnungs·zeiten und Anliegen
desk-catalogue-in-force = Diese Angaben gelten seit { $time }.
desk-catalogue-refused = Die Änderung von { $time } gilt nicht.
desk-catalogue-refused-body = In der Änderung ist ein Fehler. Bis der Fehler weg ist, gilt der Stand davor. Der Fehler auf Englisch:
