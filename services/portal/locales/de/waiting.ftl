# Wartelisten: Was frei wird, bekommt zuerst, wer wartet.

waiting-notice-title = Auf einen freien Termin warten
waiting-notice-move-title = Auf einen früheren Termin warten
waiting-notice-none-suits = Nichts Passendes dabei?
waiting-notice-body = Tragen Sie sich in die Warteliste ein. Wenn ein passender Termin frei wird, bieten wir ihn zuerst den Menschen auf der Liste an. Sie müssen diese Seite nicht neu laden.
waiting-join = In die Warteliste eintragen

waiting-join-title = In die Warteliste eintragen
waiting-change-title = Ändern, was Ihnen passt
waiting-mistake-title = Fehler: { $title }
waiting-unfit = Ein Wunsch passt zu keinem Termin für dieses Anliegen. Wählen Sie andere Tage, Orte oder Uhrzeiten.
waiting-join-body = Sagen Sie, welche Termine Ihnen passen. Je mehr passt, desto eher bekommen Sie ein Angebot.
waiting-application = Erst der Antrag, dann die Warteliste
waiting-application-body = Haben Sie Ihre Antragsnummer schon eingegeben? Dann wählen Sie unten, was Ihnen passt. Wenn nicht, geben Sie zuerst die Nummer ein.
waiting-join-booked = Sie haben schon einen Termin: { $time }
waiting-join-booked-body = Wir bieten Ihnen nur frühere Termine an. Ihr jetziger Termin bleibt, bis Sie ein Angebot annehmen.
waiting-people = { $count ->
        [0] Zurzeit wartet niemand.
        [one] Zurzeit wartet 1 Person.
       *[other] Zurzeit warten { $count } Personen.
    }
waiting-rule-line = Zuerst kommt, wer sich an einem früheren Tag eingetragen hat. Innerhalb eines Tages entscheidet das Los. Schnell sein bringt nichts.
waiting-rule-time = { $count ->
        [one] Ein Angebot gilt 1 Stunde.
       *[other] Ein Angebot gilt { $count } Stunden.
    }
waiting-rule-night = Würde es nachts enden, haben Sie bis zum Morgen Zeit.
waiting-rule-phone = { $count ->
        [one] Wenn das Amt Sie anruft, haben Sie 1 Stunde länger Zeit.
       *[other] Wenn das Amt Sie anruft, haben Sie { $count } Stunden länger Zeit.
    }
waiting-rule-soon = Ist der Termin bald, haben Sie weniger Zeit.
waiting-rule-declines = { $count ->
        [one] Wenn Sie ein Angebot ablehnen oder nicht antworten, verlieren Sie Ihren Platz.
       *[other] Wenn Sie { $count } Angebote ablehnen oder nicht beantworten, verlieren Sie Ihren Platz.
    }
waiting-rule-rejoin = { $count ->
        [one] Danach können Sie sich online erst nach 1 Tag wieder eintragen.
       *[other] Danach können Sie sich online erst nach { $count } Tagen wieder eintragen.
    }
waiting-next = Nur, wenn von den Wünschen davor nichts frei wird. Sie können das leer lassen.
waiting-time = Zu welcher Tageszeit?
waiting-time-any = Egal
waiting-time-morning = Vormittags (um 12 Uhr fertig)
waiting-time-afternoon = Nachmittags (ab 12 Uhr)
waiting-time-evening = Ab 16 Uhr
waiting-any-too = Dann nehme ich auch jeden anderen Termin.
waiting-days = Bestimmte Tage
waiting-days-body = Hier können Sie Zeiträume und Tage ausschließen, zum Beispiel den 24. Dezember. Sie können das leer lassen.
waiting-from = Frühestens am
waiting-until = Spätestens am
waiting-except = An diesen Tagen kann ich nicht
waiting-except-number = Tag { $number }
waiting-day-unreadable = Das ist kein Datum. Schreiben Sie es so: 24.12.2026
waiting-until-before-from = „Spätestens“ liegt vor „frühestens“. Bitte prüfen Sie die Tage.
waiting-until-over = „Spätestens“ ist ein Tag, der schon vorbei ist. Wählen Sie einen späteren.
waiting-stand-by = Ich kann sofort kommen
waiting-stand-by-body =
    Wenn ein Termin für heute oder morgen frei wird, fragen wir, wer sofort kommen kann. So ein Angebot gilt nur { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }. Wer dran ist, entscheidet das Los, nicht die Schnelligkeit. Wenn Sie ablehnen oder das Angebot verpassen, behalten Sie Ihren Platz.
waiting-stand-by-no = Nein
waiting-stand-by-today = Ja, heute
waiting-stand-by-tomorrow = Ja, heute und morgen
waiting-stand-by-until = bis { $date }
waiting-join-email = Angebote kommen nur per E-Mail, nicht per Telefon. Ohne bestätigte E-Mail-Adresse sehen Sie Angebote nur hier, wenn Sie sich anmelden.
waiting-join-no-email = Sie haben keine E-Mail-Adresse? Am Schalter kann man Sie auf die Liste setzen. Dann ruft das Amt Sie an.
waiting-join-desks = Wo die Schalter sind
waiting-join-promise = Das kostet nichts. Sie können Ihre Wünsche jederzeit ändern. Ihr Platz bleibt dabei gleich. Sie können die Liste auch jederzeit verlassen.
waiting-join-now = Jetzt eintragen

waiting-any = Jeder Termin
waiting-words-from = ab { $date }
waiting-words-until = bis { $date }
waiting-words-except = nicht am { $dates }

waiting-mine = Warteliste
waiting-place-title = Ihr Platz auf der Warteliste
waiting-joined = Sie stehen auf der Warteliste.
waiting-joined-body = Wenn ein passender Termin frei wird, bieten wir ihn der Reihe nach an.
waiting-answered = Sie stehen weiter auf der Warteliste.
waiting-answered-body = Ab jetzt bieten wir Ihnen wieder Termine an.
waiting-status-waiting = Sie warten
waiting-status-offered = Ein Termin ist für Sie da
waiting-status-asked = Bitte antworten
waiting-status-booked = Termin gebucht
waiting-status-ended = Platz verloren
waiting-line = Vor Ihnen
waiting-ahead = { $count ->
        [0] Niemand ist vor Ihnen.
        [one] 1 Person ist vor Ihnen.
       *[other] { $count } Personen sind vor Ihnen.
    }
waiting-ahead-between = Personen vor Ihnen: { $least } bis { $most }. Genau wissen wir es morgen: Heute können sich noch andere eintragen, und das Los entscheidet.
waiting-line-body = Nicht jeder Termin passt allen. Ein Angebot kann deshalb früher kommen, als die Zahl sagt. Wann es kommt, kann niemand versprechen.
waiting-since = Eingetragen am
waiting-suits = Das passt Ihnen, das Beste zuerst
waiting-booked-until = Bis Sie ein Angebot annehmen, behalten Sie Ihren Termin: { $time }
waiting-email = Angebote schicken wir an { $email }. Sie stehen auch hier.
waiting-no-email = Wir haben keine bestätigte E-Mail-Adresse von Ihnen. Angebote finden Sie nur hier, wenn Sie sich anmelden. Sehen Sie jeden Tag nach.
waiting-offers-here = Angebote stehen auch hier, wenn Sie sich anmelden.
waiting-change = Ändern, was mir passt
waiting-leave = Warteliste verlassen
waiting-drawn = Wie Ihr Platz bestimmt wurde
waiting-drawn-body = Für jeden Tag gibt es einen geheimen Schlüssel. Sein Fingerabdruck steht von Anfang an fest, der Schlüssel wird am nächsten Tag gezeigt. HMAC-SHA-256 über Tag, Zeilenumbruch und Ihre Kennung ergibt Ihren Platz: Kleinere Werte kommen zuerst.
waiting-drawn-commitment = Fingerabdruck des Schlüssels (SHA-256)
waiting-drawn-key = Schlüssel des Tages
waiting-drawn-place = Ihr gezogener Wert

waiting-offer = Dieser Termin ist für Sie da
waiting-offer-until = Er ist für Sie reserviert bis: { $time }
waiting-offer-until-other = Er ist reserviert bis: { $time }
waiting-offer-take = Ja, ich möchte diesen Termin
waiting-offer-decline = Nein, danke
waiting-last = Wenn Sie ablehnen oder nicht antworten, verlieren Sie Ihren Platz auf der Warteliste.
waiting-decline-keeps = Wenn Sie ablehnen, bekommt die nächste Person das Angebot. Sie behalten Ihren Platz.
waiting-decline-then = { $count ->
        [one] Wenn Sie danach noch ein Angebot ablehnen oder nicht beantworten, verlieren Sie Ihren Platz.
       *[other] Wenn Sie danach noch { $count } Angebote ablehnen oder nicht beantworten, verlieren Sie Ihren Platz.
    }
waiting-short-free = Dieses Angebot ist für Menschen, die sofort kommen können. Wenn Sie ablehnen oder nicht antworten, behalten Sie Ihren Platz.
waiting-next-is-last = Wenn Sie noch ein Angebot ablehnen oder nicht antworten, verlieren Sie Ihren Platz.
waiting-accept-title = Termin prüfen und annehmen
waiting-accept-move-title = Termin verschieben
waiting-accept-old = Ihr jetziger Termin
waiting-accept-new = Der neue Termin
waiting-accept-until = Antworten bis: { $time }
waiting-decide-later = Später entscheiden

waiting-answer-title = Möchten Sie diesen Termin?
waiting-answer-move = Wenn Sie annehmen, geben Sie im selben Schritt Ihren jetzigen Termin zurück.
waiting-answer-login = Zum Annehmen melden Sie sich an. Zum Ablehnen genügt ein Klick.
waiting-answer-other = Diese Nachricht ging nicht an die Person, die jetzt angemeldet ist. Zum Annehmen melden Sie sich als die Person an, die sie bekommen hat. Zum Ablehnen genügt ein Klick.
waiting-still-title = Warten Sie noch?
waiting-still-body = Ein Angebot ist abgelaufen. Sagen Sie uns, dass Sie noch warten, bis: { $time }. Bis dahin bieten wir Ihnen keinen weiteren Termin an. Danach verlieren Sie Ihren Platz.
waiting-still-yes = Ja, ich warte noch
waiting-declined-title = Sie haben abgelehnt.
waiting-declined-body = Die nächste Person bekommt das Angebot. Sie behalten Ihren Platz auf der Warteliste.
waiting-in-line-title = Sie stehen auf der Warteliste.
waiting-in-line-body = Dieses Angebot ist vorbei. Sie müssen nichts tun: Das nächste Angebot kommt wieder per E-Mail.
waiting-booked-title = Sie haben einen Termin.
waiting-booked-body = Damit stehen Sie nicht mehr auf der Warteliste. Den Termin finden Sie unter „Meine Termine“.

waiting-lost-title = Sie stehen nicht mehr auf der Warteliste.
waiting-place-over-title = Dieser Platz auf der Warteliste ist beendet.
waiting-place-over-again = Haben Sie sich seitdem neu eingetragen? Diese Nachricht betrifft Ihren früheren Platz. Den neuen finden Sie unter „Meine Termine“.
waiting-lost-declines = Sie haben so viele Angebote abgelehnt oder nicht beantwortet, wie die Warteliste erlaubt.
waiting-lost-silence = Sie haben nicht rechtzeitig gesagt, dass Sie noch warten.
waiting-lost-list = Die Behörde hat diese Warteliste geschlossen. Das liegt nicht an Ihnen.
waiting-lost-stand-by = Der Tag ist vorbei, an dem Sie sofort kommen konnten.
waiting-lost-unknown = Sie können sich wieder eintragen, wenn es die Liste noch gibt. Vielleicht müssen Sie damit einige Tage warten.
waiting-lost-login = Melden Sie sich an, um zu sehen, warum.
waiting-lost-other = Diese Nachricht ging nicht an die Person, die jetzt angemeldet ist. Melden Sie sich als die Person an, die sie bekommen hat. Dann sehen Sie, warum.
waiting-join-again = Wieder eintragen

waiting-leave-title = Möchten Sie die Warteliste verlassen?
waiting-leave-body = Ihr Platz wird gelöscht. Wenn Sie sich später wieder eintragen, stehen Sie am Ende. Abgelehnte Angebote zählen noch eine Zeit lang.
waiting-leave-offer = Der Termin, der jetzt für Sie reserviert ist, geht dann an die nächste Person.
waiting-leave-yes = Ja, verlassen
waiting-leave-no = Nein, weiter warten
waiting-barred-too = Bis dahin können Sie sich auch nicht in die Warteliste eintragen.
waiting-left = Sie stehen nicht mehr auf der Warteliste.
waiting-left-body = Ihr Platz ist gelöscht. Abgelehnte Angebote zählen noch eine Zeit lang.

problem-no-waiting-list = Hier gibt es keine Warteliste
    .what = Die Behörde führt für dieses Anliegen keine Warteliste, oder sie hat sie geschlossen.
    .do = Suchen Sie einen freien Termin, oder rufen Sie bitte 115 an.
problem-waiting-list-full = Die Warteliste ist voll
    .what = Mehr Menschen nimmt sie zurzeit nicht auf.
    .do = Versuchen Sie es später noch einmal, oder rufen Sie bitte 115 an.
problem-rejoin-too-soon = Sie können sich noch nicht wieder eintragen
    .what = Sie haben Ihren Platz auf dieser Warteliste verloren. Sie haben Angebote abgelehnt oder nicht geantwortet.
    .do = Online geht es wieder ab: { $again_at }. Über Ausnahmen entscheidet die Behörde. Am Schalter kann man Sie auch vorher eintragen. Fragen Sie dort, oder rufen Sie bitte 115 an.
problem-not-waiting = Diesen Platz auf der Warteliste finden wir bei Ihnen nicht
    .what = Vielleicht haben Sie die Liste verlassen, oder Sie haben sich anders angemeldet als beim Eintragen.
    .do = Sehen Sie bei Ihren Terminen nach, oder melden Sie sich so an wie beim Eintragen.
problem-already-waiting = Sie warten schon auf einen ähnlichen Termin
    .what = Je Art von Anliegen können Sie nur auf einer Warteliste stehen.
    .do = Verlassen Sie zuerst die andere Warteliste. Sie finden sie bei Ihren Terminen.
problem-waiting-in-doubt = Vor der Warteliste muss ein Amt Ihren Ausweis sehen
    .what = Wir wissen nicht sicher, ob wir Sie schon kennen. Bis das geklärt ist, können Sie mit dieser Anmeldung nicht auf die Warteliste.
    .do = Melden Sie sich so an wie früher, wenn Sie das können. Sonst zeigen Sie Ihren Ausweis an einem Schalter, oder rufen Sie bitte 115 an.
problem-offer-not-found = Diesen Link gibt es nicht mehr
    .what = Vielleicht haben Sie die Warteliste verlassen, oder Sie haben inzwischen eine neuere E-Mail von uns.
    .do = Öffnen Sie die neueste E-Mail, oder melden Sie sich an und sehen Sie bei Ihren Terminen nach.
problem-offer-elsewhere = Dieses Angebot ist vorbei oder gehört zu einer anderen Anmeldung
    .what = Die Zeit ist abgelaufen, oder Sie haben es schon beantwortet. Oder Sie haben sich anders angemeldet als beim Eintragen.
    .do = Sehen Sie bei Ihren Terminen nach. Gehört das Angebot zu einer anderen Anmeldung? Dann melden Sie sich mit dieser an.
problem-offer-over = Dieses Angebot ist vorbei
    .what = Die Zeit ist abgelaufen, Sie haben es schon beantwortet, oder Sie haben inzwischen einen anderen Termin. Für Sie wurde jetzt nichts gebucht.
    .do = Sehen Sie bei Ihren Terminen nach.
