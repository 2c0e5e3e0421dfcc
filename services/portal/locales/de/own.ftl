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

cancel-follows = Das geschieht dann
cancel-returns = Der Termin wird für andere frei, zu einem zufälligen Zeitpunkt. Sie können ihn nicht weitergeben.
cancel-mail = Sie bekommen eine Bestätigung per E-Mail. Die angehängte Datei löscht den Eintrag in Ihrem Kalender.
cancel-no-mail = Sie bekommen keine E-Mail, weil wir keine bestätigte Adresse von Ihnen haben. Löschen Sie einen Eintrag im Kalender bitte selbst.
cancel-in-time = Sie sagen rechtzeitig ab.
cancel-free = Absagen und Verschieben werden zusammengezählt: Innerhalb von { $days } Tagen ist es { $max }-mal frei. Nach einem weiteren Mal müssen Sie warten, bevor Sie wieder buchen oder verschieben können.
cancel-rebook-now = Sie können sofort einen neuen Termin buchen.
cancel-next-assigned = Ihr Antrag bleibt. Die Behörde gibt Ihnen einen anderen Termin.
cancel-next-drawn = Danach können Sie an der nächsten Verlosung teilnehmen.
cancel-draw = Sie nehmen an einer Verlosung früherer Termine teil, um diesen zu ersetzen. Ohne ihn gewinnen Sie dort nichts.
cancel-wait-title = Danach müssen Sie warten
cancel-wait-body = Wenn Sie absagen, können Sie so einen Termin erst wieder buchen ab: { $time }
cancel-free-left = { $count ->
        [0] Diese Absage war die letzte freie.
        [one] Danach ist es noch 1-mal frei.
       *[other] Danach ist es noch { $count }-mal frei.
    }
move-draw = Sie nehmen an einer Verlosung früherer Termine teil, um Ihren alten Termin zu ersetzen. Wenn Sie ihn verschieben, gewinnen Sie dort nichts, bis Sie Ihre Wünsche neu speichern.
move-wait = Wenn Sie jetzt verschieben, können Sie den Termin erst wieder verschieben und so einen Termin erst wieder buchen ab: { $time }
move-free-left = { $count ->
        [0] Danach können Sie nicht mehr frei absagen oder verschieben. Bei einem weiteren Mal müssen Sie warten, bevor Sie wieder buchen können.
        [one] Danach können Sie noch 1-mal frei absagen oder verschieben.
       *[other] Danach können Sie noch { $count }-mal frei absagen oder verschieben.
    }
cancel-missed = { $count ->
        [one] Wer nicht absagt und nicht kommt, kann 1 Tag lang keinen Termin dieser Art buchen.
       *[other] Wer nicht absagt und nicht kommt, kann { $count } Tage lang keinen Termin dieser Art buchen.
    }
cancel-late-title = Das ist kurzfristig
cancel-late-body = Weniger als { $hours } Stunden vorher abzusagen zählt wie ein halber versäumter Termin. Zwei davon in { $days } Tagen zählen wie ein ganzer. Dann können Sie { $days } Tage lang keinen Termin dieser Art buchen. Absagen ist trotzdem besser als nicht zu kommen.
cancel-move-instead = Lieber auf eine andere Zeit verschieben
cancelled-late = Diese Absage war kurzfristig. Sie zählt wie ein halber versäumter Termin.

address-title = E-Mails an Sie
address-now = Wir schreiben an { $email }.
address-none = Sie bekommen zurzeit keine E-Mails von uns.
address-unproven = { $email } wartet noch auf den Code.
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
data-lead = Hier sehen Sie alles, was die Anmeldung und die Behörden über Sie speichern. Jede Behörde kennt Sie unter einer eigenen Kennung.
data-download = Alles als Datei herunterladen (JSON)
data-identity = Anmeldung
data-readings = Wer Ihre Daten angesehen hat
data-readings-none = Bisher hat niemand im Amt Ihre Daten geöffnet.
data-readings-body = Beschäftigte haben Ihre Daten geöffnet, um Termine zu bearbeiten oder um zu klären, wer jemand ist. Mehrmals in einer Stunde zählt einmal.
data-readings-part = Nicht jede Behörde hat geantwortet. Es kann mehr sein, als hier steht.
data-unreachable = Das konnten wir gerade nicht abrufen. Versuchen Sie es in einigen Minuten noch einmal.
data-level = Diese Daten sehen Sie nach einer sichereren Anmeldung.
data-nothing = Hier ist nichts über Sie gespeichert.
data-kept = Wird nicht von selbst gelöscht.
data-kept-days = { $count ->
        [0] Wird gelöscht, sobald es endet.
        [one] Wird 1 Tag nach dem Ende gelöscht.
       *[other] Wird { $count } Tage nach dem Ende gelöscht.
    }
data-entries = { $count ->
        [one] 1 Eintrag ansehen
       *[other] { $count } Einträge ansehen
    }
data-entry-file = Ein Eintrag für Programme. Er steht in der Datei.
data-hold = Gerade reserviert
data-hold-body = Reservierungen liegen bei der Behörde im Arbeitsspeicher, bis sie gebucht werden oder enden.
data-hold-until = reserviert bis { $time }
data-mail = Nachrichten an Sie
data-mail-body = Was wir Ihnen per E-Mail schicken, liegt beim Versand der Behörde und in Ihrem Postfach, nicht in dieser Liste. Fragen Sie die Behörde danach.
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
data-did-missed = Termin versäumt
data-did-hold-abandoned = Reservierung aufgegeben oder abgelaufen
data-did-seat-declined = Verlosten Termin nicht angenommen
data-appointments = Termine
    .why = Damit Ihr Termin stattfindet und das Amt weiß, wer kommt.
data-history = Abgesagte, verschobene und versäumte Termine
    .why = Damit Regeln gegen viele Absagen und gegen Versäumnisse gelten können.
data-waiting = Wartelisten und Angebote
    .why = Damit Sie an die Reihe kommen.
data-draws = Verlosungen
    .why = Damit Ihre Wünsche in der Verlosung zählen und alle das Ergebnis prüfen können.
data-applications = Anträge
    .why = Weil manche Termine einen Antrag voraussetzen.
data-login = Anmeldungen und was sie bewiesen haben
    .why = Damit feststeht, wer Sie sind, und der Name auf dem Termin stimmt.
data-address = E-Mail-Adresse
    .why = Damit wir Ihnen schreiben können.
data-authorities = Kennungen für die Behörden
    .why = Jede Behörde erkennt Sie an einer eigenen Kennung wieder. Ob sie etwas über Sie gespeichert hat, steht bei ihr.
data-one-person = Ein Mensch, eine Person
    .why = Damit niemand mit zwei Konten oder Karten zweimal bucht.
data-repeated = Wiederholte Anfragen
    .why = Damit ein doppelter Klick nicht zweimal bucht.
data-audit = Protokoll
    .why = Damit nachzusehen ist, wer was getan oder angesehen hat.
data-other = Vorgänge am Schalter und Weiteres
    .why = Wird für die Arbeit des Amtes gebraucht.
data-erasure = Löschen
data-erasure-body = Was von selbst gelöscht wird und wann, steht oben bei jedem Zweck. Ihre E-Mail-Adresse und Ihren Platz auf einer Warteliste können Sie jederzeit selbst löschen. Alles andere löscht die Behörde auf Antrag, soweit sie es nicht aufbewahren muss (Artikel 17 DSGVO). Wenden Sie sich dafür an die Behörde.
