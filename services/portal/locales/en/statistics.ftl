# Numbers about an authority's appointments.

thousands-sign = ,
decimal-sign = { "." }
percent = { $number }%

statistics-link = Numbers about this authority’s appointments
statistics-title = How quickly are there appointments?
statistics-lead = This is what the authority publishes about its appointments. Nobody can be recognised in the numbers.
statistics-within = Appointments within 14 days
statistics-waiting = Days until the appointment, on average
statistics-missed = Appointments to which nobody came
statistics-phone = Appointments booked by phone
statistics-booked = Appointments booked
statistics-month = Month
statistics-value = Value
statistics-service = Service
statistics-by-service = By service: { $month }
statistics-too-few = too few
statistics-download = Download as a table (CSV)
statistics-none = No month has been counted yet. The first one appears a week after its end.
statistics-how = How these numbers come about
statistics-how-month = A month is shown from the eighth day after its end. Nothing changes after that.
statistics-how-small = We do not show counts from 1 to 4, so that nobody can be recognised. Totals may therefore be slightly off.
statistics-how-waiting = We count waiting times on days with at least 5 appointments for a service at a place.
statistics-how-services = Who does two things in one appointment is counted for both.
