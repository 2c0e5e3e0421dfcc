# Anmelden vor der Wahl, reservieren, buchen, ohne Online-Ausweis.

error-prefix = Fehler:
error-summary = Bitte prüfen Sie Ihre Angaben
nav-logged-in = Angemeldet
nav-logged-in-as = Angemeldet als
login-offer = Zum Buchen melden Sie sich an
login-offer-why = So wissen wir, wer den Termin bucht. Freie Termine sehen Sie auch ohne Anmeldung.
login-back-to-choice = Zurück zu Ihrer Auswahl
choice-login-holds = Sobald Sie angemeldet sind, reservieren wir den Termin für Sie, wenn er dann noch frei ist.
choice-login-number = Nach der Anmeldung geben Sie die Nummer Ihres Antrags ein, falls wir sie noch nicht kennen. Danach reservieren wir den Termin für Sie, wenn er dann noch frei ist.
entitlement-missing = Bitte schreiben Sie die Nummer in das Feld.
entitlement-then-hold = Danach reservieren wir für Sie: { $time }. Bis dahin kann jemand anderes den Termin nehmen.
failure-reopen = Seite neu öffnen
failure-kept = Ihre Eingaben gehen nicht verloren. Sie stehen danach wieder im Formular.
failure-lost = Ihre Eingaben konnten wir nicht aufheben. Bitte geben Sie sie danach noch einmal ein.
hold-same-time = Denselben Termin nehmen: { $time }
day-past = Dieser Tag ist schon vorbei.
day-closed = An diesem Tag ist geschlossen.
day-far = Für diesen Tag ist kein Termin frei. Vielleicht kann man ihn noch nicht buchen.
problem-slot-not-free = Dieser Termin ist nicht frei
    .what = Er ist schon vergeben, oder zu dieser Zeit gibt es keinen Termin. Für Sie wurde nichts gebucht.
    .do = Wählen Sie einen anderen Termin.
problem-booking-gone = Diesen Termin gibt es nicht mehr
    .what = Er wurde schon verschoben oder abgesagt, oder er ist vorbei. Mit dieser Seite können Sie ihn nicht mehr verschieben.
    .do = Sehen Sie nach, welchen Termin Sie jetzt haben, oder buchen Sie einen neuen.
nearest-title = Das ist in der Nähe dieser Zeit frei
nearest-own = Diese Zeit ist schon für Sie reserviert
nearest-own-body = Für Sie ist schon ein Termin zu dieser Zeit oder ganz nah dabei reserviert bis { $time }.
nearest-own-show = Reservierten Termin ansehen
confirm-left = Noch {"{"}minutes{"}"}:{"{"}seconds{"}"} Minuten.
confirm-left-minutes = { $minutes ->
        [one] Die Reservierung endet in 1 Minute.
       *[other] Die Reservierung endet in { $minutes } Minuten.
    }
confirm-email-known = Die Bestätigung geht an { $email }.
confirm-email-other = Andere E-Mail-Adresse
confirm-email-other-hint = Leer lassen, wenn die Adresse oben stimmt. An eine neue Adresse schicken wir zuerst einen Code. Bis Sie ihn eingeben, geht alles an die Adresse oben.
confirm-email-letters = An Adressen mit Buchstaben wie ä, ö oder ü vor dem @ können wir nicht schreiben. Bitte nehmen Sie eine andere.
email-proven-body = Was wir Ihnen noch nicht geschickt haben und alles Weitere geht an diese Adresse.
moving-old = Bisheriger Termin
moving-new = Neuer Termin
moving-code = Ihre Terminnummer { $code } gilt dann nicht mehr. Sie bekommen eine neue.
swap-title = Diesen Termin stattdessen reservieren?
swap-keep-title = Buchen Sie den Termin, der für Sie reserviert ist
swap-body = Sie können von dieser Art immer nur einen Termin reservieren. Wenn Sie den anderen nehmen, ist der jetzige nicht mehr für Sie reserviert.
swap-present = Für Sie reserviert bis { $time }
swap-wanted = Der andere Termin
swap-moves = Damit verschieben Sie Ihren gebuchten Termin.
swap-yes = Den anderen Termin nehmen
swap-no = Reservierung behalten
hold-wait = Wenn Sie diesen Termin nicht buchen, können Sie so einen Termin erst wieder reservieren ab: { $time }
hold-free-left = { $count ->
        [0] Wenn Sie nicht buchen, bekommen andere diesen Termin. Wenn Sie auch den nächsten nicht buchen, müssen Sie warten.
        [one] Wenn Sie nicht buchen, bekommen andere diesen Termin. Danach dürfen Sie das noch 1-mal, ohne zu warten.
       *[other] Wenn Sie nicht buchen, bekommen andere diesen Termin. Danach dürfen Sie das noch { $count }-mal, ohne zu warten.
    }
hold-given-back = Ihre bisherige Reservierung ist aufgegeben.
other-booking = Sie haben schon einen Termin
other-booking-group = Beides gehört zu „{ $group }“. Solange Sie dafür einen Termin haben, können Sie keinen zweiten buchen.
other-booking-why = Solange Sie für diese Art von Anliegen einen Termin haben, können Sie keinen zweiten buchen.
other-booking-show = Diesen Termin ansehen
other-booking-move = Diesen Termin verschieben
without-question = Kein Online-Ausweis?
without-title = Ohne Online-Ausweis
without-lead = Auch ohne Online-Ausweis bekommen Sie einen Termin: am Telefon oder im Amt.
without-phone = Anrufen
without-phone-body = Unter 115 bekommen Sie einen Termin. Halten Sie Ihren Ausweis oder Pass bereit. Beim Termin vergleicht das Amt ihn mit Ihren Angaben.
without-phone-abroad = aus dem Ausland
without-desk = Ins Amt gehen
without-desk-body = Am Schalter bucht das Amt den Termin für Sie.
without-bring-id = Ausweis, Pass oder Aufenthaltstitel
without-bring-lost = Alles verloren? Bringen Sie mit, was Sie noch haben: Führerschein, Geburtsurkunde oder die Verlustanzeige.
without-bring-letter = Schreiben der Behörde, wenn Sie eines haben
without-can = Das kann das Amt am Schalter für Sie tun
without-can-book = Einen Termin buchen
without-can-change = Sie aus einer Verlosung oder von einer Warteliste nehmen
without-can-draw = Sie in eine Verlosung eintragen
without-can-wait = Sie auf eine Warteliste setzen
without-can-pin = Den Online-Ausweis einschalten und eine neue PIN setzen
without-in-person = Verlosung und Warteliste gibt es nur am Schalter, nicht am Telefon. Bringen Sie dafür Ihren Ausweis mit.
without-number = Wenn das Anliegen eine Antragsnummer braucht
without-number-body = Am Schalter und unter 115 kann niemand die Antragsnummer eintragen. Rufen Sie die Behörde an, die Ihren Antrag hat, oder schreiben Sie ihr. Sie sagt Ihnen, wie Sie einen Termin bekommen. Das gilt für:
without-called = Sie warten und haben keine E-Mail-Adresse? Dann ruft das Amt Sie an.

# Wie viele kommen, und wofür.
visit-title = Wer kommt, und was möchten Sie erledigen?
visit-services = Ihre Anliegen
visit-remove = Entfernen
visit-how-many = Anzahl der Personen
visit-how-many-hint = Alle zusammen, mit denselben Anliegen. Der Termin steht auf den Namen der Person, die ihn bucht.
visit-alone = Für dieses Anliegen bucht jede Person einen eigenen Termin.
visit-show-days = Freie Tage zeigen
visit-change = Personen und Anliegen ändern
visit-people = { $count ->
        [one] 1 Person
       *[other] { $count } Personen
    }
visit-service-count = { $count ->
        [one] 1 Anliegen
       *[other] { $count } Anliegen
    }
visit-full = { $max ->
        [one] In einen Besuch passt nur 1 Anliegen.
       *[other] Mehr als { $max } Anliegen passen nicht in einen Besuch.
    }
visit-too-many-services = { $max ->
        [one] Bei einem Besuch geht nur 1 Anliegen. Bitte entfernen Sie die anderen.
       *[other] Bei einem Besuch gehen höchstens { $max } Anliegen. Bitte entfernen Sie eines.
    }
visit-too-many-people = { $max ->
        [one] Für dieses Anliegen kann nur 1 Person kommen. Die anderen buchen eigene Termine.
       *[other] Zu einem Termin können höchstens { $max } Personen kommen. Die anderen buchen eigene Termine.
    }
visit-too-many-there = { $max ->
        [one] An den gewählten Ort kann nur 1 Person kommen. Suchen Sie überall, oder buchen Sie für die anderen eigene Termine.
       *[other] An den gewählten Ort können höchstens { $max } Personen zusammen kommen. Suchen Sie überall, oder buchen Sie für die anderen eigene Termine.
    }
visit-fewer-at = An diese Orte können weniger Personen zusammen kommen:
visit-repeated = Hier steht dasselbe Anliegen zweimal. Entfernen Sie eines. Kommen mehrere Personen dafür? Dann geben Sie an, wie viele.

problem-cookies-blocked = Ihr Browser nimmt unser Cookie nicht an
    .what = Ohne Cookie können wir Sie nicht anmelden. Vielleicht sperrt Ihr Browser Cookies, oder Sie haben die Anmeldung in einem anderen Browser begonnen.
    .do = Erlauben Sie in den Einstellungen Ihres Browsers Cookies für diese Website und laden Sie die Seite neu. Wir brauchen sie nur für die Anmeldung. Oder rufen Sie 115 an.
problem-hold-given-up = Dieser Termin ist nicht mehr für Sie reserviert
    .what = Sie haben ihn in einem anderen Fenster aufgegeben oder dort einen anderen Termin dieser Art reserviert. Mit dieser Seite wurde nichts gebucht.
    .do = Buchen Sie den Termin, der jetzt für Sie reserviert ist, oder wählen Sie neu.
