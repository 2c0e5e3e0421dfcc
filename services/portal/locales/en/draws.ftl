# Draws: appointments that are given by lot.

start-drawn = Appointments are drawn by lot
draw-week = Appointments from { $first } to { $last }
draw-stage-soon = Opens soon
draw-stage-open = Open: you can enter
draw-stage-closed = Closed: the result is coming
draw-stage-settled = The result is out
draw-stage-void = This draw could not be held
draw-void-body = It could not be held as announced. Nobody got an appointment. We are sorry. You can enter the next draw.

draw-notice-title = These appointments are drawn by lot
draw-notice-title-first = These appointments are drawn by lot first
draw-first-then = Appointments of later weeks are drawn by lot first. What a draw leaves over is free here and can be booked at once.
start-drawn-first = Appointments are drawn by lot first
draw-entry-booked = You have an appointment of this kind now. As long as you have it you cannot change your wishes, and you get no other appointment in this draw. You can leave the draw.
draw-leave-booked = Your entry is deleted. As long as you have an appointment of this kind you cannot enter again.
confirm-draw = You take part in a draw of appointments of this kind. If you book this appointment, you get no other one there as long as you have it.
confirm-draw-show = See my entry
draw-notice-body = A draw decides who gets one, so that all have the same chance. Say which appointments suit you. When the draw has closed, chance sets the order. In this order each person gets the best of their wishes that is still free.
draw-notice-time = You need not be fast: it makes no difference when you enter.
draw-notice-one = Each person can enter once. Entering is free of charge. You can change your wishes or leave until the draw closes.
draw-notice-booked = If you are drawn, your appointment is booked at once. Anybody can check the result.
draw-notice-confirm = If you are drawn, an appointment is reserved for you. Accept it in time, or others get it. Anybody can check the result.
draw-slots = Number of times in the draw
draw-opens = Opens
draw-closes = Closes
draw-result-from = Result from
draw-enter = Enter the draw
draw-not-in-doubt = Draws are open to you once an office has seen your identity document.
draw-not-booked-too = You have an appointment of this kind. So you cannot enter a draw.
draw-more = More about this draw
draw-none-open = You cannot enter a draw at the moment. Please come back later.
draw-only-way = These appointments are given only by draw. What is left over or given back, the office gives away: call 115 or go there.
draw-leftover = Anybody can book what a draw leaves over.
draw-past = Earlier draws and their results

draw-title = Draw of appointments
draw-for = What is drawn
draw-entered = People who entered
draw-at-desk = Of these, entered at the desk
draw-given = Tickets given
draw-given-by = { $online } online, { $desk } at the office
draw-drawn = People who were drawn
draw-taken = Of these, accepted their appointment
draw-served = People who got an appointment
draw-places = Where these appointments are
draw-enter-or-see = Enter the draw, or see my entry
draw-my-entry = My entry
draw-how = How it is drawn
draw-how-seed = Before the draw opens, the authority makes a secret number and publishes its fingerprint. It cannot change the number after that.
draw-how-list = The draw closes. The list of all entries is fixed, without names.
draw-how-order = Only then a second number appears that nobody could know before. Both numbers together set the order.
draw-how-turns = In this order each person gets the best of their wishes that is still free.
draw-how-cohorts = People who went without in earlier draws come before the others. Among people who went without equally often, chance decides.
draw-quotas = Some appointments are kept for these people. They can get any other appointment, too:
draw-source = Where the chance comes from
draw-source-drand = Round { $round } of the public beacon drand (quicknet), { $time }
draw-source-auditor = A number from a body that checks the authority: { $name }
draw-commitment = Fingerprint of the authority’s number
draw-seed = The authority’s number
draw-beacon = The second number
draw-ghosts = What this check does not show: the login is run by the same body as the appointments. So this body could have entered people who do not exist.
draw-no-ghosts = Each entry needs a ticket from the login service. Another body runs the login service, and it counts too. So the authority alone cannot enter anybody who does not exist. Only both together could.
draw-back = To the service and its draws

draw-check-title = Check the result yourself
draw-check-later = When the draw is settled, its proof is here. With it anybody can recompute the result.
draw-witnesses = Everything that this draw rests on is in a public log. Witnesses watch that nothing in it is changed later. Number of witnesses announced: { $count }
draw-no-witnesses = Everything that this draw rests on is in a public log. No witness watches this log. Only the authority says that nothing in it was changed later.
draw-log = For people who check: the state of the log
draw-log-body = This is the newest state of the log. Compare it with others: for the same number of documents, all must see the same root. This page does not check the signatures.
draw-log-origin = Name of the log
draw-log-size = Documents in the log
draw-log-root = Beginning of the root
draw-log-signed = These witnesses have signed this state:
draw-log-unsigned = No witness has signed this state yet.
draw-log-whole = Show the whole state with its signatures
draw-proof = Download the proof
draw-check-body = Your browser recomputes the whole draw. Nothing leaves your device. A large draw takes some seconds.
draw-check-any = You can check any draw of any authority here. You need the file with the proof. With your receipt you also see what concerns you.
draw-check-proof-file = File with the proof
draw-check-receipt-file = File with your receipt
draw-check-ended-file = File with the signed end
draw-check-start = Check now
draw-check-running = Checking …
draw-check-all-holds = The draw is right: nothing in it is wrong.
draw-check-some-wrong = Something is wrong with this draw: {"{"}wrong{"}"}
draw-check-failed = This browser could not check it ({"{"}why{"}"}). Use a newer browser, or the program below.
draw-check-place = Your entry is number {"{"}place{"}"} of {"{"}all{"}"} in the list. Your turn was number {"{"}turn{"}"}.
draw-check-holds = right
draw-check-wrong = WRONG
draw-check-not-shown = cannot be seen from this
draw-check-skipped = not checked
draw-check-cohort = earlier draws without an appointment: {"{"}draws{"}"}
draw-check-caption = What was checked
draw-check-what = Check
draw-check-outcome = Outcome
draw-check-announcement = The announcement is complete, and the chance came only after the closing.
draw-check-list = The entries are those of the closed list, and their number is right.
draw-check-tickets = Each entry has a ticket from the login service.
draw-check-seed = The authority used the number to which it was bound.
draw-check-beacon = The second number is the real one.
draw-check-order = Both numbers give exactly this order.
draw-check-seats = Each appointment exists and was given once.
draw-check-classes = The published counts are right.
draw-check-log = The documents were in a public log in time.
draw-check-receipt = Your receipt is genuine and of this draw.
draw-check-entry = Your entry is in the list as promised.
draw-check-ended = Your entry ended before the draw closed and is not in the list.
draw-check-wishes = Your wishes are the ones you stated.
draw-check-own = You got the best that was left at your turn.
draw-check-code = The check is short and written to be read:
draw-classes = Counts and cutoffs
draw-class-slots = Number of times that a visit takes
draw-last-served = Last turn with an appointment
draw-first-without = First turn without
draw-command = You do not trust your browser? This program checks the same offline:

draw-wishes-title = Your wishes
draw-wishes-body = Which appointments suit you? Choose only what you can really come to. The more you choose, the better your chance. If you choose nothing, you may get any appointment.
draw-application = Application first, then the draw
draw-application-body = Have you entered your application number before? Then choose your wishes below. If not, enter the number first.
draw-wish-number = { $number ->
        [1] First wish
        [2] Second wish
        [3] Third wish
       *[other] Wish { $number }
    }
draw-wish-next = Only if nothing is left of the wishes before. You can leave it empty.
draw-wish-days = On which days? (none chosen: any day)
draw-wish-hours = At what time? (none chosen: any time)
draw-wish-after = Begins at the earliest
draw-wish-before = Finished at the latest
draw-wish-any-time = any time
draw-wish-places = Where? (none chosen: any place)
draw-wish-rest = If nothing of this is left
draw-wish-any = Then I take any other appointment of this draw.
draw-wishes-times = A wish ends before it begins.
draw-wishes-times-body = Please check the times.
draw-wishes-unfit = One wish fits no appointment of this draw. Choose other days, places or times.
draw-wishes-booked = If you are drawn, the appointment is booked in your name at once. You can cancel it like any other.
draw-wishes-confirm = If you are drawn, an appointment is reserved for you. This page then says until when you can accept it. Without an answer, others get it.
draw-phone = Without e-mail: we call you
draw-phone-body = We have no confirmed e-mail address of yours. If you are drawn, the office calls you. You then have longer to answer. Without a phone number you only learn it here.
draw-phone-untold = We cannot see here whether we have an e-mail address of yours. If you enter a phone number, the office calls you when you are drawn. You then have longer to answer.
draw-phone-again = We cannot show your number here. Please enter it again.
draw-phone-wrong = Please enter a phone number with its area code. It must not cost more than an ordinary call.
draw-phoned-by = Who should call?
draw-people = How many people come together?
draw-enter-now = Enter now
draw-change-save = Save the change
draw-cancel = Back without a change
draw-any = Any appointment
draw-time-after = from { $time }
draw-time-before = finished by { $time }

draw-entry-title = Your entry
draw-entered-title = You are in the draw.
draw-entered-body = Everybody who enters before it closes has the same chance.
draw-entered-cohorts = People who went without more often come before the others. All who went without equally often have the same chance.
draw-in-open = You are in. The draw closes on { $time }. Until then you can change your wishes or leave.
draw-in-closed = You are in. The draw is closed, and the result is coming. You need not do anything.
draw-won = You got an appointment.
draw-won-body = It is booked in your name.
draw-won-cancelled = This appointment was cancelled.
draw-won-over = This appointment is over.
draw-won-replaced = Another appointment took its place.
draw-offered = You were drawn. An appointment is reserved for you.
draw-offered-body = Please accept it or decline it. Without an answer, others get it.
draw-declining = If you decline, others get the appointment. You can enter the next draw.
draw-declined = You have declined the appointment.
draw-lapsed = You were drawn, but you did not accept the appointment in time.
draw-not-taken = Others get the appointment.
draw-left-out = You have left too many drawn appointments unaccepted. You can enter a draw for this service online again from: { $time }.
draw-left-out-body = Until then, the office can enter you at the desk. The authority can also lift the waiting time. Ask there.
draw-declines =
    Only enter if you can come. People who do not accept a drawn appointment { $days ->
        [one] { $times } times in 1 day cannot enter online for some time. This wait ends when the first time is 1 day ago.
       *[other] { $times } times in { $days } days cannot enter online for some time. This wait ends when the first time is { $days } days ago.
    } The authority decides and can lift it. At the desk you can still enter.
draw-declining-last = If you decline or do not answer, others get the appointment. You can then enter online again from: { $time }. The authority decides and can lift the waiting time.
draw-to-appointment = To my appointment
draw-lost = You got no appointment this time.
draw-lost-body = When it was your turn, none of your wishes was still free.
draw-lost-next = You can enter the next draw. Your chance is then the same as everybody else’s. Is it urgent? Call 115 or go to the office.
draw-lost-next-cohorts = You can enter the next draw. There, people who went without more often come before the others. Is it urgent? Call 115 or go to the office.
draw-next = To the next draw
draw-not-booked = You were drawn, but we could not book the appointment.
draw-not-booked-body = You have another appointment already, or a requirement is not met. Please look at your appointments, or call 115.
draw-day-closed-body = The authority is closed on the day of your appointment. We are sorry.
draw-time-over-body = When we wanted to book your appointment, its time was over already or too soon. We are sorry.
draw-other = You booked another appointment of this kind.
draw-other-body = That is why you were no longer in the draw. Your other appointment stays.
draw-booked-otherwise = You have booked another appointment of this kind meanwhile.
draw-booked-otherwise-body = You were drawn. But each person can have one appointment of this kind only. That is why others get the drawn one. Your other appointment stays.
draw-booked-otherwise-move = You can move or cancel it.
draw-booked-otherwise-cancel = You can cancel it.
draw-wishes = Your wishes, the best first
draw-turn = Your turn
draw-cohort = How often you went without
draw-chance = The chance
draw-chance-of =
    { $served } of { $entered ->
        [one] 1 person
       *[other] { $entered } people
    } got an appointment. People who accept more days and places have a better chance.
draw-chance-count =
    { $served } of { $entered ->
        [one] 1 person
       *[other] { $entered } people
    } got an appointment.
draw-email = We send the result to { $email }. You also find it here.
draw-no-email = We have no confirmed e-mail address of yours. You find the result here when you log in.
draw-phoned = We have no confirmed e-mail address of yours. If you are drawn, the office calls you. You also find the result here.
draw-called = If you are drawn, the office calls you.
draw-result-here = You also find the result here.
draw-change = Change wishes
draw-leave = Leave the draw
draw-receipt-body = Your receipt is the authority’s signed promise that your entry is in the list. Keep it: with it you can check the result.
draw-receipt = Download my receipt
draw-ended-body = Your entry ended before the draw closed. The authority has signed why. Keep it with your receipt: with both you can check it.
draw-ended = Download the signed end
draw-public = What everybody can see of this draw
draw-earlier-title = Earlier appointment by draw
draw-earlier-body = You can enter a draw of earlier appointments. If you win one, it replaces this appointment. Otherwise you keep this one.
draw-earlier-only = This draw is for people who have an appointment and would like an earlier one. What you win replaces your appointment.
draw-earlier-rule = Only days before the day of your appointment count. What you win replaces your appointment.
draw-replaces = What you win replaces this appointment: { $time }. If you cancel or move it, you win nothing here. You can enter anew as long as the draw is open.
draw-replaces-gone = The appointment that you wanted to replace is not there any more.
draw-replaces-gone-body = It was cancelled or moved. Change and save your wishes. Then your entry counts for your present appointment. Otherwise you win nothing.
draw-replaces-missing-body = It was cancelled or moved, and you have no other one. Book an appointment. Then save your wishes anew. Otherwise you win nothing.
draw-replaces-lost-body = It was cancelled or moved. So you win nothing in this draw. If you have another appointment, you can enter the next one.
draw-earlier-lost = You got no earlier appointment this time.
draw-earlier-keeps = Your appointment stays. You can enter the next draw.
draw-earlier-ended = The appointment that you wanted to replace was cancelled or moved.
draw-earlier-ended-body = Only that appointment could have been replaced. That is why you got no earlier one.
draw-mine = Draws you have entered
draw-mine-barred = You have an appointment of this kind already. As long as you have it, you get none in this draw.
draw-leave-title = Would you like to leave this draw?
draw-leave-body = Your entry is deleted. You can enter again until the draw closes.
draw-leave-yes = Yes, leave
draw-leave-no = No, stay in
draw-barred-too = Until then you cannot enter a draw for such appointments either.
draw-left = You have left the draw.
draw-left-body = We do not keep your name and your wishes.
draw-left-at = You left on { $time }.
draw-left-open = You can enter again until { $time }.
