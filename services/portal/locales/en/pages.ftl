# The pages. Short sentences, what to do comes first.

site-name = Berlin appointments
banner-official = Official website of authorities in Berlin
banner-demonstration = Demonstration: not an authority's website, all people and appointments are made up
skip-to-content = Skip to content
nav-main = Main menu
nav-appointments = My appointments
nav-login = Log in
nav-logout = Log out
nav-languages = Language
nav-footer = About this website
footer-accessibility = Accessibility
footer-privacy = Privacy
footer-imprint = Legal notice
footer-mailbox = Mailbox of the demonstration

step = Step { $step } of 4: { $step ->
        [1] choose a service
        [2] choose a day
        [3] choose a time
       *[other] book
    }
back-to-start = Back to the start page
back-to-days = Choose another day
back-to-service = Back to the service
back-to-day = Choose another time
back-to-appointments = To my appointments
choose-again = Find another appointment

held-notice = An appointment is reserved for you until { $time }.
held-continue = Check and book it now

start-title = Book an appointment
start-lead = Find what you need. You can see free appointments without logging in.
start-search-label = What would you like to do?
start-search-hint = For example: identity card, register a car, residence permit
start-search-button = Search
start-found = { $count ->
        [0] Nothing found. Try another word.
        [one] 1 service found.
       *[other] { $count } services found.
    }
start-next = Next free appointment: { $date }
start-show-all = Show all services
authority-unreachable = No appointments can be shown here at the moment.
authority-unreachable-body = This authority does not answer right now. Booked appointments are safe. Please try again in a few minutes. The other authorities are not affected.
promise-title = Appointments are free of charge
promise-free = Nobody may sell you an appointment.
promise-name = An appointment is only valid for the person who booked it. The office checks the name.
promise-one = Each person keeps at most one appointment per kind of service. This leaves more for everyone.
promise-more = Why appointments cannot be traded here

days-title = Days with free appointments
days-legend = Outlined days have free appointments.
days-earliest = Next free appointment
days-take-earliest = Take this one
days-none = There is no free appointment at the moment.
days-none-body = Cancelled appointments become free again at a random moment. Reloading all the time gives no advantage. Please come back later.
days-entitlement = Application first, then the appointment
days-entitlement-body = You can book this appointment as soon as we have your application.
days-claimed = Your number was accepted. You can choose an appointment.
start-assigned = The authority gives you an appointment
start-staff-alone = Only the office books these appointments
staff-alone-body = You cannot book this yourself online. The office does it for you, by phone or at the desk.
staff-alone-ways = Where you get the appointment
assigned-title = This authority gives you an appointment
assigned-body = You do not choose a time here. Once your application is on file, the authority gives you an appointment. Enter your application number. You will then find the appointment under “My appointments”.
assigned-known-body = You do not choose a time here: the authority gives the appointments. You find yours under “My appointments” as soon as there is one.
assigned-claimed = We have your application
assigned-claimed-body = The authority gives you an appointment. You will find it here and can accept or decline it. Is it urgent? Call 115 or go to the office.
assigned-claimed-booked = You have an appointment for it already. You find it on this page.
assigned-mine = Appointments waiting for your answer
assigned-declining = If you decline, you get another appointment, perhaps much later. Your application stays on file.
assigned-declined = You have declined the appointment
assigned-declined-body = Your application stays on file. The authority gives you another appointment.
days-places = Choose a place
days-places-all = Searching at all { $count } places.
days-places-some = { $count ->
        [one] Searching at 1 place.
       *[other] Searching at { $count } places.
    }
days-places-legend = Where would you like the appointment?
days-places-apply = Search only there
days-combine = Another service in the same appointment
days-combine-body = You can do these in the same visit:

day-title = Free times on { $date }
day-lead = Choose a time.
day-lead-hold = Choose a time. We then reserve it for you for a few minutes. In this time you check everything and book.
day-morning = Before 12:00
day-afternoon = 12:00 to 16:00
day-evening = 16:00 and later
day-none = Nothing is free on this day any more.
day-none-body = Choose another day.

choice-title = The appointment you chose
choice-login = Log in
choice-login-body = So that nobody books in other people's names, please log in first.
choice-step-up = You need another login here
choice-step-up-body = You cannot book here with your present login, for example with a user name and password.
choice-level-basic = A BundID account with user name and password is enough.
choice-level-substantial = You need the online ID card or an ELSTER certificate. That is the file with which you log in at the tax office.
choice-level-high = You need the online ID: identity card, eID card or electronic residence permit, with its PIN.
choice-hold = Reserve appointment
choice-hold-body = We reserve the appointment for you for a few minutes. In this time you check the details and book.
rebook-notice = You are moving an appointment.
rebook-notice-body = You keep your present appointment until you have booked the new one.

documents = Please bring
summary-service = Service
summary-when = When
summary-where = Where
summary-person = For
summary-code = Your appointment number
summary-status = Status
summary-booked-at = Booked on
summary-booked-by-agency = Booked for you by { $agency }
summary-booked-by-office = Booked for you by the office

confirm-title = Check and book
confirm-until = Reserved for you until { $time }
confirm-until-body = After that somebody else can take it.
confirm-ended = The reservation has ended. Please find another appointment.
confirm-name = The appointment is only valid for this person. The name cannot be changed later.
optional = (optional)
confirm-email = E-mail address
confirm-email-hint = For the confirmation, changes and reminders. Without it you find your appointment here whenever you log in.
confirm-email-invalid = This is not an e-mail address. Please check it, for example name@example.org.
confirm-replaces = If you book now, you give up your old appointment in the same step.
confirm-old-gone = Your old appointment can no longer be moved
confirm-old-gone-body = It was cancelled or moved, or it has already begun. You can try to take this time as a new appointment.
confirm-anew = Book this time as a new appointment
confirm-book = Book appointment
confirm-rebook = Move appointment
confirm-release = Give up reservation
confirm-then-number = You get an appointment number. You are called by it.
confirm-then-change = Until it begins you can move or cancel the appointment under “My appointments”.
confirm-if-cancelled = If you cancel this appointment later, you need another one.

appointments-title = My appointments
appointments-login = Here you can see, move and cancel your appointments. For that we need to know who you are. Your login may have ended.
appointments-none = You have no appointment at the moment.
appointments-more = There are more appointments
appointments-more-body = You have appointments that you can see only after a more secure login. This way nobody can change them with your password alone.
appointments-more-login = Log in more securely
appointments-past = Past and cancelled appointments
appointments-unreachable = { $authority } does not answer right now.
appointments-unreachable-body = Your appointments there are missing from this list. They are safe.
appointment-title = Your appointment
appointment-booked-title = Your appointment is booked
appointment-rebooked-title = Your appointment has been moved
appointment-booked-body = You will get a confirmation with a calendar entry by e-mail.
appointment-booked-no-email = Please write down the appointment number. You find your appointment here whenever you log in.
email-title = Confirm your e-mail address
email-body = We have sent a code to { $email }. It is valid for 30 minutes. Once you have entered it, we send everything about your appointment there.
email-code = Code from the e-mail
email-code-hint = 6 digits. Nothing arrived? Please look into your spam folder, too.
email-check = Check code
email-again = Send a new code
email-later = Confirm later and go to the appointment
email-wrong = This is not the code from the newest e-mail. Please check it.
email-over = This code is no longer valid. Please ask for a new one.
email-sent-again = The code is on its way.
email-spam = It may take a few minutes. Please look into your spam folder, too.
email-enough = We cannot send another code today.
email-booked = To get the confirmation, you only have to enter the code from our e-mail.
email-booked-known = The confirmation goes to { $email }. The new address counts as soon as you enter the code from our e-mail.
email-later-address = Confirm later
email-not-sent = We did not send a new code just now. The next one is possible from: { $time }.
email-earlier-code = Enter the code from our earlier e-mail to { $email }. It is still valid.
email-next = You can have a new code from: { $time }.
email-none-sent = { $email } is not confirmed yet. Have a code sent there.
email-code-over = The code that we sent to { $email } is no longer valid. Please have a new one sent.
email-proven = Your e-mail address is confirmed
email-unproven = Your e-mail address is not confirmed yet.
email-unproven-body = Until then we send nothing to { $email }.
appointment-cancelled-title = Your appointment is cancelled
appointment-cancelled-body = Thank you: now somebody else can have it.
appointment-is-moved = This appointment has been moved.
appointment-is-cancelled = This appointment is cancelled.
appointment-is-over-body = The time and the number below are no longer valid.
appointment-over = This appointment is over.
appointment-over-until = The office still notes whether you were there. If it notes nothing, you can book such an appointment again from: { $time }
appointment-now = Your appointment now: { $time }
appointment-bring = At the appointment
appointment-identity-check = Bring all identity documents that you have. We cannot tell for sure whether we know you already. So the office compares the documents first.
identity-case = An office still has to see your identity document
identity-case-body = We cannot tell for sure whether we know you already. You did nothing wrong. You can book one appointment at each authority, but only one. There the office compares your documents. After that you can book like everybody else. It is quicker at a desk or by phone at 115. Until then you cannot enter draws.
identity-case-number = Your case number
appointment-bring-id = Bring your identity card, passport or residence permit. The office checks the name.
appointment-bring-code = You will be called by your appointment number.
appointment-bring-early = Come 5 to 10 minutes early.
appointment-change = Does the appointment no longer suit you?
appointment-change-body = Move or cancel the appointment. A cancelled appointment becomes free for others.
appointment-change-assigned = You cannot choose another time here. If you cannot come, cancel the appointment. Your application stays on file, and the authority gives you another appointment.
appointment-change-drawn = You cannot choose another time here. If you cannot come, cancel the appointment. You can then enter the next draw. Is it urgent? Call 115 or go to the office.
appointment-calendar = Add to calendar
appointment-show = Show
appointment-rebook = Move
appointment-cancel = Cancel
status-confirmed = Booked
status-checked-in = You are checked in, please wait
status-called = You are being called
status-parked = You will be called later
status-served = Done
status-missed = Missed
status-over = Over
status-cancelled = Cancelled
status-rebooked = Moved
status-unknown = Please ask at the office
calendar-summary = Appointment: { $authority }
calendar-description = Appointment number { $code }. Please bring your identity document.

cancel-title = Would you like to cancel this appointment?
cancel-body = This cannot be undone.
cancel-yes = Yes, cancel it
cancel-no = No, keep it
decline-title = Would you like to decline this appointment?
decline-yes = Yes, decline it
decline-no = No, go back

login-title = Log in
login-lead = To book, log in with BundID or the online ID card. BundID is the federal account for public services online. You can see free appointments without logging in.
login-levels = Which login for which service
login-levels-body = It depends on the service. With a more secure login you can also book what needs less.
login-level-basic = With user name and password
login-level-substantial = With online ID card or ELSTER
login-level-high = With online ID only
login-why-name = Your name is then fixed on the appointment. Nobody can sell the appointment on.
login-why-one = Each person keeps at most one appointment per kind of service, even with two accounts or cards. If it is unclear who somebody is, the office compares the details. A second appointment is then cancelled.
login-why-data = Each authority learns only what it needs for the appointment.
login-still = You are still logged in as before. That is not enough for this step.
login-button = Log in now
goodbye-title = You are logged out.
goodbye-body = Your appointments can no longer be seen here. Do other people use this device? Then please close the browser.

failure-do = What you can do now
failure-safe = Booked appointments are stored safely.

about-title = How fair appointments work
about-lead = Appointments at public offices are scarce. Traders used programs to grab and sell them. That does not work here.
about-identity = You book in your own name
about-identity-body = You log in before booking. This tells us who books the appointment.
about-one = One human, one appointment
about-one-body = Each person keeps at most one appointment per kind of service. The person counts, not the account or the card. If it is unclear who somebody is, the office compares the details. A second appointment is then cancelled.
about-name = The name stays
about-name-body = The name on an appointment cannot be changed. The office compares it with the identity document. That makes a bought appointment worthless.
about-return = Cancelled appointments return at random
about-return-body = A cancelled appointment appears again only after a random time. Nobody can hand it over at an agreed moment. If you take a better one, you give the old one back in the same step.
about-draw = Scarce appointments are drawn by lot
about-draw-body = Where there are too few appointments, a draw decides. When you enter makes no difference, so a fast program is of no use. Anybody can check the result, also in the browser.
about-data = Your data
about-data-body = Each authority knows you under its own identifier. Two authorities cannot tell from it that they deal with the same person. There are cookies only when you log in: on this website and on the pages for logging in. This website loads nothing from other providers.
about-desk = Without an online ID
about-desk-body = You get appointments at the office or by phone (115), too.

entitlement-title = Enter the application number
entitlement-body = This authority gives appointments when your application is on file. Enter the number from the authority's letter. Your name and date of birth come from your login.
entitlement-label = Application number
entitlement-hint = You find it at the top of the authority's letter.
entitlement-unknown = This number does not match your name and date of birth. Check the number.
entitlement-tries = You have entered too many numbers today. You can try again tomorrow.
entitlement-help = Is the number right? Then the authority may have written your name in another way. Call the authority or go there. Bring the letter and your identity document.
entitlement-check = Check number
application-change = Enter another number

desk-title = Front desk
desk-code-hint = 8 characters, for example K7QD-3XHM
desk-code-malformed = This is not an appointment number. It has 8 letters and digits. It never contains O, 0, I or 1.
desk-find = Search
desk-place = Place
desk-show-day = Show today's appointments
desk-none = No appointments found.
desk-birthdate = Date of birth
desk-identity-check = Identity to be checked at the visit: compare the documents
desk-identity-check-body = This person may be known already by another name or account. Compare the documents. Then propose in the case whether it is the same person. A colleague must agree. The case number is on the person’s appointment page.
desk-check-in = Present, name checked
desk-call = Call
desk-serve = Done
desk-miss = Did not come
desk-park = Set aside
desk-requeue = Back into the queue
desk-came = Came after all, name checked
desk-catalogue = Opening hours and services
desk-catalogue-in-force = In force since { $time }.
desk-catalogue-refused = The change of { $time } is not in force.
desk-catalogue-refused-body = It has a mistake. Until it is corrected, what was there before stays in force. The mistake:
