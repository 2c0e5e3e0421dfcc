# Waiting lists: whoever waits gets first what becomes free.

waiting-notice-title = Wait for an appointment
waiting-notice-move-title = Wait for an earlier appointment
waiting-notice-none-suits = Nothing that suits you?
waiting-notice-body = Join the waiting list. When a suitable appointment becomes free, we offer it to the people on the list first. You need not reload this page.
waiting-join = Join the waiting list

waiting-join-title = Join the waiting list
waiting-change-title = Change what suits you
waiting-mistake-title = Error: { $title }
waiting-unfit = One wish fits no appointment for this service. Choose other days, places or times.
waiting-join-body = Tell us which appointments suit you. The more suits you, the sooner you get an offer.
waiting-application = Application first, then the waiting list
waiting-application-body = Have you entered your application number before? Then choose below what suits you. If not, enter the number first.
waiting-join-booked = You already have an appointment: { $time }
waiting-join-booked-body = We only offer you earlier ones. You keep the appointment that you have until you accept an offer.
waiting-people = { $count ->
        [0] Nobody is waiting at the moment.
        [one] 1 person is waiting at the moment.
       *[other] { $count } people are waiting at the moment.
    }
waiting-rule-line = People who joined on an earlier day come first. Among people who joined on the same day, chance decides. You need not be fast.
waiting-rule-time = { $count ->
        [one] An offer is valid for 1 hour.
       *[other] An offer is valid for { $count } hours.
    }
waiting-rule-night = If it would end at night, you have until the morning.
waiting-rule-phone = { $count ->
        [one] If the office calls you, you have 1 hour more.
       *[other] If the office calls you, you have { $count } hours more.
    }
waiting-rule-soon = If the appointment is soon, you have less time.
waiting-rule-declines = { $count ->
        [one] If you decline an offer or do not answer, you lose your place.
       *[other] If you decline { $count } offers or do not answer them, you lose your place.
    }
waiting-rule-rejoin = { $count ->
        [one] You can then join again online only after 1 day.
       *[other] You can then join again online only after { $count } days.
    }
waiting-next = Only if nothing of the wishes before becomes free. You can leave this empty.
waiting-time = At what time of day?
waiting-time-any = Any time
waiting-time-morning = Mornings (finished by 12:00)
waiting-time-afternoon = Afternoons (from 12:00)
waiting-time-evening = From 16:00
waiting-any-too = Then I take any other appointment, too.
waiting-days = Certain days
waiting-days-body = Here you can exclude periods and days, for example 24 December. You can leave this empty.
waiting-from = Not before
waiting-until = Not after
waiting-except = Not on these days
waiting-except-number = Day { $number }
waiting-day-unreadable = This is not a date. Write it like this: 24.12.2026
waiting-until-before-from = “Not after” is earlier than “not before”. Please check the days.
waiting-until-over = “Not after” is a day that is over already. Choose a later one.
waiting-stand-by = I can come at once
waiting-stand-by-body =
    When an appointment for today or tomorrow becomes free, we ask people who can come at once. Such an offer is valid for { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    } only. Chance decides whose turn it is, not speed. If you decline or miss the offer, you keep your place.
waiting-stand-by-no = No
waiting-stand-by-today = Yes, today
waiting-stand-by-tomorrow = Yes, today and tomorrow
waiting-stand-by-until = until { $date }
waiting-join-email = Offers come by e-mail only, not by phone. Without a confirmed e-mail address you find them only here, when you log in.
waiting-join-no-email = You have no e-mail address? At the desk, staff can put you on the list. Then the office calls you.
waiting-join-desks = Where the desks are
waiting-join-promise = It costs nothing. You can change your wishes and leave the list at any time. Changing your wishes does not affect your place.
waiting-join-now = Join now

waiting-any = Any appointment
waiting-words-from = from { $date }
waiting-words-until = until { $date }
waiting-words-except = not on { $dates }

waiting-mine = Waiting list
waiting-place-title = Your place on the waiting list
waiting-joined = You are on the waiting list.
waiting-joined-body = When a suitable appointment becomes free, we offer it in the order of the list.
waiting-answered = You are still on the waiting list.
waiting-answered-body = From now on we offer you appointments again.
waiting-status-waiting = You are waiting
waiting-status-offered = There is an appointment for you
waiting-status-asked = Please answer
waiting-status-booked = Appointment booked
waiting-status-ended = Place lost
waiting-line = Ahead of you
waiting-ahead = { $count ->
        [0] Nobody is ahead of you.
        [one] 1 person is ahead of you.
       *[other] { $count } people are ahead of you.
    }
waiting-ahead-between = People ahead of you: { $least } to { $most }. We will know exactly tomorrow: others may still join today, and chance decides.
waiting-line-body = Not every appointment suits everybody. An offer can therefore come earlier than the number says. Nobody can promise when it comes.
waiting-since = Joined on
waiting-suits = What suits you, the best first
waiting-booked-until = Until you accept an offer you keep your appointment: { $time }
waiting-email = We send offers to { $email }. You also find them here.
waiting-no-email = We have no confirmed e-mail address of yours. You find offers only here, when you log in. Please look every day.
waiting-offers-here = You also find offers here, when you log in.
waiting-change = Change what suits me
waiting-leave = Leave the waiting list
waiting-drawn = How your place was decided
waiting-drawn-body = Each day has a secret key. Its fingerprint is fixed from the beginning, and the key is shown on the next day. HMAC-SHA-256 over the day, a line break and your identifier gives your place: smaller values come first.
waiting-drawn-commitment = Fingerprint of the key (SHA-256)
waiting-drawn-key = Key of the day
waiting-drawn-place = What was drawn for you

waiting-offer = This appointment is for you
waiting-offer-until = It is reserved for you until: { $time }
waiting-offer-until-other = It is reserved until: { $time }
waiting-offer-take = Yes, I want this appointment
waiting-offer-decline = No, thank you
waiting-last = If you decline or do not answer, you lose your place on the waiting list.
waiting-decline-keeps = If you decline, the next person gets the offer. You keep your place.
waiting-decline-then = { $count ->
        [one] If you then decline one more offer or do not answer it, you lose your place.
       *[other] If you then decline { $count } more offers or do not answer them, you lose your place.
    }
waiting-short-free = This offer is for people who can come at once. If you decline or do not answer, you keep your place.
waiting-next-is-last = If you decline one more offer or do not answer it, you lose your place.
waiting-accept-title = Check and accept the appointment
waiting-accept-move-title = Move your appointment
waiting-accept-old = Your appointment now
waiting-accept-new = The new appointment
waiting-accept-until = Answer by: { $time }
waiting-decide-later = Decide later

waiting-answer-title = Do you want this appointment?
waiting-answer-move = If you accept, you give up the appointment that you have in the same step.
waiting-answer-login = To accept, log in. To decline, one click is enough.
waiting-answer-other = This message did not go to the person who is logged in now. To accept, log in as the person who got it. To decline, one click is enough.
waiting-still-title = Are you still waiting?
waiting-still-body = An offer has ended without your answer. Tell us that you are still waiting, until: { $time }. Until then we offer you nothing more. After that you lose your place.
waiting-still-yes = Yes, I am still waiting
waiting-declined-title = You have declined.
waiting-declined-body = The next person gets the offer. You keep your place on the waiting list.
waiting-in-line-title = You are on the waiting list.
waiting-in-line-body = This offer is over. You need not do anything: the next offer comes by e-mail again.
waiting-booked-title = You have an appointment.
waiting-booked-body = Your place on the waiting list has ended with it. You find the appointment under “My appointments”.

waiting-lost-title = You are no longer on the waiting list.
waiting-place-over-title = This place on the waiting list has ended.
waiting-place-over-again = Have you joined again since? This message is about your earlier place. You find the new one under “My appointments”.
waiting-lost-declines = You have declined as many offers, or left them unanswered, as the waiting list allows.
waiting-lost-silence = You did not tell us in time that you are still waiting.
waiting-lost-list = The authority has closed this waiting list. You did nothing wrong.
waiting-lost-stand-by = The day on which you could come at once is over.
waiting-lost-unknown = You can join again if the list is still there. You may have to wait some days for that.
waiting-lost-login = Log in to see why.
waiting-lost-other = This message did not go to the person who is logged in now. Log in as the person who got it to see why.
waiting-join-again = Join again

waiting-leave-title = Would you like to leave the waiting list?
waiting-leave-body = Your place is deleted. If you join again later, you are at the end. Offers that you declined still count for some time.
waiting-leave-offer = The appointment that is reserved for you then goes to the next person.
waiting-leave-yes = Yes, leave
waiting-leave-no = No, keep waiting
waiting-barred-too = Until then you cannot join the waiting list either.
waiting-left = You are no longer on the waiting list.
waiting-left-body = Your place is deleted. Offers that you declined still count for some time.

problem-no-waiting-list = There is no waiting list here
    .what = The authority has no waiting list for this service, or has closed it.
    .do = Look for a free appointment, or call 115.
problem-waiting-list-full = The waiting list is full
    .what = It can take no more people at the moment.
    .do = Try again later, or call 115.
problem-rejoin-too-soon = You cannot join this waiting list again yet
    .what = You lost your place on it. You declined offers or did not answer.
    .do = Online you can join again from: { $again_at }. The authority decides on exceptions. At the desk, staff can put you on the list before that. Ask there, or call 115.
problem-not-waiting = We do not find this place on the waiting list among yours
    .what = Perhaps you have left the list, or you have logged in in another way than when you joined.
    .do = Look among your appointments, or log in as you did when you joined.
problem-already-waiting = You are already waiting for a similar appointment
    .what = You can be on one waiting list per kind of service.
    .do = Leave the other waiting list first. You find it among your appointments.
problem-waiting-in-doubt = Before the waiting list, an office must see your identity document
    .what = We cannot tell for sure whether we know you already. Until that is settled, you cannot join with this login.
    .do = Log in as you did before, if you can. Otherwise show your identity document at a desk, or please call 115.
problem-offer-not-found = This link is no longer valid
    .what = Perhaps you have left the waiting list, or you have a newer e-mail from us by now.
    .do = Open the newest e-mail, or log in and look among your appointments.
problem-offer-elsewhere = This offer is over, or it belongs to another login
    .what = Its time has run out, or you have answered it already. Or you have logged in in another way than when you joined.
    .do = Look among your appointments. Is it the offer of another login? Then log in with that one.
problem-offer-over = This offer is over
    .what = Its time has run out, you have answered it already, or you have another appointment by now. Nothing was booked for you now.
    .do = Look among your appointments.
