# Anmelden, reservieren, buchen, ohne Online-Ausweis.

error-prefix = Fehler:
error-summary = Da stimmt etwas nicht
nav-logged-in = Angemeldet
nav-logged-in-as = Angemeldet als
login-offer = Melden Sie sich zuerst an
login-offer-why = Dann wissen wir: Wer bucht den Termin? Freie Termine sehen Sie auch ohne Anmeldung.
login-back-to-choice = Zurück zu Ihrem Termin
choice-login-holds = Ist der Termin nach der Anmeldung noch frei? Dann halten wir ihn für Sie frei.
choice-login-number = Nach der Anmeldung geben Sie die Nummer von Ihrem Antrag ein. Ist der Termin dann noch frei? Dann halten wir ihn für Sie frei.
entitlement-missing = Bitte schreiben Sie die Nummer in das Feld.
entitlement-then-hold = Danach halten wir diesen Termin für Sie frei: { $time }. Vorher kann ihn ein anderer Mensch nehmen.
failure-reopen = Seite neu öffnen
failure-kept = Was Sie geschrieben haben, ist noch da. Sie finden es danach wieder auf der Seite.
failure-lost = Was Sie geschrieben haben, ist leider nicht mehr da. Bitte schreiben Sie es danach noch einmal.
hold-same-time = Den gleichen Termin nehmen: { $time }
day-past = Dieser Tag ist vorbei.
day-closed = An diesem Tag ist geschlossen.
day-far = An diesem Tag ist kein Termin frei. Vielleicht ist es noch zu früh.
problem-slot-not-free = Dieser Termin ist nicht frei
    .what = Ein anderer Mensch hat ihn. Oder es gibt ihn nicht. Wir haben nichts gebucht.
    .do = Wählen Sie einen anderen Termin.
problem-booking-gone = Diesen Termin gibt es nicht mehr
    .what = Der Termin ist schon verschoben. Oder er ist abgesagt. Oder er ist vorbei.
    .do = Schauen Sie bei Ihren Terminen nach. Oder buchen Sie einen neuen Termin.
nearest-title = Diese Termine sind frei
nearest-own = Diese Zeit haben Sie schon
nearest-own-body = Wir haben schon einen Termin für Sie. Er ist zur gleichen Zeit. Sie können ihn buchen bis: { $time }.
nearest-own-show = Diesen Termin ansehen
confirm-left = Noch {"{"}minutes{"}"}:{"{"}seconds{"}"} Minuten.
confirm-left-minutes = { $minutes ->
        [one] Sie haben noch 1 Minute Zeit.
       *[other] Sie haben noch { $minutes } Minuten Zeit.
    }
confirm-email-known = Die E-Mail geht an { $email }.
confirm-email-other = Andere E-Mail-Adresse
confirm-email-other-hint = Ist die Adresse oben richtig? Dann schreiben Sie hier nichts. Bei einer neuen Adresse schicken wir Ihnen einen Code. Vorher schreiben wir an die Adresse oben.
confirm-email-letters = Steht vor dem @ ein ä, ö oder ü? Dann können wir Ihnen dorthin nicht schreiben. Bitte nehmen Sie eine andere Adresse.
email-proven-body = Alle Nachrichten gehen jetzt an diese Adresse.
moving-old = Alter Termin
moving-new = Neuer Termin
moving-code = Die Termin·nummer { $code } gilt dann nicht mehr. Sie bekommen eine neue Nummer.
swap-title = Möchten Sie den anderen Termin?
swap-keep-title = Buchen Sie Ihren Termin
swap-body = Wir halten immer nur einen Termin für Sie frei. Nehmen Sie den anderen? Dann ist der erste Termin weg.
swap-present = Für Sie frei·gehalten bis { $time }
swap-wanted = Der andere Termin
swap-moves = Damit verschieben Sie Ihren gebuchten Termin.
swap-yes = Den anderen Termin nehmen
swap-no = Meinen Termin behalten
hold-wait = Buchen Sie diesen Termin nicht? Dann können Sie erst wieder einen Termin wählen ab: { $time }
hold-free-left = { $count ->
        [0] Buchen Sie den Termin nicht? Dann bekommt ihn ein anderer Mensch. Beim nächsten Mal müssen Sie warten.
        [one] Buchen Sie den Termin nicht? Dann bekommt ihn ein anderer Mensch. Das dürfen Sie danach noch 1 Mal. Dann müssen Sie warten.
       *[other] Buchen Sie den Termin nicht? Dann bekommt ihn ein anderer Mensch. Das dürfen Sie danach noch { $count } Mal. Dann müssen Sie warten.
    }
hold-given-back = Wir halten den alten Termin nicht mehr für Sie frei.
other-booking = Sie haben schon einen Termin
other-booking-group = Beides gehört zu: { $group }. Dafür haben Sie schon einen Termin. Erst danach können Sie wieder einen buchen.
other-booking-why = Dafür haben Sie schon einen Termin. Erst danach können Sie wieder einen buchen.
other-booking-show = Diesen Termin ansehen
other-booking-move = Diesen Termin verschieben
without-question = Kein Online-Ausweis?
without-title = Ohne Online-Ausweis
without-lead = Sie haben keinen Online-Ausweis? Sie bekommen trotzdem einen Termin. Rufen Sie an. Oder gehen Sie zum Amt.
without-phone = Anrufen
without-phone-body = Die Nummer ist 115. Legen Sie Ihren Ausweis neben das Telefon. Beim Termin prüft das Amt Ihren Ausweis.
without-phone-abroad = aus einem anderen Land
without-desk = Zum Amt gehen
without-desk-body = Das Amt macht den Termin für Sie.
without-bring-id = Ihren Ausweis oder Pass
without-bring-lost = Haben Sie alles verloren? Dann bringen Sie andere Papiere mit. Zum Beispiel den Führerschein.
without-bring-letter = Briefe vom Amt
without-can = Das Amt hilft Ihnen
without-can-book = Einen Termin machen
without-can-change = Sie aus einer Verlosung oder Warte·liste nehmen
without-can-draw = Sie für eine Verlosung eintragen
without-can-wait = Sie auf eine Warte·liste setzen
without-can-pin = Den Online-Ausweis einschalten
without-in-person = Sie wollen bei einer Verlosung mitmachen? Oder auf einen Termin warten? Das geht nicht am Telefon. Kommen Sie dafür ins Amt. Bringen Sie Ihren Ausweis mit.
without-number = Sie brauchen eine Nummer vom Antrag?
without-number-body = Die Nummer können Sie am Telefon nicht sagen. Auch im Amt geht das nicht. Wer hat Ihren Antrag? Rufen Sie dieses Amt an. Oder schreiben Sie einen Brief. Dort hilft man Ihnen. Das gilt für:
without-called = Sie haben keine E-Mail-Adresse? Dann ruft das Amt Sie an.

# Wie viele kommen, und wofür.
visit-title = Wer kommt? Was möchten Sie machen?
visit-services = Das möchten Sie machen
visit-remove = Weg·nehmen
visit-how-many = So viele Menschen kommen
visit-how-many-hint = Alle kommen zusammen. Auf dem Termin steht Ihr Name.
visit-alone = Hier braucht jeder Mensch einen eigenen Termin.
visit-show-days = Freie Tage zeigen
visit-change = Das möchte ich ändern
visit-people = { $count ->
        [one] 1 Mensch
       *[other] { $count } Menschen
    }
visit-service-count = { $count ->
        [one] 1 Sache
       *[other] { $count } Sachen
    }
visit-full = { $max ->
        [one] In einem Termin geht nur 1 Sache.
       *[other] Mehr als { $max } Sachen gehen nicht in einem Termin.
    }
visit-too-many-services = { $max ->
        [one] Das Amt kann nur 1 Sache machen. Nehmen Sie die anderen weg.
       *[other] Das Amt kann nur { $max } Sachen machen. Nehmen Sie eine weg.
    }
visit-too-many-people = { $max ->
        [one] Es kann nur 1 Mensch kommen. Die anderen brauchen eigene Termine.
       *[other] Es können nur { $max } Menschen kommen. Die anderen brauchen eigene Termine.
    }
visit-too-many-there = { $max ->
        [one] An diesen Ort kann nur 1 Mensch kommen. Suchen Sie überall. Oder die anderen brauchen eigene Termine.
       *[other] An diesen Ort können nur { $max } Menschen zusammen kommen. Suchen Sie überall. Oder die anderen brauchen eigene Termine.
    }
visit-fewer-at = An diese Orte können weniger Menschen zusammen kommen:
visit-repeated = Hier steht zweimal das Gleiche. Nehmen Sie eines weg. Kommen mehrere Menschen? Dann schreiben Sie die Zahl.

problem-cookies-blocked = Ihr Internet·programm nimmt unser Cookie nicht an
    .what = Ein Cookie ist eine kleine Datei. Ohne Cookie können Sie sich nicht anmelden.
    .do = Erlauben Sie Cookies in den Einstellungen. Laden Sie die Seite dann neu. Oder rufen Sie an: 115.
problem-hold-given-up = Wir halten diesen Termin nicht mehr für Sie frei
    .what = Sie haben ihn in einem anderen Fenster aufgegeben. Oder Sie haben dort einen anderen Termin gewählt. Hier wurde nichts gebucht.
    .do = Nehmen Sie den anderen Termin. Oder wählen Sie neu.
