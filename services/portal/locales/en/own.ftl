# What is a person's own: their appointment, their address, their data.

appointment-map = Show on a map
qr-code = Your booking number as a QR code
qr-code-body = You can show this code at the front desk.
history-title = What happened to the appointment
history-booked = Booked for { $time }
history-moved = Moved to { $time }
history-cancelled = Cancelled by you
history-cancelled-office = Cancelled by the office
history-served = Done
history-missed = Missed

cancel-follows = What happens then
cancel-returns = The appointment becomes free for others, at a random moment. You cannot pass it on.
cancel-mail = You get a confirmation by e-mail. The file with it removes the entry from your calendar.
cancel-no-mail = You get no e-mail, because we have no confirmed address of yours. If there is an entry in your calendar, please remove it yourself.
cancel-in-time = You cancel in time. You can book a new appointment at once.
cancel-free = In { $days } days you can cancel or move { $max } appointments in all. After that you must wait before you book again.
cancel-missed = { $count ->
        [one] Whoever does not cancel and does not come cannot book an appointment of this kind for 1 day.
       *[other] Whoever does not cancel and does not come cannot book an appointment of this kind for { $count } days.
    }
cancel-late-title = This is at short notice
cancel-late-body = Cancelling less than { $hours } hours ahead counts as half a missed appointment. Two of them in { $days } days count as a whole one: then you cannot book an appointment of this kind for { $days } days. To cancel is still better than not to come.
cancel-move-instead = Move it to another time instead
cancelled-late = You cancelled at short notice. It counts as half a missed appointment.

address-title = E-mails to you
address-now = We write to { $email }.
address-none = You get no e-mails from us at the moment.
address-unproven = { $email } still waits for its code.
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
