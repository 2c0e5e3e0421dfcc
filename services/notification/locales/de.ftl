# Nachrichten an Menschen mit einem Termin. Höflich, kurz, ohne Amtsdeutsch.

weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
date = { $weekday }, { $day }. { $month } { $year }
time = { $time } Uhr
time-span = { $start } bis { $end } Uhr

greeting = Guten Tag,
greeting-name = Guten Tag { $name },
closing = Mit freundlichen Grüßen
when = Wann
where = Wo
what = Wofür
code = Terminnummer
reason = Grund
previous = Bisher
manage = Termin ansehen, verschieben oder absagen
book-again = Neuen Termin suchen
documents = Bitte mitbringen:
bring = Bitte bringen Sie Ihren Ausweis oder Pass mit. Der Termin gilt nur für Sie persönlich.
identity-check = Wir wissen nicht sicher, ob wir Sie schon kennen. Darum vergleicht das Amt beim Termin zuerst Ihre Ausweise. Bringen Sie bitte alle mit, die Sie haben. Bis dahin können Sie nur diesen einen Termin haben.
give-back = Können Sie nicht kommen? Dann sagen Sie den Termin bitte ab. So kann ihn jemand anderes nutzen.
calendar = Die Datei im Anhang trägt den Termin in Ihren Kalender ein.
calendar-moves = Die Datei im Anhang verschiebt den Termin in Ihrem Kalender.
calendar-summary = Termin: { $authority }
calendar-removes = Die Datei im Anhang entfernt den Termin aus Ihrem Kalender.
footer = Sie bekommen diese Nachricht, weil Sie sich für eine Terminbuchung angemeldet haben ({ $authority }). Antworten auf diese Adresse liest niemand.

confirmed-subject = Ihr Termin am { $date } um { $time }
confirmed-heading = Ihr Termin ist gebucht
confirmed-intro = Ihr Termin ist bestätigt: { $authority }.

rebooked-subject = Ihr neuer Termin am { $date } um { $time }
rebooked-heading = Ihr Termin ist verschoben
rebooked-intro = Ihr Termin findet zu einer neuen Zeit statt: { $authority }. Der alte Termin ist zurückgegeben.

changed-subject = Geändert: Ihr Termin am { $date } um { $time }
changed-heading = An Ihrem Termin hat sich etwas geändert
changed-intro = Tag und Uhrzeit bleiben gleich. Geändert hat sich der Ort oder der Name des Anliegens: { $authority }. Bitte lesen Sie, wohin Sie kommen.

cancelled-subject = Abgesagt: Ihr Termin am { $date } um { $time }
cancelled-heading = Ihr Termin ist abgesagt
cancelled-intro = Sie haben Ihren Termin abgesagt: { $authority }.
cancelled-office-subject = Ihr Termin am { $date } um { $time } fällt aus
cancelled-office-heading = Ihr Termin fällt aus
cancelled-office-intro = Das Amt musste Ihren Termin absagen: { $authority }. Das tut uns leid.

reminder-subject = Erinnerung: Ihr Termin am { $date } um { $time }
reminder-heading = Bald ist Ihr Termin
reminder-intro = Wir erinnern Sie an Ihren Termin: { $authority }.

email-code-subject = Ihr Code zur Bestätigung der E-Mail-Adresse
email-code-heading = Bestätigen Sie Ihre E-Mail-Adresse
email-code-intro = Geben Sie diesen Code auf der Seite ein, auf der Sie nach Ihrer E-Mail-Adresse gefragt wurden. Danach schicken wir Nachrichten zu Ihrem Termin hierher.
email-code-label = Ihr Code
email-code-until = Der Code gilt bis { $time }.
email-code-not-you = Sie haben das nicht angefordert? Dann müssen Sie nichts tun. Geben Sie den Code niemandem weiter.
email-code-signature = Ihr Terminservice
email-code-footer = Sie bekommen diese Nachricht, weil jemand diese Adresse auf unserer Website für Termine angegeben hat. Antworten auf diese Adresse liest niemand.

email-replaced-subject = Ihre E-Mail-Adresse für Termine wurde geändert
email-replaced-heading = Ihre E-Mail-Adresse wurde geändert
email-replaced-intro = Nachrichten zu Ihrem Termin schicken wir ab jetzt an eine andere Adresse, nicht mehr hierher.
email-replaced-not-you = Waren Sie das nicht? Dann melden Sie sich bitte bald bei dem Amt, bei dem Sie den Termin haben.
email-replaced-footer = Sie bekommen diese Nachricht, weil wir bisher Nachrichten zu einem Termin hierher geschickt haben. Antworten auf diese Adresse liest niemand.

not-drawn-subject = Verlosung: diesmal kein Termin
not-drawn-heading = Sie haben diesmal keinen Termin bekommen
not-drawn-nothing-left = Sie haben an der Verlosung von Terminen teilgenommen. Als Sie an der Reihe waren, war von Ihren Wünschen nichts mehr frei.
not-drawn-void = Die Verlosung, an der Sie teilgenommen haben, konnte nicht wie angekündigt stattfinden. Niemand hat gewonnen. Das tut uns leid.
not-drawn-not-bookable = Sie wurden gezogen. Wir konnten den Termin aber nicht für Sie buchen, weil Sie schon einen anderen Termin haben oder eine Voraussetzung fehlt.
not-drawn-other-appointment = Sie haben einen anderen Termin dieser Art gebucht. Deshalb waren Sie nicht mehr in der Verlosung.
not-drawn-booked-at = Anderer Termin gebucht am
not-drawn-other-stays = Ihr anderer Termin bleibt bestehen. Sie müssen nichts tun.
not-drawn-week = Woche ab
not-drawn-fair = Die Reihenfolge wurde ausgelost. Wann Sie teilgenommen haben, hatte darauf keinen Einfluss. Alle können das Ergebnis nachrechnen.
not-drawn-next = Sie können an der nächsten Verlosung teilnehmen. Ihre Chance ist dann so groß wie die aller anderen.

waiting-offer-subject = Ein Termin ist für Sie reserviert
waiting-offer-heading = Ein Termin ist für Sie reserviert
waiting-offer-intro = Sie stehen auf einer Warteliste. Dieser Termin ist frei geworden, und Sie sind an der Reihe: { $authority }.
waiting-offer-how = Zum Annehmen melden Sie sich an. Zum Ablehnen genügt ein Klick, ohne Anmeldung.
waiting-offer-replaces = Wenn Sie annehmen, geben wir Ihren jetzigen Termin zurück: { $date }, { $time }.
waiting-offer-silence = Wenn Sie nicht antworten, bekommt die nächste Person den Termin. Das zählt als abgelehnt.
waiting-offer-last = Das ist Ihr letztes Angebot. Wenn Sie es ablehnen oder nicht antworten, verlieren Sie Ihren Platz.
waiting-offer-action = Annehmen oder ablehnen
waiting-answer-by = Antwort bis
waiting-lapsed-subject = Warten Sie noch auf einen Termin?
waiting-lapsed-heading = Warten Sie noch?
waiting-lapsed-intro = Wir hatten einen Termin für Sie reserviert und keine Antwort bekommen. Er ist an die nächste Person gegangen.
waiting-lapsed-next = Bitte sagen Sie uns, dass Sie noch warten. Bis dahin behalten Sie Ihren Platz, bekommen aber kein Angebot. Ohne Ihre Antwort verlieren Sie Ihren Platz.
waiting-lapsed-last = Das nächste Angebot ist Ihr letztes. Wenn Sie es ablehnen oder nicht antworten, verlieren Sie Ihren Platz.
waiting-lapsed-action = Ich warte noch
waiting-lost-subject = Sie stehen nicht mehr auf der Warteliste
waiting-lost-heading = Sie stehen nicht mehr auf der Warteliste
waiting-lost-declines = Sie haben so viele Angebote abgelehnt oder nicht beantwortet, wie die Warteliste erlaubt.
waiting-lost-silence = Sie haben uns nicht rechtzeitig gesagt, dass Sie noch warten.
waiting-lost-next = Sie können sich wieder eintragen. Sie stehen dann am Ende der Liste.
waiting-lost-list-ended = Die Behörde hat diese Warteliste geschlossen. Das liegt nicht an Ihnen.
waiting-lost-list-ended-next = Freie Termine können Sie weiterhin selbst buchen.

webhook-paused-subject = Ihr Webhook ist pausiert ({ $authority })
webhook-paused-heading = Ihr Webhook ist pausiert
webhook-paused-intro = Ihr Server nimmt die abonnierten Ereignisse von { $authority } nicht an. Wir senden ihm nichts mehr, bis Sie die Zustellung fortsetzen.
webhook-paused-webhook = Webhook
webhook-paused-server = Server
webhook-paused-since = Gestört seit
webhook-paused-failure = Letzter Fehler
webhook-paused-timeout = Keine Antwort innerhalb der Frist
webhook-paused-connection = Keine Verbindung: Name, Netz oder Zertifikat
webhook-paused-status = Die Antwort war { $status }
webhook-paused-address = Der Betreiber erlaubt diese Adresse nicht mehr
webhook-paused-waiting = Wartende Ereignisse
webhook-paused-kept = Nichts geht verloren: Die Ereignisse werden aufbewahrt und zugestellt, sobald Sie fortsetzen.
webhook-paused-resume = Wenn Ihr Server wieder läuft, rufen Sie mit dem Token Ihres Programms auf:
webhook-paused-footer = Sie bekommen diese Nachricht, weil diese Adresse als Kontakt eines Webhooks angegeben wurde. Antworten auf diese Adresse liest niemand.
