# Logging in before choosing, reserving, booking, without an online ID.

error-prefix = Error:
error-summary = Please check what you entered
nav-logged-in = Logged in
nav-logged-in-as = Logged in as
login-offer = Log in to book
login-offer-why = This tells us who books the appointment. You can see free appointments without logging in.
login-back-to-choice = Back to your choice
choice-login-holds = As soon as you have logged in, we reserve the appointment for you, if it is still free.
choice-login-number = After logging in you enter the number of your application, if we do not have it yet. Then we reserve the appointment for you, if it is still free.
entitlement-missing = Please write the number into the field.
entitlement-then-hold = After that we reserve for you: { $time }. Until then somebody else can take it.
failure-reopen = Open the page again
failure-kept = What you entered is not lost. It is in the form again afterwards.
failure-lost = What you entered could not be kept. Please enter it again afterwards.
hold-same-time = Take the same appointment: { $time }
day-past = This day is over.
day-closed = It is closed on this day.
day-far = No appointment is free on this day. Perhaps it cannot be booked yet.
problem-slot-not-free = This appointment is not free
    .what = It is taken, or there is no appointment at this time. Nothing was booked for you.
    .do = Choose another appointment.
problem-booking-gone = This appointment does not exist any more
    .what = It was moved or cancelled already, or it is over. You cannot move it with this page any more.
    .do = See which appointment you have now, or book a new one.
nearest-title = Free near that time
nearest-own = This time is already reserved for you
nearest-own-body = An appointment at this time or very close to it is already reserved for you until { $time }.
nearest-own-show = See the reserved appointment
confirm-left = {"{"}minutes{"}"}:{"{"}seconds{"}"} minutes left.
confirm-left-minutes = { $minutes ->
        [one] The reservation ends in 1 minute.
       *[other] The reservation ends in { $minutes } minutes.
    }
confirm-email-known = The confirmation goes to { $email }.
confirm-email-other = Another e-mail address
confirm-email-other-hint = Leave this empty if the address above is right. We first send a code to a new address. Until you enter it, everything goes to the address above.
confirm-email-letters = We cannot write to addresses with letters like ä, ö or ü before the @. Please use another one.
email-proven-body = What we have not sent you yet, and everything from now on, goes to this address.
moving-old = Present appointment
moving-new = New appointment
moving-code = Your appointment number { $code } is then no longer valid. You get a new one.
swap-title = Reserve this appointment instead?
swap-keep-title = Book the appointment that is reserved for you
swap-body = You can reserve only one appointment of this kind at a time. If you take the other one, the present one is no longer reserved for you.
swap-present = Reserved for you until { $time }
swap-wanted = The other appointment
swap-moves = With this one you move your booked appointment.
swap-yes = Take the other appointment
swap-no = Keep the reservation
hold-wait = If you do not book this appointment, you can reserve such an appointment again only from: { $time }
hold-free-left = { $count ->
        [0] If you do not book, others can have this appointment. If you do not book the next one either, you must wait.
        [one] If you do not book, others can have this appointment. After that you can leave 1 more unbooked without having to wait.
       *[other] If you do not book, others can have this appointment. After that you can leave { $count } more unbooked without having to wait.
    }
hold-given-back = Your previous reservation has been given up.
other-booking = You already have an appointment
other-booking-group = Both belong to “{ $group }”. As long as you have an appointment for it, you cannot book a second one.
other-booking-why = As long as you have an appointment for this kind of service, you cannot book a second one.
other-booking-show = See this appointment
other-booking-move = Move this appointment
without-question = No online ID?
without-title = Without an online ID
without-lead = You get an appointment without an online ID, too: by phone or at the office.
without-phone = Call
without-phone-body = Call 115 to get an appointment. Have your identity card or passport at hand. At the appointment the office compares it with what you said.
without-phone-abroad = from abroad
without-desk = Go to the office
without-desk-body = At the desk the office books the appointment for you.
without-bring-id = Identity card, passport or residence permit
without-bring-lost = Lost everything? Bring what you still have: driving licence, birth certificate or the report of the loss.
without-bring-letter = A letter from the authority, if you have one
without-can = What the office can do for you at the desk
without-can-book = Book an appointment
without-can-change = Take you out of a draw or off a waiting list
without-can-draw = Enter a draw for you
without-can-wait = Put you on a waiting list
without-can-pin = Switch on your online ID and set a new PIN
without-in-person = Draws and waiting lists are only possible at the desk, not by phone. Bring your identity card for this.
without-number = If the service needs an application number
without-number-body = Nobody can enter it at the desk or under 115. Phone or write to the authority that has your application. It tells you how you get an appointment. This is so for:
without-called = You are waiting and have no e-mail address? Then the office calls you.

# How many come, and what for.
visit-title = Who is coming, and what would you like to do?
visit-services = Your services
visit-remove = Remove
visit-how-many = Number of people
visit-how-many-hint = All together, for the same services. The appointment is in the name of the person who books it.
visit-alone = For this service each person books an appointment of their own.
visit-show-days = Show free days
visit-change = Change people and services
visit-people = { $count ->
        [one] 1 person
       *[other] { $count } people
    }
visit-service-count = { $count ->
        [one] 1 service
       *[other] { $count } services
    }
visit-full = { $max ->
        [one] Only 1 service fits into one visit.
       *[other] More than { $max } services do not fit into one visit.
    }
visit-too-many-services = { $max ->
        [one] Only 1 service can be done in one visit. Please remove the others.
       *[other] At most { $max } services can be done in one visit. Please remove one.
    }
visit-too-many-people = { $max ->
        [one] Only 1 person can come for this service. The others book appointments of their own.
       *[other] At most { $max } people can come to one appointment. The others book appointments of their own.
    }
visit-too-many-there = { $max ->
        [one] Only 1 person can come to the place that you chose. Search anywhere, or book appointments of their own for the others.
       *[other] At most { $max } people can come together to the place that you chose. Search anywhere, or book appointments of their own for the others.
    }
visit-fewer-at = Fewer people can come together to these places:
visit-repeated = The same service is here twice. Please remove one. If several people come for it, say how many.

problem-cookies-blocked = Your browser does not accept our cookie
    .what = We cannot log you in without a cookie. Perhaps cookies are blocked, or you began the login in another browser.
    .do = Allow cookies for this website in your browser's settings and load the page again. We need them only for logging in. Or call 115.
problem-hold-given-up = This appointment is no longer reserved for you
    .what = You gave it up in another window, or reserved another appointment of this kind there. Nothing was booked with this page.
    .do = Book the appointment that is reserved for you now, or choose again.
