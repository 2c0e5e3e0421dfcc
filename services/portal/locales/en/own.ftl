# What is a person's own: their appointment, their address, their data.

appointment-map = Show on a map
qr-code = Your appointment number as a QR code
qr-code-body = You can show this code at the front desk.
history-title = What happened to the appointment
history-booked = Booked for { $time }
history-moved = Moved to { $time }
history-cancelled = Cancelled by you
history-cancelled-office = Cancelled by the office
history-served = Done
history-missed = Missed
history-closed = Over, the office noted nothing

cancel-follows = What happens then
cancel-returns = The appointment becomes free for others, at a random moment. You cannot pass it on.
cancel-mail = You get a confirmation by e-mail. The file with it removes the entry from your calendar.
cancel-no-mail = You get no e-mail, because we have no confirmed address of yours. If there is an entry in your calendar, please remove it yourself.
cancel-mail-untold = If we have a confirmed e-mail address of yours, you get a confirmation. The file with it removes the entry from your calendar.
cancel-in-time = You are cancelling in time.
cancel-free =
    The limit for cancelling and moving, taken together, is { $max } in { $days ->
        [one] 1 day
       *[other] { $days } days
    }. If you go beyond it, you must wait before you can book or move again.
cancel-rebook-now = You can book a new appointment at once.
cancel-next-assigned = Your application stays on file. The authority gives you another appointment.
cancel-next-drawn = After that you can enter the next draw.
cancel-draw = You have entered a draw of earlier appointments to replace this one. Without it you win nothing there.
cancel-wait-title = You must wait after that
cancel-wait-body = If you cancel, you can book such an appointment again only from: { $time }
cancel-free-left = { $count ->
        [0] If you cancel or move once more after this, you must wait.
        [one] After this you can cancel or move 1 more time without having to wait.
       *[other] After this you can cancel or move { $count } more times without having to wait.
    }
move-draw = You have entered a draw of earlier appointments to replace your old appointment. If you move it, you win nothing there until you save your wishes anew.
move-wait = If you move it now, you can move it again or book such an appointment only from: { $time }
move-free-left = { $count ->
        [0] If you cancel or move once more after this, you must wait before you can book again.
        [one] After this you can cancel or move 1 more time without having to wait.
       *[other] After this you can cancel or move { $count } more times without having to wait.
    }
move-late-title = This is at short notice
move-late-body =
    Your present appointment begins in less than { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    }.
move-late-then = { $days ->
        [one] If you cancel or move so late twice in 1 day, you cannot book such an appointment for 1 day.
       *[other] If you cancel or move so late twice in { $days } days, you cannot book such an appointment for { $days } days.
    } Moving is still better than not coming.
cancel-missed = { $count ->
        [one] If you do not cancel and do not come, you cannot book an appointment of this kind for 1 day.
       *[other] If you do not cancel and do not come, you cannot book an appointment of this kind for { $count } days.
    }
cancel-late-title = This is at short notice
cancel-late-body =
    You are cancelling less than { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    } ahead.
cancel-late-then = { $days ->
        [one] If you cancel or move so late twice in 1 day, you cannot book such an appointment for 1 day.
       *[other] If you cancel or move so late twice in { $days } days, you cannot book such an appointment for { $days } days.
    } Cancelling is still better than not coming.
cancel-move-instead = Move it to another time instead
cancelled-late = You cancelled at short notice. After two such late cancellations or moves you cannot book such an appointment for some time.
cancelled-wait = You can book such an appointment again only from: { $time }

address-title = E-mails to you
address-now = We write to { $email }.
address-none = You get no e-mails from us at the moment.
address-hidden = If we have a confirmed e-mail address of yours, we write to it. After this login, we neither show nor change it.
address-unknown = We cannot check right now whether you get e-mails from us.
address-unchanged = Your e-mail address was not changed
address-unchanged-body = This is not possible after this login. Your appointment is booked all the same.
address-unproven = { $email } is not confirmed yet: the code is missing.
address-body = This address is for all authorities on this website: for confirmations, changes, reminders and offers of waiting lists.
address-new = New e-mail address
address-hint = We send a code there. Until you enter it nothing changes.
address-send = Send the code
address-clear = Send me no more e-mails
address-change = Change it
address-add = Add an address
address-back = Back
address-proven-body = From now on we send everything there.
address-cleared = You get no more e-mails from us.
address-cleared-body = Your address is deleted, at the authorities too. Your appointments stay. You see them here when you log in.

data-title = My data
data-lead = Here you see what the login and the authorities keep about you. Our e-mails to you are not included. Each authority knows you by an identifier of its own.
data-download = Download everything as a file (JSON)
data-identity = Login
data-readings = Who looked at your data
data-readings-none = So far nobody at the offices has opened your data.
data-readings-body = Staff opened your data to handle appointments, or to find out who somebody is. Several times in an hour count once.
data-readings-office = an office
data-readings-part = Not every authority has answered. There may be more than is shown here.
data-readings-level = You see a part of this only after a more secure login. There may be more than is shown here.
data-unreachable = We could not read this right now. Please try again in a few minutes.
data-level = You can see this data after a more secure login.
data-nothing = Nothing about you is kept here.
data-kept = This is not deleted by itself.
data-kept-days = { $count ->
        [0] Each entry is deleted as soon as it is no longer valid.
        [one] Each entry is deleted 1 day after it stops being valid.
       *[other] Each entry is deleted { $count } days after it stops being valid.
    }
data-entries = { $count ->
        [one] See 1 entry
       *[other] See { $count } entries
    }
data-entry-file = An entry for programs. It is in the file.
data-hold = Reserved right now
data-hold-body = The authority keeps this only until you book or the time is over.
data-hold-until = reserved until { $time }
data-mail = Messages to you
data-mail-body = Our e-mails to you are in your mailbox and with the authority, not in this list. Ask the authority for them.
data-field-starts = Begins
data-field-ends = Ends
data-field-at = When
data-field-last = Last time
data-field-expires = Valid until
data-field-authority = Authority
data-field-pseudonym = Identifier
data-field-language = Language
data-did = What happened
data-did-cancelled = Appointment cancelled
data-did-moved = Appointment moved
data-did-missed = Appointment missed
data-did-hold-abandoned = Reservation given up or run out
data-did-seat-declined = Drawn appointment not accepted
data-appointments = Appointments
    .why = So that your appointment takes place and the office knows who comes.
data-history = Cancelled, moved and missed appointments
    .why = People who cancel often or do not come must wait. This is why the authority keeps it.
data-waiting = Waiting lists and offers
    .why = So that your turn comes.
data-draws = Draws
    .why = So that your wishes count in the draw and everybody can check the result.
data-applications = Applications
    .why = Because some appointments need an application on file.
data-login = Your logins and the details from them
    .why = So that it is certain who you are and the name on the appointment is right.
data-address = E-mail address
    .why = So that we can write to you.
data-authorities = Identifiers for the authorities
    .why = Each authority recognises you by an identifier of its own. Its own section says whether it keeps anything about you.
data-one-person = How we recognise you
    .why = So that nobody books twice with two accounts or cards.
data-repeated = Repeated requests
    .why = So that a double click does not book twice.
data-audit = Audit log
    .why = So that you and the office can check who did or read what.
data-other = What happened at the desk, and the rest
    .why = The office needs it for its work.
data-erasure = Erasure
data-erasure-body = Each section above says what is deleted by itself, and when. You can delete your e-mail address and your place on a waiting list yourself at any time. The authority deletes everything else on request, unless it must keep it (article 17 GDPR). Please ask the authority.
