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

cancel-follows = Das passiert dann
cancel-returns = Ein anderer Mensch bekommt den Termin. Sie können den Termin niemandem schenken.
cancel-mail = Wir schreiben Ihnen eine E-Mail. In der E-Mail ist eine Datei. Die Datei löscht den Termin in Ihrem Kalender.
cancel-no-mail = Sie bekommen keine E-Mail. Steht der Termin in Ihrem Kalender? Dann löschen Sie ihn bitte selbst.
cancel-in-time = Sie sagen früh genug ab. Sie können sofort einen neuen Termin buchen.
cancel-free = Sie können in { $days } Tagen { $max } Mal absagen oder verschieben. Danach müssen Sie warten.
cancel-missed = { $count ->
        [one] Sagen Sie nicht ab und kommen Sie nicht? Dann können Sie 1 Tag lang keinen solchen Termin buchen.
       *[other] Sagen Sie nicht ab und kommen Sie nicht? Dann können Sie { $count } Tage lang keinen solchen Termin buchen.
    }
cancel-late-title = Sie sagen sehr spät ab
cancel-late-body = Sie sagen weniger als { $hours } Stunden vorher ab. Machen Sie das zweimal in { $days } Tagen? Dann können Sie { $days } Tage lang keinen solchen Termin buchen. Absagen ist aber besser als nicht kommen.
cancel-move-instead = Den Termin lieber verschieben
cancelled-late = Sie haben sehr spät abgesagt. Passiert das noch einmal, müssen Sie warten.

address-title = E-Mails an Sie
address-now = Wir schreiben an: { $email }
address-none = Sie bekommen gerade keine E-Mails von uns.
address-unproven = Für { $email } fehlt noch der Code.
address-body = Die Adresse gilt für alle Ämter auf dieser Seite. Wir schreiben Ihnen, wenn etwas mit Ihrem Termin ist.
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
