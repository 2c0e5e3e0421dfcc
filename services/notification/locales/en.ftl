# Messages to people with an appointment. Polite, short, plain.

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date = { $weekday }, { $day } { $month } { $year }
time = { $time }
time-span = { $start } to { $end }

greeting = Hello,
greeting-name = Hello { $name },
closing = Kind regards
when = When
where = Where
what = What for
code = Appointment number
reason = Reason
previous = Before
manage = View, move or cancel your appointment
book-again = Find a new appointment
documents = Please bring:
bring = Please bring your identity card or passport. The appointment is for you personally.
identity-check = We cannot tell for sure whether we know you already. So the office compares your documents first. Please bring all that you have. Until then you can have only this one appointment.
give-back = If you cannot come, please cancel. Then someone else can have the appointment.
calendar = The attached file adds the appointment to your calendar.
calendar-moves = The attached file moves the appointment in your calendar.
calendar-summary = Appointment: { $authority }
calendar-removes = The attached file removes the appointment from your calendar.
footer = You receive this message because you logged in to book an appointment ({ $authority }). Nobody reads replies to this address.

confirmed-subject = Your appointment on { $date } at { $time }
confirmed-heading = Your appointment is booked
confirmed-intro = Your appointment is confirmed: { $authority }.

rebooked-subject = Your new appointment on { $date } at { $time }
rebooked-heading = Your appointment has moved
rebooked-intro = Your appointment takes place at a new time: { $authority }. The old one has been given back.

changed-subject = Changed: your appointment on { $date } at { $time }
changed-heading = Something about your appointment has changed
changed-intro = Date and time stay the same. What changed is what the place or the service is called: { $authority }. Please read where to go.

cancelled-subject = Cancelled: your appointment on { $date } at { $time }
cancelled-heading = Your appointment is cancelled
cancelled-intro = You cancelled your appointment: { $authority }.
cancelled-office-subject = Your appointment on { $date } at { $time } will not take place
cancelled-office-heading = Your appointment will not take place
cancelled-office-intro = The office had to cancel your appointment: { $authority }. We are sorry.

reminder-subject = Reminder: your appointment on { $date } at { $time }
reminder-heading = Your appointment is soon
reminder-intro = This is a reminder of your appointment: { $authority }.

email-code-subject = Your code to confirm your e-mail address
email-code-heading = Confirm your e-mail address
email-code-intro = Enter this code on the page that asked for your e-mail address. After that we send messages about your appointment here.
email-code-label = Your code
email-code-until = The code is valid until { $time }.
email-code-not-you = Ignore this e-mail if you did not ask for it. Do not give the code to anybody.
email-code-signature = Your appointment service
email-code-footer = You get this message because somebody stated this address on our website for appointments. Nobody reads replies to this address.

email-replaced-subject = Your e-mail address for appointments was changed
email-replaced-heading = Your e-mail address was changed
email-replaced-intro = From now on we send messages about your appointment to another address and no longer here.
email-replaced-not-you = Was that not you? Then please contact the office where you have the appointment soon.
email-replaced-footer = You get this message because we sent messages about an appointment here until now. Nobody reads replies to this address.

not-drawn-subject = Draw: no appointment this time
not-drawn-heading = You got no appointment this time
not-drawn-nothing-left = You entered a draw of appointments. When it was your turn, nothing that you wished was left.
not-drawn-void = The draw that you entered could not be held as announced. Nobody won. We are sorry.
not-drawn-not-bookable = You were drawn. But we could not book the appointment for you, because you have another appointment or a requirement is not met.
not-drawn-other-appointment = You booked another appointment of this kind. That is why you were no longer in the draw.
not-drawn-booked-at = Other appointment booked on
not-drawn-other-stays = Your other appointment stays. You do not have to do anything.
not-drawn-week = Week from
not-drawn-fair = The order was drawn by lot. When you entered had no effect on it. Everybody can recompute the result.
not-drawn-next = You can enter the next draw. Your chance is then the same as everybody else’s.

waiting-offer-subject = An appointment is kept for you
waiting-offer-heading = An appointment is kept for you
waiting-offer-intro = You are on a waiting list. This appointment has become free, and it is your turn: { $authority }.
waiting-offer-how = To accept, you log in. To decline, one click is enough, without logging in.
waiting-offer-replaces = If you accept, we give back the appointment that you have now: { $date }, { $time }.
waiting-offer-silence = If you do not answer, the appointment goes to the next person. That counts as declined.
waiting-offer-last = This is your last offer. If you decline it or do not answer, you lose your place.
waiting-offer-action = Accept or decline
waiting-answer-by = Answer by
waiting-lapsed-subject = Are you still waiting for an appointment?
waiting-lapsed-heading = Are you still waiting?
waiting-lapsed-intro = We kept an appointment for you and got no answer. It has gone to the next person.
waiting-lapsed-next = Please tell us that you are still waiting. Until then you keep your place, but you get no offer. Without your answer you lose your place.
waiting-lapsed-last = The next offer is your last. If you decline it or do not answer, you lose your place.
waiting-lapsed-action = I am still waiting
waiting-lost-subject = You are no longer on the waiting list
waiting-lost-heading = You are no longer on the waiting list
waiting-lost-declines = You have declined as many offers, or left them unanswered, as the waiting list allows.
waiting-lost-silence = You did not tell us in time that you are still waiting.
waiting-lost-next = You can join again. You are then at the end of the list.
waiting-lost-list-ended = The authority has closed this waiting list. It is nothing that you did.
waiting-lost-list-ended-next = You can still book free appointments yourself.

webhook-paused-subject = Your webhook is paused ({ $authority })
webhook-paused-heading = Your webhook is paused
webhook-paused-intro = Your server does not take the events of { $authority } that you subscribed to. We send nothing more to it until you resume.
webhook-paused-webhook = Webhook
webhook-paused-server = Server
webhook-paused-since = Failing since
webhook-paused-failure = Last failure
webhook-paused-timeout = No answer in time
webhook-paused-connection = No connection: name, network or certificate
webhook-paused-status = The answer was { $status }
webhook-paused-address = The operator no longer allows this address
webhook-paused-waiting = Events that wait
webhook-paused-kept = Nothing is lost: the events are kept, and you get them when you resume.
webhook-paused-resume = When your server works again, call with your program’s token:
webhook-paused-footer = You get this message because this address was stated as the contact of a webhook. Nobody reads replies to this address.
