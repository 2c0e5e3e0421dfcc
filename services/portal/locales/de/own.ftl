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
cancel-in-time = Sie sagen rechtzeitig ab. Sie können sofort einen neuen Termin buchen.
cancel-free = In { $days } Tagen können Sie insgesamt { $max } Termine absagen oder verschieben. Danach müssen Sie mit dem nächsten warten.
cancel-missed = { $count ->
        [one] Wer nicht absagt und nicht kommt, kann 1 Tag lang keinen Termin dieser Art buchen.
       *[other] Wer nicht absagt und nicht kommt, kann { $count } Tage lang keinen Termin dieser Art buchen.
    }
cancel-late-title = Das ist kurzfristig
cancel-late-body = Weniger als { $hours } Stunden vorher abzusagen zählt wie ein halber versäumter Termin. Zwei davon in { $days } Tagen zählen wie ein ganzer: Dann können Sie { $days } Tage lang keinen Termin dieser Art buchen. Absagen ist trotzdem besser als nicht zu kommen.
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
