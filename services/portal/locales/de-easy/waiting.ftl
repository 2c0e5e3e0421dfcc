# Warte·liste in Leichter Sprache.

waiting-notice-title = Auf einen Termin warten
waiting-notice-move-title = Auf einen früheren Termin warten
waiting-notice-none-suits = Passt kein Termin?
waiting-notice-body = Es gibt eine Warte·liste. Sie können sich dort eintragen. Manchmal wird ein Termin frei. Dann fragen wir zuerst die Menschen auf der Liste. Sie müssen hier nicht immer wieder nachsehen.
waiting-join = In die Warte·liste eintragen

waiting-join-title = In die Warte·liste eintragen
waiting-change-title = Ändern, was passt
waiting-mistake-title = Fehler: { $title }
waiting-unfit = Ein Wunsch passt zu keinem Termin. Wählen Sie andere Tage. Oder andere Orte. Oder andere Uhr·zeiten.
waiting-join-body = Welche Termine passen Ihnen? Passen viele Termine? Dann geht es schneller.
waiting-application = Erst der Antrag, dann die Warte·liste
waiting-application-body = Haben Sie die Nummer von Ihrem Antrag schon geschrieben? Dann machen Sie hier weiter. Wenn nicht: Schreiben Sie zuerst die Nummer.
waiting-join-booked = Sie haben schon einen Termin: { $time }
waiting-join-booked-body = Wir bieten Ihnen nur frühere Termine an. Ihr Termin bleibt. Nehmen Sie einen neuen Termin? Erst dann ist der alte weg.
waiting-people = { $count ->
        [0] Gerade wartet niemand.
        [one] Gerade wartet 1 Mensch.
       *[other] Gerade warten { $count } Menschen.
    }
waiting-rule-line = Wer an einem früheren Tag kam, ist zuerst dran. Am selben Tag entscheidet der Zufall. Sie müssen nicht schnell sein.
waiting-rule-time = { $count ->
        [one] Sie haben 1 Stunde Zeit für eine Antwort.
       *[other] Sie haben { $count } Stunden Zeit für eine Antwort.
    }
waiting-rule-night = Endet die Zeit in der Nacht? Dann haben Sie Zeit bis zum Morgen.
waiting-rule-phone = { $count ->
        [one] Ruft das Amt Sie an? Dann haben Sie 1 Stunde mehr Zeit.
       *[other] Ruft das Amt Sie an? Dann haben Sie { $count } Stunden mehr Zeit.
    }
waiting-rule-soon = Ist der Termin bald? Dann haben Sie weniger Zeit.
waiting-rule-declines = { $count ->
        [one] Sagen Sie Nein? Oder antworten Sie nicht? Dann ist Ihr Platz weg.
       *[other] Sagen Sie { $count } Mal Nein? Oder antworten Sie nicht? Dann ist Ihr Platz weg.
    }
waiting-rule-rejoin = { $count ->
        [one] Ist Ihr Platz so weg? Dann müssen Sie 1 Tag warten. Danach können Sie sich im Internet wieder eintragen.
       *[other] Ist Ihr Platz so weg? Dann müssen Sie { $count } Tage warten. Danach können Sie sich im Internet wieder eintragen.
    }
waiting-next = Geht der Wunsch davor nicht? Dann zählt dieser Wunsch. Sie müssen hier nichts wählen.
waiting-time = Wann am Tag?
waiting-time-any = Egal
waiting-time-morning = Am Vormittag (fertig bis 12 Uhr)
waiting-time-afternoon = Am Nachmittag (ab 12 Uhr)
waiting-time-evening = Ab 16 Uhr
waiting-any-too = Dann nehme ich auch jeden anderen Termin.
waiting-days = Bestimmte Tage
waiting-days-body = Können Sie an einem Tag nicht? Zum Beispiel am 24. Dezember? Das können Sie hier sagen. Sie müssen hier nichts schreiben.
waiting-from = Nicht vor dem
waiting-until = Nicht nach dem
waiting-except = An diesen Tagen kann ich nicht
waiting-except-number = Tag { $number }
waiting-day-unreadable = Das ist kein Datum. Schreiben Sie so: 24.12.2026
waiting-until-before-from = Der letzte Tag ist vor dem ersten Tag. Prüfen Sie die Tage.
waiting-until-over = Der letzte Tag ist schon vorbei. Wählen Sie einen anderen Tag.
waiting-stand-by = Ich kann sofort kommen
waiting-stand-by-body =
    Manchmal wird ein Termin für heute oder morgen frei. Dann fragen wir: Wer kann sofort kommen? Sie haben dann nur { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    } Zeit. Der Zufall entscheidet. Sie müssen nicht schnell sein. Sagen Sie Nein? Oder ist es zu spät? Ihr Platz bleibt.
waiting-stand-by-no = Nein
waiting-stand-by-today = Ja, heute
waiting-stand-by-tomorrow = Ja, heute und morgen
waiting-stand-by-until = bis { $date }
waiting-join-email = Das Amt schreibt Ihnen eine E-Mail. Das Amt ruft Sie nicht an. Haben wir keine E-Mail-Adresse von Ihnen? Dann schauen Sie hier nach. Melden Sie sich dafür an.
waiting-join-no-email = Sie haben keine E-Mail-Adresse? Dann gehen Sie bitte zum Amt. Das Amt setzt Sie auf die Liste. Dann ruft das Amt Sie an.
waiting-join-desks = Wo das Amt ist
waiting-join-promise = Das kostet kein Geld. Sie können Ihre Wünsche ändern. Ihr Platz bleibt dann gleich. Sie können die Liste auch verlassen.
waiting-join-now = Jetzt eintragen

waiting-any = Jeder Termin passt
waiting-words-from = ab { $date }
waiting-words-until = bis { $date }
waiting-words-except = nicht am { $dates }

waiting-mine = Warte·liste
waiting-place-title = Ihr Platz auf der Warte·liste
waiting-joined = Sie stehen auf der Warte·liste.
waiting-joined-body = Wird ein Termin frei? Dann fragen wir die Menschen auf der Liste. Einen nach dem anderen.
waiting-answered = Sie stehen weiter auf der Warte·liste.
waiting-answered-body = Jetzt bieten wir Ihnen wieder Termine an.
waiting-status-waiting = Sie warten
waiting-status-offered = Ein Termin ist für Sie da
waiting-status-asked = Bitte antworten
waiting-status-booked = Termin gebucht
waiting-status-ended = Platz ist weg
waiting-line = Vor Ihnen
waiting-ahead = { $count ->
        [0] Niemand ist vor Ihnen.
        [one] 1 Mensch ist vor Ihnen.
       *[other] { $count } Menschen sind vor Ihnen.
    }
waiting-ahead-between = So viele Menschen sind vor Ihnen: { $least } bis { $most }. Morgen wissen wir es genau.
waiting-line-body = Nicht jeder Termin passt allen Menschen. Darum kann es schneller gehen. Niemand weiß: Wann wird ein Termin frei?
waiting-since = Eingetragen am
waiting-suits = Das passt Ihnen, das Beste zuerst
waiting-booked-until = Sie haben noch Ihren Termin: { $time }
waiting-email = Ist ein Termin frei? Dann schreiben wir Ihnen eine E-Mail: { $email }. Es steht auch hier.
waiting-no-email = Wir haben keine E-Mail-Adresse von Ihnen. Schauen Sie bitte jeden Tag hier nach.
waiting-offers-here = Ist ein Termin frei? Das steht auch hier.
waiting-change = Ändern, was mir passt
waiting-leave = Warte·liste verlassen
waiting-drawn = So haben wir Ihren Platz ausgelost
waiting-drawn-body = Jeder Tag hat eine geheime Zahl. Am nächsten Tag zeigen wir die Zahl. Damit kann man Ihren Platz nachrechnen (HMAC-SHA-256).
waiting-drawn-commitment = Fingerabdruck der Zahl (SHA-256)
waiting-drawn-key = Die Zahl vom Tag
waiting-drawn-place = Ihr Los

waiting-offer = Dieser Termin ist für Sie da
waiting-offer-until = Antworten Sie bis: { $time }
waiting-offer-until-other = Antwort bis: { $time }
waiting-offer-take = Ja, ich möchte den Termin
waiting-offer-decline = Nein, danke
waiting-last = Sagen Sie Nein? Oder antworten Sie nicht? Dann ist Ihr Platz auf der Warte·liste weg.
waiting-decline-keeps = Sagen Sie Nein? Dann fragen wir den nächsten Menschen. Ihr Platz bleibt.
waiting-decline-then = { $count ->
        [one] Danach fragen wir Sie noch einmal. Sagen Sie dann wieder Nein? Oder antworten Sie nicht? Dann ist Ihr Platz weg.
       *[other] Danach fragen wir Sie wieder. Sagen Sie noch { $count } Mal Nein? Oder antworten Sie nicht? Dann ist Ihr Platz weg.
    }
waiting-short-free = Für diesen Termin müssen Sie sofort kommen können. Sagen Sie Nein? Oder antworten Sie nicht? Ihr Platz bleibt.
waiting-next-is-last = Sagen Sie noch einmal Nein? Oder antworten Sie nicht? Dann ist Ihr Platz weg.
waiting-accept-title = Termin prüfen und nehmen
waiting-accept-move-title = Termin verschieben
waiting-accept-old = Ihr alter Termin
waiting-accept-new = Der neue Termin
waiting-accept-until = Antworten bis: { $time }
waiting-decide-later = Später antworten

waiting-answer-title = Möchten Sie diesen Termin?
waiting-answer-move = Sagen Sie Ja? Dann ist Ihr alter Termin weg.
waiting-answer-login = Für ein Ja melden Sie sich an. Für ein Nein drücken Sie nur den Knopf.
waiting-answer-other = Jetzt ist ein anderer Mensch angemeldet. Wer hat die Nachricht bekommen? Dieser Mensch muss sich anmelden. Für ein Nein drücken Sie nur den Knopf.
waiting-still-title = Warten Sie noch?
waiting-still-body = Wir hatten einen Termin für Sie. Sie haben nicht geantwortet. Warten Sie noch? Sagen Sie es uns bis: { $time }. Sonst ist Ihr Platz weg.
waiting-still-yes = Ja, ich warte noch
waiting-declined-title = Sie haben Nein gesagt.
waiting-declined-body = Jetzt fragen wir den nächsten Menschen. Ihr Platz auf der Warte·liste bleibt.
waiting-in-line-title = Sie stehen auf der Warte·liste.
waiting-in-line-body = Diesen Termin gibt es nicht mehr. Sie müssen nichts tun. Wir schreiben Ihnen wieder.
waiting-booked-title = Sie haben einen Termin.
waiting-booked-body = Sie warten nicht mehr. Der Termin steht bei Ihren Terminen.

waiting-lost-title = Sie stehen nicht mehr auf der Warte·liste.
waiting-place-over-title = Dieser Platz auf der Warte·liste ist zu Ende.
waiting-place-over-again = Haben Sie sich danach neu eingetragen? Diese Nachricht ist von Ihrem alten Platz. Den neuen Platz sehen Sie bei „Meine Termine“.
waiting-lost-declines = Wir haben Ihnen mehrere Termine angeboten. Sie haben Nein gesagt oder nicht geantwortet.
waiting-lost-silence = Wir haben gefragt: Warten Sie noch? Sie haben nicht geantwortet.
waiting-lost-list = Das Amt hat die Warte·liste beendet. Sie haben nichts falsch gemacht.
waiting-lost-stand-by = Der Tag ist vorbei. An dem Tag konnten Sie sofort kommen.
waiting-lost-unknown = Gibt es die Liste noch? Dann können Sie sich wieder eintragen. Vielleicht müssen Sie vorher ein paar Tage warten.
waiting-lost-login = Melden Sie sich an. Dann sehen Sie den Grund.
waiting-lost-other = Jetzt ist ein anderer Mensch angemeldet. Wer hat die Nachricht bekommen? Meldet sich dieser Mensch an, sieht er den Grund.
waiting-join-again = Wieder eintragen

waiting-leave-title = Möchten Sie die Warte·liste verlassen?
waiting-leave-body = Dann ist Ihr Platz weg. Sie können sich später wieder eintragen. Dann stehen Sie ganz hinten. Was Sie abgelehnt haben, zählt noch eine Zeit lang.
waiting-leave-offer = Ein Termin ist gerade für Sie da. Dann bekommt ihn ein anderer Mensch.
waiting-leave-yes = Ja, verlassen
waiting-leave-no = Nein, weiter warten
waiting-barred-too = Bis dahin können Sie sich auch nicht in die Warte·liste eintragen.
waiting-left = Sie stehen nicht mehr auf der Warte·liste.
waiting-left-body = Ihr Platz ist weg. Was Sie abgelehnt haben, zählt noch eine Zeit lang.

problem-no-waiting-list = Hier gibt es keine Warte·liste
    .what = Das Amt hat keine Warte·liste. Oder die Liste ist zu Ende.
    .do = Suchen Sie einen freien Termin. Oder rufen Sie an: 115.
problem-waiting-list-full = Die Warte·liste ist voll
    .what = Gerade kann sich niemand mehr eintragen.
    .do = Versuchen Sie es später. Oder rufen Sie an: 115.
problem-rejoin-too-soon = Sie können sich noch nicht wieder eintragen
    .what = Ihr Platz auf der Warte·liste ist weg. Sie haben Nein gesagt oder nicht geantwortet.
    .do = Im Internet geht es wieder ab: { $again_at }. Brauchen Sie früher einen Platz? Das Amt entscheidet. Fragen Sie am Schalter. Oder rufen Sie an: 115.
problem-not-waiting = Sie stehen nicht auf dieser Warte·liste
    .what = Vielleicht haben Sie die Liste verlassen. Oder Sie haben sich anders angemeldet als früher.
    .do = Schauen Sie bei Ihren Terminen nach. Oder melden Sie sich so an wie früher.
problem-already-waiting = Sie stehen schon auf einer Warte·liste
    .what = Sie können nur auf einer Liste stehen.
    .do = Verlassen Sie zuerst die andere Liste. Sie steht bei Ihren Terminen.
problem-waiting-in-doubt = Ein Amt muss zuerst Ihren Ausweis sehen
    .what = Wir wissen nicht sicher: Kennen wir Sie schon? Darum können Sie jetzt nicht auf die Warte·liste.
    .do = Melden Sie sich so an wie früher. Oder zeigen Sie Ihren Ausweis am Schalter. Oder rufen Sie an: 115.
problem-offer-not-found = Dieser Link geht nicht mehr
    .what = Vielleicht haben Sie eine neue E-Mail von uns. Oder Sie haben die Warte·liste verlassen.
    .do = Öffnen Sie die neue E-Mail. Oder schauen Sie bei Ihren Terminen nach.
problem-offer-elsewhere = Diesen Termin gibt es hier nicht
    .what = Die Zeit ist um. Oder Sie haben schon geantwortet. Oder Sie haben sich anders angemeldet als früher.
    .do = Schauen Sie bei Ihren Terminen nach. Oder melden Sie sich so an wie früher.
problem-offer-over = Diesen Termin gibt es nicht mehr
    .what = Die Zeit ist um. Oder Sie haben schon geantwortet. Wir haben jetzt nichts gebucht.
    .do = Schauen Sie bei Ihren Terminen nach.
