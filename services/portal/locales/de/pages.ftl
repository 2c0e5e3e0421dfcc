# Die Seiten. Anrede: Sie. Kurze Sätze, zuerst was zu tun ist.

site-name = Termine Berlin
banner-official = Offizielle Website von Berliner Behörden
banner-demonstration = Vorführung: keine Website einer Behörde, alle Personen und Termine sind erfunden
skip-to-content = Zum Inhalt springen
nav-main = Hauptmenü
nav-appointments = Meine Termine
nav-login = Anmelden
nav-logout = Abmelden
nav-languages = Sprache
nav-footer = Über diese Website
footer-accessibility = Barrierefreiheit
footer-privacy = Datenschutz
footer-imprint = Impressum
footer-mailbox = Postfach der Vorführung

step = Schritt { $step } von 4: { $step ->
        [1] Anliegen wählen
        [2] Tag wählen
        [3] Uhrzeit wählen
       *[other] Verbindlich buchen
    }
back-to-start = Zur Startseite
back-to-days = Anderen Tag wählen
back-to-service = Zurück zum Anliegen
back-to-day = Andere Uhrzeit wählen
back-to-appointments = Zu meinen Terminen
choose-again = Anderen Termin suchen

# Reservierung, die noch läuft

held-notice = Für Sie ist ein Termin bis { $time } reserviert.
held-continue = Jetzt ansehen und verbindlich buchen

# Startseite

start-title = Termin buchen
start-lead = Suchen Sie Ihr Anliegen. Danach sehen Sie freie Termine, ohne sich anzumelden.
start-search-label = Was möchten Sie erledigen?
start-search-hint = Zum Beispiel: Personalausweis, Auto ummelden, Aufenthaltstitel
start-search-button = Suchen
start-found = { $count ->
        [0] Dazu gibt es hier kein Anliegen. Versuchen Sie ein anderes Wort.
        [one] 1 Anliegen gefunden.
       *[other] { $count } Anliegen gefunden.
    }
start-next = Nächster freier Termin: { $date }
start-show-all = Alle Anliegen zeigen
authority-unreachable = Hier können wir gerade keine Termine zeigen.
authority-unreachable-body = Diese Behörde antwortet zurzeit nicht. Gebuchte Termine sind sicher. Bitte versuchen Sie es in einigen Minuten noch einmal. Die anderen Behörden sind nicht betroffen.
promise-title = Termine sind kostenlos
promise-free = Niemand darf Ihnen einen Termin verkaufen.
promise-name = Ein Termin gilt nur für die Person, die ihn gebucht hat. Im Amt wird der Name geprüft.
promise-one = Jede Person behält höchstens einen Termin je Art von Anliegen. So bleiben mehr Termine für alle.
promise-more = Warum Termine hier nicht gehandelt werden können

# Tage

days-title = Freie Tage
days-legend = Tage mit Rahmen haben freie Termine.
days-earliest = Nächster freier Termin
days-take-earliest = Diesen Termin nehmen
days-none = Zurzeit ist kein Termin frei.
days-none-body = Abgesagte Termine werden zu einem zufälligen Zeitpunkt wieder frei. Ständiges Neuladen bringt keinen Vorteil. Schauen Sie später wieder herein.
days-entitlement = Zuerst der Antrag, dann der Termin
days-entitlement-body = Sie können diesen Termin buchen, sobald Ihr Antrag bei der Behörde vorliegt.
days-claimed = Ihre Nummer wurde angenommen. Sie können einen Termin wählen.
start-assigned = Die Behörde gibt Ihnen einen Termin
start-staff-alone = Diese Termine bucht nur das Amt
staff-alone-body = Online können Sie das nicht selbst buchen. Das Amt macht es für Sie, am Telefon oder am Schalter.
staff-alone-ways = Wo Sie den Termin bekommen
assigned-title = Diese Behörde gibt Ihnen einen Termin
assigned-body = Sie suchen hier keine Zeit aus. Wenn Ihr Antrag vorliegt, gibt Ihnen die Behörde einen Termin. Geben Sie Ihre Antragsnummer ein. Danach finden Sie den Termin unter „Meine Termine“.
assigned-known-body = Sie suchen hier keine Zeit aus: Die Behörde gibt die Termine. Ihren finden Sie unter „Meine Termine“, sobald es ihn gibt.
assigned-claimed = Wir haben Ihren Antrag
assigned-claimed-body = Die Behörde gibt Ihnen einen Termin. Sie finden ihn dann hier und nehmen ihn an oder lehnen ihn ab. Ist es eilig? Rufen Sie 115 an oder gehen Sie zum Amt.
assigned-claimed-booked = Sie haben schon einen Termin dafür. Sie finden ihn auf dieser Seite.
assigned-mine = Termine, die auf Ihre Antwort warten
assigned-declining = Wenn Sie ablehnen, bekommen Sie einen anderen Termin, vielleicht viel später. Ihr Antrag bleibt bestehen.
assigned-declined = Sie haben den Termin abgelehnt
assigned-declined-body = Ihr Antrag bleibt bestehen. Die Behörde gibt Ihnen einen anderen Termin.
days-places = Ort wählen
days-places-all = Wir suchen an allen { $count } Orten.
days-places-some = { $count ->
        [one] Wir suchen an 1 Ort.
       *[other] Wir suchen an { $count } Orten.
    }
days-places-legend = Wo möchten Sie den Termin haben?
days-places-apply = Nur dort suchen
days-combine = Weiteres Anliegen am selben Termin
days-combine-body = Diese Anliegen können Sie beim selben Besuch erledigen:

# Uhrzeiten

day-title = Freie Uhrzeiten am { $date }
day-lead = Wählen Sie eine Uhrzeit.
day-lead-hold = Wählen Sie eine Uhrzeit. Wir reservieren den Termin dann einige Minuten lang für Sie. In dieser Zeit prüfen und buchen Sie ihn.
day-morning = Vor 12 Uhr
day-afternoon = 12 bis 16 Uhr
day-evening = Ab 16 Uhr
day-none = An diesem Tag ist nichts mehr frei.
day-none-body = Wählen Sie einen anderen Tag.

# Gewählter Termin

choice-title = Ihr gewählter Termin
choice-login = Melden Sie sich an
choice-login-body = Damit niemand Termine unter fremdem Namen bucht, melden Sie sich bitte zuerst an.
choice-step-up = Hier brauchen Sie eine andere Anmeldung
choice-step-up-body = Mit Ihrer jetzigen Anmeldung, zum Beispiel mit Benutzername und Passwort, können Sie hier nicht buchen.
choice-level-basic = Es genügt ein BundID-Konto mit Benutzername und Passwort.
choice-level-substantial = Sie brauchen den Online-Ausweis oder ein ELSTER-Zertifikat. Das ist die Datei, mit der Sie sich online beim Finanzamt anmelden.
choice-level-high = Sie brauchen den Online-Ausweis: Personalausweis, eID-Karte oder elektronischer Aufenthaltstitel mit PIN.
choice-hold = Termin reservieren
choice-hold-body = Wir reservieren den Termin einige Minuten lang für Sie. In dieser Zeit prüfen Sie die Angaben und buchen verbindlich.
rebook-notice = Sie verschieben einen Termin.
rebook-notice-body = Ihr jetziger Termin bleibt bestehen, bis Sie den neuen verbindlich gebucht haben.

# Zusammenfassung

documents = Bitte mitbringen
summary-service = Anliegen
summary-when = Wann
summary-where = Wo
summary-person = Für
summary-code = Ihre Terminnummer
summary-status = Stand
summary-booked-at = Gebucht am
summary-booked-by-agency = Für Sie gebucht von { $agency }
summary-booked-by-office = Vom Amt für Sie gebucht

# Buchen

confirm-title = Termin prüfen und buchen
confirm-until = Bis { $time } für Sie reserviert
confirm-until-body = Danach kann ihn jemand anderes nehmen.
confirm-ended = Die Reservierung ist abgelaufen. Bitte suchen Sie einen anderen Termin.
confirm-name = Der Termin gilt nur für diese Person. Der Name lässt sich später nicht ändern.
optional = (freiwillig)
confirm-email = E-Mail-Adresse
confirm-email-hint = Für die Bestätigung, Änderungen und Erinnerungen. Ohne sie finden Sie Ihren Termin hier, wenn Sie sich anmelden.
confirm-email-invalid = Das ist keine E-Mail-Adresse. Bitte prüfen Sie sie, zum Beispiel name@example.org.
confirm-replaces = Wenn Sie jetzt buchen, geben Sie im selben Schritt Ihren bisherigen Termin zurück.
confirm-old-gone = Ihr alter Termin lässt sich nicht mehr verschieben
confirm-old-gone-body = Er wurde abgesagt oder verschoben, oder er hat schon begonnen. Sie können versuchen, diese Zeit als neuen Termin zu nehmen.
confirm-anew = Diese Zeit als neuen Termin buchen
confirm-book = Verbindlich buchen
confirm-rebook = Verbindlich verschieben
confirm-release = Reservierung aufgeben
confirm-then-number = Sie bekommen eine Terminnummer. Mit ihr werden Sie aufgerufen.
confirm-then-change = Bis er beginnt, können Sie den Termin unter „Meine Termine“ verschieben oder absagen.
confirm-if-cancelled = Wenn Sie diesen Termin später absagen, brauchen Sie einen anderen.

# Termine

appointments-title = Meine Termine
appointments-login = Hier können Sie Ihre Termine ansehen, verschieben und absagen. Dafür müssen wir wissen, wer Sie sind. Vielleicht ist Ihre Anmeldung abgelaufen.
appointments-none = Sie haben zurzeit keinen Termin.
appointments-more = Es gibt weitere Termine
appointments-more-body = Sie haben Termine, die nur nach einer sichereren Anmeldung zu sehen sind. So kann sie niemand mit Ihrem Passwort allein ändern.
appointments-more-login = Sicherer anmelden
appointments-past = Frühere und abgesagte Termine
appointments-unreachable = { $authority } antwortet gerade nicht.
appointments-unreachable-body = Ihre Termine dort fehlen in dieser Liste. Sie sind aber sicher.
appointment-title = Ihr Termin
appointment-booked-title = Ihr Termin ist gebucht
appointment-rebooked-title = Ihr Termin ist verschoben
appointment-booked-body = Sie bekommen eine Bestätigung mit Kalendereintrag per E-Mail.
appointment-booked-no-email = Bitte notieren Sie die Terminnummer. Sie finden Ihren Termin hier, wenn Sie sich anmelden.
email-title = Bestätigen Sie Ihre E-Mail-Adresse
email-body = Wir haben einen Code an { $email } geschickt. Er gilt 30 Minuten. Sobald Sie ihn eingeben, schicken wir alles zu Ihrem Termin dorthin.
email-code = Code aus der E-Mail
email-code-hint = 6 Ziffern. Nichts angekommen? Sehen Sie bitte auch im Spam-Ordner nach.
email-check = Code prüfen
email-again = Neuen Code schicken
email-later = Später bestätigen und zum Termin gehen
email-wrong = Das ist nicht der Code aus der neuesten E-Mail. Bitte prüfen Sie ihn.
email-over = Dieser Code gilt nicht mehr. Lassen Sie sich bitte einen neuen schicken.
email-sent-again = Der Code ist unterwegs.
email-spam = Er kann ein paar Minuten brauchen. Sehen Sie auch im Spam-Ordner nach.
email-enough = Heute können wir keinen weiteren Code schicken.
email-booked = Damit Sie die Bestätigung bekommen, geben Sie bitte noch den Code aus unserer E-Mail ein.
email-booked-known = Die Bestätigung geht an { $email }. Die neue Adresse gilt, sobald Sie den Code aus unserer E-Mail eingeben.
email-later-address = Später bestätigen
email-not-sent = Jetzt haben wir keinen neuen Code geschickt. Der nächste ist möglich ab: { $time }.
email-earlier-code = Geben Sie den Code aus unserer früheren E-Mail an { $email } ein. Er gilt noch.
email-next = Einen neuen Code bekommen Sie ab: { $time }.
email-none-sent = { $email } ist noch nicht bestätigt. Lassen Sie sich einen Code dorthin schicken.
email-code-over = Der Code, den wir an { $email } geschickt haben, gilt nicht mehr. Lassen Sie sich einen neuen schicken.
email-proven = Ihre E-Mail-Adresse ist bestätigt
email-unproven = Ihre E-Mail-Adresse ist noch nicht bestätigt.
email-unproven-body = Bis dahin schicken wir nichts an { $email }.
appointment-cancelled-title = Ihr Termin ist abgesagt
appointment-cancelled-body = Vielen Dank: So kann ihn jemand anderes bekommen.
appointment-is-moved = Dieser Termin ist verschoben.
appointment-is-cancelled = Dieser Termin ist abgesagt.
appointment-is-over-body = Zeit und Nummer unten gelten nicht mehr.
appointment-over = Dieser Termin ist vorbei.
appointment-over-until = Das Amt hält noch fest, ob Sie da waren. Hält es nichts fest, können Sie einen solchen Termin wieder buchen ab: { $time }
appointment-now = Ihr Termin jetzt: { $time }
appointment-bring = Zum Termin
appointment-identity-check = Bringen Sie alle Ausweise mit, die Sie haben. Wir wissen nicht sicher, ob wir Sie schon kennen. Darum vergleicht das Amt zuerst die Ausweise.
identity-case = Ein Amt muss noch Ihren Ausweis sehen
identity-case-body = Wir wissen nicht sicher, ob wir Sie schon kennen. Das ist kein Fehler von Ihnen. Sie können bei jeder Behörde einen Termin buchen, aber nur einen. Dort vergleicht das Amt Ihre Ausweise. Danach können Sie wie alle anderen buchen. Schneller geht es an einem Schalter oder unter 115. Bis dahin können Sie an keiner Verlosung teilnehmen.
identity-case-number = Ihre Vorgangsnummer
appointment-bring-id = Bringen Sie Ihren Ausweis, Pass oder Aufenthaltstitel mit. Das Amt prüft den Namen.
appointment-bring-code = Sie werden mit Ihrer Terminnummer aufgerufen.
appointment-bring-early = Kommen Sie 5 bis 10 Minuten früher.
appointment-change = Passt der Termin nicht mehr?
appointment-change-body = Verschieben Sie ihn oder sagen Sie ihn ab. Ein abgesagter Termin wird für andere frei.
appointment-change-assigned = Sie können hier keine andere Zeit wählen. Wenn Sie nicht kommen können, sagen Sie den Termin ab. Ihr Antrag bleibt, und die Behörde gibt Ihnen einen anderen Termin.
appointment-change-drawn = Sie können hier keine andere Zeit wählen. Wenn Sie nicht kommen können, sagen Sie den Termin ab. Danach können Sie an der nächsten Verlosung teilnehmen. Ist es eilig? Rufen Sie 115 an oder gehen Sie zum Amt.
appointment-calendar = In den Kalender
appointment-show = Ansehen
appointment-rebook = Verschieben
appointment-cancel = Absagen
status-confirmed = Gebucht
status-checked-in = Sie sind angemeldet, bitte warten
status-called = Sie sind aufgerufen
status-parked = Sie kommen später dran
status-served = Erledigt
status-missed = Nicht erschienen
status-over = Vorbei
status-cancelled = Abgesagt
status-rebooked = Verschoben
status-unknown = Bitte im Amt erfragen
calendar-summary = Termin: { $authority }
calendar-description = Terminnummer { $code }. Bitte Ausweis mitbringen.

# Absagen

cancel-title = Möchten Sie diesen Termin absagen?
cancel-body = Das lässt sich nicht rückgängig machen.
cancel-yes = Ja, Termin absagen
cancel-no = Nein, Termin behalten
decline-title = Möchten Sie diesen Termin ablehnen?
decline-yes = Ja, ablehnen
decline-no = Nein, zurück

# An- und Abmelden

login-title = Anmelden
login-lead = Zum Buchen melden Sie sich mit BundID oder Online-Ausweis an. BundID ist das Konto des Bundes für Ämter im Internet. Freie Termine sehen Sie auch ohne Anmeldung.
login-levels = Welche Anmeldung für welches Anliegen
login-levels-body = Das hängt vom Anliegen ab. Mit einer sichereren Anmeldung buchen Sie auch, wofür eine einfachere genügt.
login-level-basic = Mit Benutzername und Passwort
login-level-substantial = Mit Online-Ausweis oder ELSTER
login-level-high = Nur mit Online-Ausweis
login-why-name = Ihr Name steht dann fest auf dem Termin. Niemand kann den Termin weiterverkaufen.
login-why-one = Jede Person behält höchstens einen Termin je Art von Anliegen, auch mit zwei Konten oder Karten. Ist unklar, wer jemand ist, vergleicht das Amt die Angaben. Ein zweiter Termin wird dann abgesagt.
login-why-data = Jede Behörde erfährt nur, was sie für den Termin braucht.
login-still = Sie sind weiter angemeldet wie vorher. Für diesen Schritt reicht das nicht.
login-button = Jetzt anmelden
goodbye-title = Sie sind abgemeldet.
goodbye-body = Ihre Termine sind hier nicht mehr zu sehen. Nutzen auch andere dieses Gerät? Dann schließen Sie bitte den Browser.

failure-do = Was Sie jetzt tun können
failure-safe = Gebuchte Termine sind sicher gespeichert.

# Wie es funktioniert

about-title = So funktionieren faire Termine
about-lead = Termine bei Ämtern sind knapp. Händler haben sie mit Programmen weggebucht und verkauft. Hier geht das nicht mehr.
about-identity = Sie buchen unter Ihrem eigenen Namen
about-identity-body = Vor der Buchung melden Sie sich an. So wissen wir, wer den Termin bucht.
about-one = Ein Mensch, ein Termin
about-one-body = Je Art von Anliegen behält jede Person höchstens einen Termin. Es zählt die Person, nicht das Konto oder die Karte. Ist unklar, wer jemand ist, vergleicht das Amt die Angaben. Ein zweiter Termin wird dann abgesagt.
about-name = Der Name bleibt
about-name-body = Der Name auf einem Termin lässt sich nicht ändern. Im Amt wird er mit dem Ausweis verglichen. Ein gekaufter Termin ist deshalb wertlos.
about-return = Abgesagte Termine werden zufällig wieder frei
about-return-body = Ein abgesagter Termin erscheint erst nach einer zufälligen Zeit wieder. So kann ihn niemand zu einer verabredeten Zeit weitergeben. Wer einen besseren Termin nimmt, gibt den alten im selben Schritt zurück.
about-draw = Knappe Termine vergibt das Los
about-draw-body = Wo es zu wenige Termine gibt, entscheidet eine Verlosung. Wann Sie teilnehmen, ist egal, deshalb nützt ein schnelles Programm nichts. Alle können das Ergebnis nachrechnen, auch im Browser.
about-data = Ihre Daten
about-data-body = Jede Behörde kennt Sie unter einer eigenen Kennung. Zwei Behörden können daran nicht erkennen, dass es um dieselbe Person geht. Cookies gibt es erst, wenn Sie sich anmelden: auf dieser Website und auf den Seiten zum Anmelden. Diese Website lädt nichts von anderen Anbietern.
about-desk = Ohne Online-Ausweis
about-desk-body = Auch im Amt oder unter 115 bekommen Sie Termine.

# Antrag nachweisen

entitlement-title = Antragsnummer eingeben
entitlement-body = Diese Behörde vergibt Termine, wenn Ihr Antrag vorliegt. Geben Sie die Nummer aus dem Schreiben der Behörde ein. Ihr Name und Ihr Geburtsdatum kommen aus Ihrer Anmeldung.
entitlement-label = Antragsnummer
entitlement-hint = Sie steht oben im Schreiben der Behörde.
entitlement-unknown = Diese Nummer passt nicht zu Ihrem Namen und Ihrem Geburtsdatum. Prüfen Sie die Nummer.
entitlement-tries = Sie haben heute zu viele Nummern eingegeben. Morgen geht es wieder.
entitlement-help = Ist die Nummer richtig? Dann hat die Behörde Ihren Namen vielleicht anders geschrieben. Rufen Sie die Behörde an oder gehen Sie hin. Bringen Sie das Schreiben und Ihren Ausweis mit.
entitlement-check = Nummer prüfen
application-change = Eine andere Nummer eingeben

# Am Empfang, für Beschäftigte

desk-title = Empfang
desk-code-hint = 8 Zeichen, zum Beispiel K7QD-3XHM
desk-code-malformed = So sieht keine Terminnummer aus. Sie hat 8 Buchstaben und Ziffern. O, 0, I und 1 kommen darin nicht vor.
desk-find = Suchen
desk-place = Ort
desk-show-day = Heutige Termine zeigen
desk-none = Keine Termine gefunden.
desk-birthdate = Geburtsdatum
desk-identity-check = Identität beim Termin zu prüfen: Ausweise vergleichen
desk-identity-check-body = Vielleicht ist diese Person schon unter anderem Namen oder Konto bekannt. Vergleichen Sie die Ausweise. Schlagen Sie dann im Vorgang vor, ob es dieselbe Person ist. Eine Kollegin oder ein Kollege stimmt zu. Die Vorgangsnummer steht auf der Terminseite der Person.
desk-check-in = Anwesend, Name geprüft
desk-call = Aufrufen
desk-serve = Erledigt
desk-miss = Nicht erschienen
desk-park = Zurückstellen
desk-requeue = Wieder einreihen
desk-came = Doch noch gekommen, Name geprüft
desk-catalogue = Öffnungszeiten und Anliegen
desk-catalogue-in-force = Diese Angaben gelten seit { $time }.
desk-catalogue-refused = Die Änderung von { $time } gilt nicht.
desk-catalogue-refused-body = Sie enthält einen Fehler. Bis er behoben ist, gelten die Angaben davor. Der Fehler (auf Englisch):
