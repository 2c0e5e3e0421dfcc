# Was einem Menschen gehört: sein Termin, seine Adresse, seine Daten.

appointment-map = Auf einer Karte zeigen
qr-code = Ihre Terminnummer als QR-Code
qr-code-body = Diesen Code können Sie am Empfang zeigen.
history-title = Was mit dem Termin geschah
history-booked = Gebucht für { $time }
history-moved = Verschoben auf { $time }
history-cancelled = Von Ihnen abgesagt
history-cancelled-office = Vom Amt abgesagt
history-served = Erledigt
history-missed = Nicht erschienen
history-closed = Vorbei, das Amt hat nichts vermerkt

cancel-follows = Das geschieht dann
cancel-returns = Der Termin wird für andere frei, zu einem zufälligen Zeitpunkt. Sie können ihn nicht weitergeben.
cancel-mail = Sie bekommen eine Bestätigung per E-Mail. Die angehängte Datei löscht den Eintrag in Ihrem Kalender.
cancel-no-mail = Sie bekommen keine E-Mail, weil wir keine bestätigte Adresse von Ihnen haben. Löschen Sie einen Eintrag im Kalender bitte selbst.
cancel-mail-untold = Haben wir eine bestätigte E-Mail-Adresse von Ihnen, bekommen Sie eine Bestätigung. Die Datei darin löscht den Eintrag in Ihrem Kalender.
cancel-in-time = Ihre Absage ist rechtzeitig.
cancel-free =
    In { $days ->
        [one] 1 Tag
       *[other] { $days } Tagen
    } dürfen Sie zusammen { $max }-mal absagen oder verschieben. Wenn Sie es öfter tun, müssen Sie warten, bevor Sie wieder buchen oder verschieben können.
cancel-rebook-now = Sie können sofort einen neuen Termin buchen.
cancel-next-assigned = Ihr Antrag bleibt. Die Behörde gibt Ihnen einen anderen Termin.
cancel-next-drawn = Danach können Sie an der nächsten Verlosung teilnehmen.
cancel-draw = Sie nehmen an einer Verlosung früherer Termine teil, um diesen zu ersetzen. Ohne ihn gewinnen Sie dort nichts.
cancel-wait-title = Danach müssen Sie warten
cancel-wait-body = Wenn Sie absagen, können Sie so einen Termin erst wieder buchen ab: { $time }
cancel-free-left = { $count ->
        [0] Wenn Sie danach noch einmal absagen oder verschieben, müssen Sie warten.
        [one] Danach können Sie noch 1-mal absagen oder verschieben, ohne zu warten.
       *[other] Danach können Sie noch { $count }-mal absagen oder verschieben, ohne zu warten.
    }
move-draw = Sie nehmen an einer Verlosung früherer Termine teil, um Ihren alten Termin zu ersetzen. Wenn Sie ihn verschieben, gewinnen Sie dort nichts, bis Sie Ihre Wünsche neu speichern.
move-wait = Wenn Sie jetzt verschieben, können Sie den Termin erst wieder verschieben und so einen Termin erst wieder buchen ab: { $time }
move-free-left = { $count ->
        [0] Wenn Sie danach noch einmal absagen oder verschieben, müssen Sie warten, bevor Sie wieder buchen können.
        [one] Danach können Sie noch 1-mal absagen oder verschieben, ohne zu warten.
       *[other] Danach können Sie noch { $count }-mal absagen oder verschieben, ohne zu warten.
    }
move-late-title = Das ist kurzfristig
move-late-body =
    Ihr bisheriger Termin beginnt in weniger als { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    }.
move-late-then = { $days ->
        [one] Wenn Sie zweimal an 1 Tag so spät absagen oder verschieben, können Sie 1 Tag lang keinen solchen Termin buchen.
       *[other] Wenn Sie zweimal in { $days } Tagen so spät absagen oder verschieben, können Sie { $days } Tage lang keinen solchen Termin buchen.
    } Verschieben ist trotzdem besser als nicht zu kommen.
cancel-missed = { $count ->
        [one] Wenn Sie nicht absagen und nicht kommen, können Sie 1 Tag lang keinen Termin dieser Art buchen.
       *[other] Wenn Sie nicht absagen und nicht kommen, können Sie { $count } Tage lang keinen Termin dieser Art buchen.
    }
cancel-late-title = Das ist kurzfristig
cancel-late-body =
    Sie sagen weniger als { $hours ->
        [one] 1 Stunde
       *[other] { $hours } Stunden
    } vorher ab.
cancel-late-then = { $days ->
        [one] Wenn Sie zweimal an 1 Tag so spät absagen oder verschieben, können Sie 1 Tag lang keinen solchen Termin buchen.
       *[other] Wenn Sie zweimal in { $days } Tagen so spät absagen oder verschieben, können Sie { $days } Tage lang keinen solchen Termin buchen.
    } Absagen ist trotzdem besser als nicht zu kommen.
cancel-move-instead = Lieber auf eine andere Zeit verschieben
cancelled-late = Diese Absage war kurzfristig. Wenn Sie zweimal so spät absagen oder verschieben, können Sie eine Zeit lang keinen solchen Termin buchen.
cancelled-wait = Sie können so einen Termin erst wieder buchen ab: { $time }

address-title = E-Mails an Sie
address-now = Wir schreiben an { $email }.
address-none = Sie bekommen zurzeit keine E-Mails von uns.
address-hidden = Haben wir eine bestätigte E-Mail-Adresse von Ihnen, schreiben wir dorthin. Nach dieser Anmeldung zeigen und ändern wir sie nicht.
address-unknown = Wir können gerade nicht prüfen, ob Sie E-Mails von uns bekommen.
address-unchanged = Ihre E-Mail-Adresse wurde nicht geändert
address-unchanged-body = Nach dieser Anmeldung geht das nicht. Ihr Termin ist trotzdem gebucht.
address-unproven = { $email } ist noch nicht bestätigt: Der Code fehlt noch.
address-body = Diese Adresse gilt für alle Behörden auf dieser Website: für Bestätigungen, Änderungen, Erinnerungen und Angebote von Wartelisten.
address-new = Neue E-Mail-Adresse
address-hint = Wir schicken einen Code dorthin. Bis Sie ihn eingeben, ändert sich nichts.
address-send = Code schicken
address-clear = Keine E-Mails mehr schicken
address-change = Ändern
address-add = Adresse angeben
address-back = Zurück
address-proven-body = Alles Weitere schicken wir dorthin.
address-cleared = Sie bekommen keine E-Mails mehr von uns.
address-cleared-body = Ihre Adresse ist gelöscht, auch bei den Behörden. Ihre Termine bleiben. Sie sehen sie hier, wenn Sie sich anmelden.

data-title = Meine Daten
data-lead = Hier sehen Sie, was die Anmeldung und die Behörden über Sie speichern. Unsere E-Mails an Sie sind nicht dabei. Jede Behörde kennt Sie unter einer eigenen Kennung.
data-download = Alles als Datei herunterladen (JSON)
data-identity = Anmeldung
data-readings = Wer Ihre Daten angesehen hat
data-readings-none = Bisher hat niemand im Amt Ihre Daten geöffnet.
data-readings-body = Beschäftigte haben Ihre Daten geöffnet, um Termine zu bearbeiten oder um zu klären, wer jemand ist. Mehrmals in einer Stunde zählt einmal.
data-readings-office = ein Amt
data-readings-part = Nicht jede Behörde hat geantwortet. Es kann mehr sein, als hier steht.
data-readings-level = Einen Teil sehen Sie nur nach einer sichereren Anmeldung. Es kann mehr sein, als hier steht.
data-unreachable = Das konnten wir gerade nicht abrufen. Versuchen Sie es in einigen Minuten noch einmal.
data-level = Diese Daten sehen Sie nach einer sichereren Anmeldung.
data-nothing = Hier ist nichts über Sie gespeichert.
data-kept = Das wird nicht von selbst gelöscht.
data-kept-days = { $count ->
        [0] Jeder Eintrag wird gelöscht, sobald er nicht mehr gilt.
        [one] Jeder Eintrag wird gelöscht, wenn er seit 1 Tag nicht mehr gilt.
       *[other] Jeder Eintrag wird gelöscht, wenn er seit { $count } Tagen nicht mehr gilt.
    }
data-entries = { $count ->
        [one] 1 Eintrag ansehen
       *[other] { $count } Einträge ansehen
    }
data-entry-file = Ein Eintrag für Programme. Er steht in der Datei.
data-hold = Gerade reserviert
data-hold-body = Die Behörde merkt sich das nur, bis Sie buchen oder die Zeit vorbei ist.
data-hold-until = reserviert bis { $time }
data-mail = Nachrichten an Sie
data-mail-body = Unsere E-Mails an Sie liegen in Ihrem Postfach und bei der Behörde, nicht in dieser Liste. Fragen Sie die Behörde danach.
data-field-starts = Beginn
data-field-ends = Ende
data-field-at = Wann
data-field-last = Zuletzt
data-field-expires = Gilt bis
data-field-authority = Behörde
data-field-pseudonym = Kennung
data-field-language = Sprache
data-did = Was geschah
data-did-cancelled = Termin abgesagt
data-did-moved = Termin verschoben
data-did-missed = Zum Termin nicht erschienen
data-did-hold-abandoned = Reservierung aufgegeben oder abgelaufen
data-did-seat-declined = Verlosten Termin nicht angenommen
data-appointments = Termine
    .why = Damit Ihr Termin stattfindet und das Amt weiß, wer kommt.
data-history = Abgesagte, verschobene und versäumte Termine
    .why = Wer oft absagt oder nicht kommt, muss warten. Dafür merkt sich die Behörde das.
data-waiting = Wartelisten und Angebote
    .why = Damit Sie an die Reihe kommen.
data-draws = Verlosungen
    .why = Damit Ihre Wünsche in der Verlosung zählen und alle das Ergebnis prüfen können.
data-applications = Anträge
    .why = Weil manche Termine einen Antrag voraussetzen.
data-login = Ihre Anmeldungen und die Angaben daraus
    .why = Damit feststeht, wer Sie sind, und der Name auf dem Termin stimmt.
data-address = E-Mail-Adresse
    .why = Damit wir Ihnen schreiben können.
data-authorities = Kennungen für die Behörden
    .why = Jede Behörde erkennt Sie an einer eigenen Kennung wieder. Ob sie etwas über Sie gespeichert hat, steht in ihrem eigenen Abschnitt.
data-one-person = Woran wir Sie wiedererkennen
    .why = Damit niemand mit zwei Konten oder Karten zweimal bucht.
data-repeated = Wiederholte Anfragen
    .why = Damit ein doppelter Klick nicht zweimal bucht.
data-audit = Protokoll
    .why = Damit Sie und das Amt nachsehen können, wer was getan oder angesehen hat.
data-other = Vorgänge am Schalter und Weiteres
    .why = Das Amt braucht das für seine Arbeit.
data-erasure = Löschen
data-erasure-body = Was von selbst gelöscht wird und wann, steht oben in jedem Abschnitt. Ihre E-Mail-Adresse und Ihren Platz auf einer Warteliste können Sie jederzeit selbst löschen. Alles andere löscht die Behörde auf Antrag, soweit sie es nicht aufbewahren muss (Artikel 17 DSGVO). Wenden Sie sich dafür an die Behörde.
