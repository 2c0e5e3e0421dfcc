# Nachrichten in Leichter Sprache: kurze Sätze, ein Gedanke je Satz, keine Fremdwörter,
# lange Wörter mit Mediopunkt getrennt.

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
time-span = Von { $start } Uhr bis { $end } Uhr
date-and-time = { $date }, { $time }
list-comma = ,{ " " }

greeting = Guten Tag!
greeting-name = Guten Tag { $name }!
closing = Viele Grüße
when = Wann ist der Termin?
where = Wo ist der Termin?
what = Um was geht es?
people = So viele Menschen kommen
code = Ihre Termin·nummer
reason = Der Grund
previous = Das war Ihr alter Termin
manage = Termin ansehen
new-appointment = So bekommen Sie einen neuen Termin
book-again = Einen neuen Termin suchen
documents = Das bringen Sie mit:
bring =
    Bringen Sie Ihren Ausweis oder Ihren Pass mit.
    Der Termin ist nur für Sie.
    Niemand anderes kann für Sie kommen.
identity-check =
    Wir wissen nicht sicher: Kennen wir Sie schon?
    Darum prüft das Amt zuerst Ihren Ausweis.
    Haben Sie mehrere Ausweise?
    Dann bringen Sie alle mit.
    Bis dahin haben Sie bei diesem Amt nur diesen einen Termin.
give-back =
    Können Sie nicht kommen?
    Dann sagen Sie den Termin ab.
    Dann kann ein anderer Mensch den Termin haben.
calendar =
    An dieser E-Mail hängt eine Datei.
    Mit der Datei kommt der Termin in Ihren Kalender.
calendar-moves =
    An dieser E-Mail hängt eine Datei.
    Mit der Datei ändert sich der Termin in Ihrem Kalender.
calendar-summary = Termin: { $authority }
calendar-removes =
    An dieser E-Mail hängt eine Datei.
    Mit der Datei verschwindet der Termin aus Ihrem Kalender.
footer =
    Warum bekommen Sie diese E-Mail?
    Sie haben einen Termin.
    Oder Sie warten auf einen Termin.
    Das Amt heißt: { $authority }.
    Bitte antworten Sie nicht auf diese E-Mail.
    Niemand liest die Antwort.

confirmed-subject = Ihr Termin ist am { $date } um { $time }
confirmed-heading = Sie haben einen Termin
confirmed-intro =
    Ihr Termin ist hier: { $authority }.
    Der Termin ist sicher.

rebooked-subject = Ihr neuer Termin ist am { $date } um { $time }
rebooked-heading = Sie haben einen neuen Termin
rebooked-intro =
    Ihr Termin ist hier: { $authority }.
    Der Termin ist jetzt zu einer anderen Zeit.
    Der alte Termin gilt nicht mehr.
won-earlier-subject = Verlosung: Ihr früherer Termin ist am { $date } um { $time }
won-earlier-heading = Sie haben einen früheren Termin gewonnen
won-earlier-intro =
    Sie haben bei einer Verlosung mitgemacht.
    Sie haben gewonnen.
    Ihr Termin ist jetzt früher.
    Er ist hier: { $authority }.
    Der alte Termin gilt nicht mehr.

changed-subject = Geändert: Ihr Termin am { $date } um { $time }
changed-heading = Bei Ihrem Termin ist etwas anders
changed-intro = Der Tag und die Uhr·zeit bleiben gleich. Der Ort oder der Name hat sich geändert: { $authority }. Bitte lesen Sie, wohin Sie kommen.

cancelled-subject = Abgesagt: der Termin am { $date } um { $time }
cancelled-heading = Ihr Termin ist abgesagt
cancelled-intro =
    Sie haben Ihren Termin abgesagt.
    Der Termin war hier: { $authority }.
    Sie müssen nicht kommen.
cancelled-office-subject = Der Termin am { $date } um { $time } fällt aus
cancelled-office-heading = Ihr Termin fällt aus
cancelled-office-intro =
    Das Amt kann den Termin nicht machen.
    Das Amt heißt: { $authority }.
    Das tut uns leid.
    Bitte kommen Sie nicht.
cancelled-second-subject = Der Termin am { $date } um { $time } fällt aus
cancelled-second-heading = Sie behalten einen von 2 Terminen
cancelled-second-intro =
    Sie hatten 2 Termine.
    Die Termine waren hier: { $authority }.
    Sie hatten dafür 2 Anmeldungen.
    Beide Anmeldungen gehören zu einer Person.
    Jede Person darf nur einen solchen Termin haben.
    Darum fällt dieser Termin aus.
    Bitte kommen Sie nicht zu diesem Termin.
cancelled-second-kept = Ihr anderer Termin bleibt: { $date }, { $time }.
cancelled-second-contact =
    Ist das falsch?
    Oder brauchen Sie genau diesen Termin?
    Dann fragen Sie bitte das Amt.

reminder-subject = Bald ist Ihr Termin: am { $date } um { $time }
reminder-heading = Denken Sie an Ihren Termin
reminder-intro =
    Sie haben bald einen Termin.
    Der Termin ist hier: { $authority }.
present-subject = Ihr Termin ist am { $date } um { $time }
present-heading = Ihr Termin
present-intro =
    Sie haben eine neue E-Mail-Adresse.
    Ab jetzt schreiben wir Ihnen an diese Adresse.
    Ihr Termin ist hier: { $authority }.

email-code-subject = Ihr Code für die E-Mail-Adresse
email-code-heading = Gehört diese E-Mail-Adresse Ihnen?
email-code-intro =
    Sie haben diese E-Mail-Adresse genannt.
    Hier ist ein Code.
    Ein Code ist eine geheime Zahl.
    Schreiben Sie den Code auf unsere Seite.
    Dann wissen wir: Die Adresse gehört Ihnen.
email-code-label = Das ist Ihr Code
email-code-until = Der Code gilt bis { $time }.
email-code-not-you =
    Sie haben keine Adresse genannt?
    Dann müssen Sie nichts tun.
    Geben Sie den Code keinem anderen Menschen.
email-code-signature = Ihr Termin·service
email-code-footer =
    Warum bekommen Sie diese E-Mail?
    Jemand hat diese Adresse auf unserer Seite für Termine genannt.
    Bitte antworten Sie nicht auf diese E-Mail.
    Niemand liest die Antwort.

email-replaced-subject = Ihre E-Mail-Adresse ist jetzt anders
email-replaced-heading = Ihre E-Mail-Adresse ist jetzt anders
email-replaced-intro =
    Wir haben Ihnen bisher E-Mails an diese Adresse geschickt.
    Ab jetzt schicken wir die E-Mails an eine andere Adresse.
email-replaced-calendar =
    Steht der Termin in einem Kalender von dieser Adresse?
    Dieser Kalender ändert sich nicht mehr.
    Sie können den Termin dort löschen.
email-replaced-not-you =
    Sie haben die Adresse nicht geändert?
    Bei einem Amt haben Sie den Termin.
    Bitte rufen Sie dieses Amt bald an.
email-replaced-footer =
    Warum bekommen Sie diese E-Mail?
    Wir haben bisher E-Mails zu einem Termin an diese Adresse geschickt.
    Bitte antworten Sie nicht auf diese E-Mail.
    Niemand liest die Antwort.

not-drawn-subject = Sie haben keinen Termin bekommen
not-drawn-heading = Sie haben dieses Mal keinen Termin bekommen
not-drawn-nothing-left =
    Sie haben bei einer Verlosung mitgemacht.
    Bei einer Verlosung entscheidet der Zufall.
    Sie hatten kein Glück.
    Ihre Wunsch·termine waren schon weg.
not-drawn-void =
    Sie haben bei einer Verlosung mitgemacht.
    Die Verlosung hat nicht geklappt.
    Niemand hat einen Termin bekommen.
    Das tut uns leid.
not-drawn-not-bookable =
    Sie haben bei einer Verlosung gewonnen.
    Aber wir können den Termin nicht für Sie buchen.
    Vielleicht haben Sie schon einen anderen Termin.
    Oder es fehlt etwas.
not-drawn-day-closed =
    Sie haben bei einer Verlosung gewonnen.
    Aber an dem Tag ist das Amt zu.
    Deshalb können Sie den Termin nicht bekommen.
    Das tut uns leid.
not-drawn-time-over =
    Sie haben bei einer Verlosung gewonnen.
    Aber die Zeit von dem Termin war schon vorbei.
    Oder sie war zu nah.
    Deshalb können Sie den Termin nicht bekommen.
    Das tut uns leid.
not-drawn-not-confirmed =
    Sie haben bei einer Verlosung gewonnen.
    Wir hatten einen Termin für Sie.
    Aber Sie haben nicht geantwortet.
    Jemand anderes bekommt den Termin.
not-drawn-declined-by-phone =
    Sie haben bei einer Verlosung gewonnen.
    Wir hatten einen Termin für Sie.
    Jemand hat am Telefon gesagt: Sie wollen den Termin nicht.
    Jemand anderes bekommt den Termin.
not-drawn-unknown =
    Sie haben bei einer Verlosung mitgemacht.
    Sie haben keinen Termin bekommen.
    Wollen Sie wissen warum?
    Dann rufen Sie bitte im Amt an.
not-drawn-other-appointment =
    Sie haben bei einer Verlosung mitgemacht.
    Dann haben Sie einen anderen Termin gebucht.
    Deshalb waren Sie nicht mehr in der Verlosung.
not-drawn-booked-otherwise =
    Sie haben bei einer Verlosung gewonnen.
    Aber Sie haben schon einen anderen Termin gebucht.
    Darum bekommt jemand anderes den Termin aus der Verlosung.
not-drawn-booked-at = Sie haben den anderen Termin gebucht am
not-drawn-other-stays =
    Sie haben den anderen Termin weiter.
    Sie müssen nichts tun.
not-drawn-other-change =
    Passt der Termin nicht?
    Dann können Sie ihn absagen.
    Manche Termine können Sie auch verschieben.
not-drawn-week = Woche ab
not-drawn-fair =
    Der Zufall hat entschieden.
    Es war egal, wann Sie mitgemacht haben.
    Jeder kann das Ergebnis prüfen.
not-drawn-next =
    Sie können bei der nächsten Verlosung wieder mitmachen.
not-drawn-wait =
    Das war nicht das erste Mal.
    Darum müssen Sie warten.
    Sie können wieder mitmachen ab:
    { $date }, { $time }.
    Ist das falsch?
    Das Amt entscheidet.
not-earlier-subject = Sie haben keinen früheren Termin bekommen
not-earlier-heading = Sie haben dieses Mal keinen früheren Termin bekommen
not-earlier-keeps =
    Sie haben Ihren Termin weiter.
    Sie müssen nichts tun.
not-earlier-ended =
    Sie wollten einen früheren Termin haben.
    Aber Ihr alter Termin wurde abgesagt oder verschoben.
not-earlier-ended-next =
    Haben Sie wieder einen Termin?
    Dann können Sie bei der nächsten Verlosung mitmachen.
entry-withdrawn-subject = Sie machen bei der Verlosung nicht mehr mit
entry-withdrawn-heading = Sie machen bei der Verlosung nicht mehr mit
entry-withdrawn-intro =
    Jemand war im Amt.
    Die Person hat gesagt: Sie wollen nicht mehr mitmachen.
entry-withdrawn-next =
    Stimmt das nicht?
    Dann rufen Sie bitte im Amt an.

assigned-date-subject = Bitte antworten: Wir haben einen Termin für Sie
assigned-date-heading = Wir haben einen Termin für Sie
assigned-date-intro =
    Sie haben einen Antrag gestellt.
    Darum geben wir Ihnen einen Termin: { $authority }.
assigned-date-how =
    Melden Sie sich an.
    Dann sagen Sie Ja oder Nein.
assigned-date-silence =
    Sie sagen Nein?
    Oder Sie antworten nicht?
    Dann bekommen Sie einen anderen Termin.
assigned-date-see = Meine Termine ansehen
assigned-date-lapsed-subject = Wir halten den Termin nicht mehr für Sie frei
assigned-date-lapsed-heading = Wir halten den Termin nicht mehr für Sie frei
assigned-date-lapsed-intro =
    Wir hatten einen Termin für Sie.
    Sie haben nicht geantwortet.
    Jetzt ist der Termin weg.
assigned-date-withdrawn-subject = Ihr Termin fällt aus
assigned-date-withdrawn-heading = Ihr Termin fällt aus
assigned-date-withdrawn-intro =
    Wir hatten einen Termin für Sie.
    Der Termin geht leider nicht mehr.
    Das tut uns leid.
assigned-date-closed-intro =
    Wir hatten einen Termin für Sie.
    Das Amt hat an diesem Tag zu.
    Das tut uns leid.
assigned-date-booked-intro =
    Wir hatten einen Termin für Sie.
    Sie haben jetzt einen anderen Termin.
    Darum brauchen Sie diesen nicht.
assigned-date-next-other =
    Sie bekommen einen anderen Termin.
    Sie müssen nichts tun.
assigned-date-next-booked =
    Ihr anderer Termin bleibt.
    Ihr Antrag bleibt auch.
assigned-date-next-ask =
    Ihr Antrag ist nicht mehr im Amt.
    Bitte fragen Sie im Amt:
    Was soll ich jetzt tun?
drawn-seat-subject = Bitte antworten: Wir haben einen Termin für Sie
drawn-seat-heading = Wir haben einen Termin für Sie
drawn-seat-intro =
    Sie haben bei einer Verlosung gewonnen.
    Darum haben wir einen Termin für Sie.
    Das Amt ist: { $authority }.
drawn-seat-how =
    Melden Sie sich an.
    Dann sagen Sie Ja oder Nein.
drawn-seat-silence =
    Sie sagen Nein?
    Oder Sie antworten nicht?
    Dann bekommt jemand anderes den Termin.
    Sie können bei der nächsten Verlosung mitmachen.
drawn-seat-counts =
    Nehmen Sie Termine nicht?
    Passiert das mehrmals?
    Dann müssen Sie warten.
    Erst danach können Sie wieder mitmachen.
drawn-seat-last =
    Sie sagen Nein?
    Oder Sie antworten nicht?
    Dann bekommt jemand anderes den Termin.
    Und Sie müssen warten.
    Sie können wieder mitmachen ab:
    { $date }, { $time }.
    Ist das falsch?
    Das Amt entscheidet.
waiting-offer-subject = Bitte antworten: Wir haben einen Termin für Sie
waiting-offer-heading = Wir haben einen Termin für Sie
waiting-offer-intro =
    Sie stehen auf einer Warte·liste.
    Jetzt ist ein Termin frei.
    Sie sind an der Reihe.
    Das Amt ist: { $authority }.
waiting-offer-how =
    Sie möchten den Termin haben?
    Dann melden Sie sich bitte an.
    Sie möchten den Termin nicht haben?
    Dann müssen Sie sich nicht anmelden.
    Sie klicken nur einmal.
waiting-offer-replaces =
    Sie haben schon einen Termin: { $date }, { $time }.
    Nehmen Sie den neuen Termin?
    Dann ist der alte Termin weg.
waiting-offer-silence =
    Sie antworten nicht?
    Dann bekommt eine andere Person den Termin.
    Das zählt wie ein Nein.
waiting-offer-free =
    Für diesen Termin müssen Sie sofort kommen können.
    Sagen Sie Nein?
    Oder antworten Sie nicht?
    Ihr Platz bleibt.
waiting-offer-then-last =
    Danach bekommen Sie noch ein Angebot.
    Sagen Sie dann auch Nein?
    Oder antworten Sie nicht?
    Dann ist Ihr Platz weg.
waiting-offer-last =
    Wir bieten Ihnen zum letzten Mal einen Termin an.
    Sagen Sie Nein?
    Oder antworten Sie nicht?
    Dann stehen Sie nicht mehr auf der Warte·liste.
waiting-offer-action = Ja oder Nein sagen
waiting-answer-by = Antworten Sie bis
waiting-lapsed-subject = Warten Sie noch auf einen Termin?
waiting-lapsed-heading = Warten Sie noch?
waiting-lapsed-intro =
    Wir hatten einen Termin für Sie.
    Sie haben nicht geantwortet.
    Jetzt bekommt eine andere Person den Termin.
waiting-lapsed-next =
    Warten Sie noch?
    Dann sagen Sie uns das bitte.
    Vorher bieten wir Ihnen keinen Termin mehr an.
    Antworten Sie nicht?
    Dann stehen Sie nicht mehr auf der Warte·liste.
waiting-lapsed-last =
    Wir bieten Ihnen noch einmal einen Termin an.
    Sagen Sie dann Nein?
    Oder antworten Sie nicht?
    Dann stehen Sie nicht mehr auf der Warte·liste.
waiting-lapsed-action = Ich warte noch
waiting-lost-subject = Sie stehen nicht mehr auf der Warte·liste
waiting-lost-heading = Sie stehen nicht mehr auf der Warte·liste
waiting-lost-declines =
    Wir haben Ihnen mehrere Termine angeboten.
    Sie haben Nein gesagt oder nicht geantwortet.
waiting-lost-silence =
    Wir haben gefragt: Warten Sie noch?
    Sie haben nicht geantwortet.
waiting-lost-next =
    Sie können sich wieder eintragen.
    Dann stehen Sie am Ende der Liste.
waiting-lost-next-from =
    Sie müssen warten.
    Im Internet können Sie sich wieder eintragen ab:
    { $date }, { $time }.
    Dann stehen Sie am Ende der Liste.
    Brauchen Sie früher einen Platz?
    Das Amt entscheidet.
waiting-lost-list-ended =
    Das Amt hat diese Warte·liste beendet.
    Sie haben nichts falsch gemacht.
waiting-lost-list-ended-next =
    Sie können weiter selbst einen freien Termin buchen.
waiting-lost-left =
    Jemand hat dem Amt gesagt: Sie warten nicht mehr.
waiting-lost-left-next =
    Stimmt das nicht?
    Dann rufen Sie bitte im Amt an.

webhook-paused-subject = Ihr Webhook macht eine Pause ({ $authority })
webhook-paused-heading = Ihr Webhook macht eine Pause
webhook-paused-intro =
    Sie wollen Nachrichten von { $authority } bekommen.
    Ihr Server nimmt die Nachrichten nicht an.
    Darum schicken wir ihm jetzt nichts mehr.
webhook-paused-webhook = Webhook
webhook-paused-server = Server
webhook-paused-since = Seit wann?
webhook-paused-failure = Was war der letzte Fehler?
webhook-paused-timeout = Der Server hat nicht schnell genug geantwortet.
webhook-paused-connection = Der Server war nicht erreichbar.
webhook-paused-status = Der Server hat geantwortet: { $status }
webhook-paused-address = Diese Adresse ist nicht mehr erlaubt.
webhook-paused-waiting = So viele Nachrichten warten
webhook-paused-kept =
    Es geht nichts verloren.
    Wir heben die Nachrichten auf.
webhook-paused-resume =
    Ihr Server geht wieder?
    Dann rufen Sie mit Ihrem Programm diese Adresse auf.
    Danach bekommen Sie alle Nachrichten.
webhook-paused-footer =
    Warum bekommen Sie diese E-Mail?
    Jemand hat diese Adresse für einen Webhook genannt.
    Bitte antworten Sie nicht auf diese E-Mail.
