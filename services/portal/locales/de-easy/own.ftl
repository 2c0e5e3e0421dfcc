# In Leichter Sprache: Ihr Termin, Ihre Adresse, Ihre Daten.

appointment-map = Auf einer Karte zeigen
qr-code = Ihre Termin·nummer als Bild
qr-code-body = Zeigen Sie dieses Bild im Amt.
history-title = Das ist mit dem Termin passiert
history-booked = Gebucht für: { $time }
history-moved = Verschoben auf: { $time }
history-cancelled = Sie haben abgesagt
history-cancelled-office = Das Amt hat abgesagt
history-served = Fertig
history-missed = Sie waren nicht da
history-closed = Vorbei. Das Amt hat nichts aufgeschrieben.

cancel-follows = Das passiert dann
cancel-returns = Ein anderer Mensch bekommt den Termin. Sie können den Termin niemandem schenken.
cancel-mail = Wir schreiben Ihnen eine E-Mail. In der E-Mail ist eine Datei. Die Datei löscht den Termin in Ihrem Kalender.
cancel-no-mail = Sie bekommen keine E-Mail. Steht der Termin in Ihrem Kalender? Dann löschen Sie ihn bitte selbst.
cancel-mail-untold = Haben wir eine E-Mail-Adresse von Ihnen? Dann schreiben wir Ihnen. In der E-Mail ist eine Datei. Die Datei löscht den Termin in Ihrem Kalender.
cancel-in-time = Sie sagen früh genug ab.
cancel-free =
    In { $days ->
        [one] 1 Tag
       *[other] { $days } Tagen
    } dürfen Sie { $max } Mal absagen oder verschieben. Tun Sie das öfter? Dann müssen Sie warten.
cancel-rebook-now = Sie können sofort einen neuen Termin buchen.
cancel-next-assigned = Ihr Antrag bleibt da. Das Amt gibt Ihnen einen anderen Termin.
cancel-next-drawn = Danach können Sie bei der nächsten Verlosung mitmachen.
cancel-draw = Sie wollen diesen Termin bei einer Verlosung tauschen. Ohne den Termin gewinnen Sie dort nichts.
cancel-wait-title = Danach müssen Sie warten
cancel-wait-body = Sagen Sie jetzt ab? Dann können Sie so einen Termin erst wieder buchen ab: { $time }
cancel-free-left = { $count ->
        [0] Sagen Sie danach noch einmal ab? Oder verschieben Sie noch einmal? Dann müssen Sie warten.
        [one] Danach können Sie noch 1 Mal absagen oder verschieben. Sie müssen dann nicht warten.
       *[other] Danach können Sie noch { $count } Mal absagen oder verschieben. Sie müssen dann nicht warten.
    }
move-draw = Sie wollen den alten Termin bei einer Verlosung tauschen. Verschieben Sie ihn jetzt? Dann speichern Sie dort Ihre Wünsche neu. Sonst gewinnen Sie dort nichts.
move-wait = Verschieben Sie jetzt? Dann können Sie erst wieder verschieben und buchen ab: { $time }
move-free-left = { $count ->
        [0] Sagen Sie danach noch einmal ab? Oder verschieben Sie noch einmal? Dann müssen Sie warten.
        [one] Danach können Sie noch 1 Mal absagen oder verschieben. Sie müssen dann nicht warten.
       *[other] Danach können Sie noch { $count } Mal absagen oder verschieben. Sie müssen dann nicht warten.
    }
move-late-title = Sie verschieben sehr spät
move-late-body =
    Der alte Termin beginnt in weniger als { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    }. Spätes Absagen zählt genauso.
move-late-then = { $days ->
        [one] Passiert das zweimal an 1 Tag? Dann können Sie 1 Tag lang keinen solchen Termin buchen.
       *[other] Passiert das zweimal in { $days } Tagen? Dann können Sie { $days } Tage lang keinen solchen Termin buchen.
    } Verschieben ist aber besser als nicht kommen.
cancel-missed = { $count ->
        [one] Sagen Sie nicht ab und kommen Sie nicht? Dann können Sie 1 Tag lang keinen solchen Termin buchen.
       *[other] Sagen Sie nicht ab und kommen Sie nicht? Dann können Sie { $count } Tage lang keinen solchen Termin buchen.
    }
cancel-late-title = Sie sagen sehr spät ab
cancel-late-body =
    Sie sagen weniger als { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    } vorher ab. Spätes Verschieben zählt genauso.
cancel-late-then = { $days ->
        [one] Passiert das zweimal an 1 Tag? Dann können Sie 1 Tag lang keinen solchen Termin buchen.
       *[other] Passiert das zweimal in { $days } Tagen? Dann können Sie { $days } Tage lang keinen solchen Termin buchen.
    } Absagen ist aber besser als nicht kommen.
cancel-move-instead = Den Termin lieber verschieben
cancelled-late = Sie haben sehr spät abgesagt. Spätes Verschieben zählt genauso. Passiert das zweimal? Dann müssen Sie eine Zeit lang warten.
cancelled-wait = Sie können so einen Termin erst wieder buchen ab: { $time }

address-title = E-Mails an Sie
address-now = Wir schreiben an: { $email }
address-none = Sie bekommen gerade keine E-Mails von uns.
address-hidden = Haben wir eine E-Mail-Adresse von Ihnen? Dann schreiben wir dorthin. Mit dieser Anmeldung können Sie die Adresse nicht sehen. Sie können die Adresse auch nicht ändern.
address-unknown = Bekommen Sie E-Mails von uns? Das können wir gerade nicht nachsehen.
address-unchanged = Wir haben Ihre E-Mail-Adresse nicht geändert
address-unchanged-body = Mit dieser Anmeldung geht das nicht. Ihr Termin ist trotzdem gebucht.
address-unproven = Für { $email } fehlt noch der Code.
address-body = Die Adresse gilt für alle Ämter auf dieser Seite. Ist etwas mit Ihrem Termin? Dann schreiben wir Ihnen.
address-new = Neue E-Mail-Adresse
address-hint = Wir schicken einen Code an die Adresse. Den Code schreiben Sie dann hier hinein.
address-send = Code schicken
address-clear = Keine E-Mails mehr
address-change = Ändern
address-add = Adresse sagen
address-back = Zurück
address-proven-body = Ab jetzt schreiben wir an diese Adresse.
address-cleared = Sie bekommen keine E-Mails mehr.
address-cleared-body = Wir haben Ihre Adresse gelöscht. Ihre Termine bleiben. Sie sehen die Termine hier.

data-title = Meine Daten
data-lead = Hier steht, was wir und die Ämter über Sie wissen. Unsere E-Mails an Sie stehen hier nicht.
data-download = Alles herunterladen (JSON-Datei)
data-identity = Anmeldung
data-readings = Wer hat Ihre Daten angesehen?
data-readings-none = Niemand im Amt hat Ihre Daten angesehen.
data-readings-body = Menschen im Amt haben Ihre Daten angesehen. Sie haben mit Terminen gearbeitet. Oder sie wollten wissen: Wer ist das?
data-readings-office = ein Amt
data-readings-part = Nicht jedes Amt hat geantwortet. Vielleicht fehlt hier etwas.
data-readings-level = Melden Sie sich sicherer an. Dann sehen Sie alles. Vielleicht fehlt hier etwas.
data-unreachable = Das geht gerade nicht. Versuchen Sie es später noch einmal.
data-level = Melden Sie sich sicherer an. Dann sehen Sie diese Daten.
data-nothing = Hier ist nichts über Sie gespeichert.
data-kept = Das wird nicht von selbst gelöscht.
data-kept-days = { $count ->
        [0] Gilt ein Eintrag nicht mehr? Dann wird er sofort gelöscht.
        [one] Gilt ein Eintrag nicht mehr? Dann wird er nach 1 Tag gelöscht.
       *[other] Gilt ein Eintrag nicht mehr? Dann wird er nach { $count } Tagen gelöscht.
    }
data-entries = { $count ->
        [one] 1 Eintrag ansehen
       *[other] { $count } Einträge ansehen
    }
data-entry-file = Das ist nur für Computer. Es steht in der Datei.
data-hold = Das halten wir für Sie frei
data-hold-body = Das Amt merkt sich den Termin nur für einige Minuten.
data-hold-until = bis { $time }
data-mail = E-Mails an Sie
data-mail-body = Unsere E-Mails liegen in Ihrem Post·fach. Und beim Amt. Hier stehen sie nicht. Fragen Sie das Amt.
data-field-starts = Anfang
data-field-ends = Ende
data-field-at = Wann
data-field-last = Zuletzt
data-field-expires = Gilt bis
data-field-authority = Amt
data-field-pseudonym = Nummer
data-field-language = Sprache
data-did = Was passiert ist
data-did-cancelled = Termin abgesagt
data-did-moved = Termin verschoben
data-did-missed = Nicht zum Termin gekommen
data-did-hold-abandoned = Termin gewählt und nicht gebucht
data-did-seat-declined = Termin aus der Verlosung nicht genommen
data-appointments = Termine
    .why = Das Amt muss wissen: Wer kommt?
data-history = Abgesagte, verschobene und verpasste Termine
    .why = Wer oft absagt oder nicht kommt, muss warten. Darum merkt sich das Amt das.
data-waiting = Warte·listen
    .why = Damit Sie an die Reihe kommen.
data-draws = Verlosungen
    .why = Damit Ihr Los zählt.
data-applications = Anträge
    .why = Für manche Termine brauchen Sie einen Antrag.
data-login = Ihre Anmeldungen
    .why = Wir müssen wissen, wer Sie sind.
data-address = E-Mail-Adresse
    .why = Damit wir Ihnen schreiben können.
data-authorities = Ihre Nummern für die Ämter
    .why = Jedes Amt kennt Sie unter einer anderen Nummer. Beim Amt steht, was es gespeichert hat.
data-one-person = So erkennen wir Sie wieder
    .why = Niemand soll zweimal buchen.
data-repeated = Doppelte Klicks
    .why = Damit ein doppelter Klick nicht zweimal bucht.
data-audit = Protokoll
    .why = Dann kann man sehen: Wer hat was gemacht?
data-other = Anderes
    .why = Das braucht das Amt für die Arbeit.
data-erasure = Löschen
data-erasure-body = Oben steht: Was wird von selbst gelöscht? Und wann? Ihre E-Mail-Adresse können Sie selbst löschen. Ihren Platz auf einer Warte·liste auch. Möchten Sie mehr löschen? Dann fragen Sie bitte das Amt.
