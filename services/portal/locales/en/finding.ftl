# Finding: results, the page of a service, places, days and times.

search-results = Results
search-nearest = We did not find exactly that. Perhaps no authority here offers it. These services come nearest. All services are listed below.
search-nothing = Nothing found. These offices do not seem to do this.
search-elsewhere = Other offices may do it. Ask by phone:
search-own = Do you have an appointment already?
search-own-body = You can see, move or cancel it here:
search-page-title = Search: { $query }

service-about = Documents, fee and more
service-times = See free appointments
service-draws = See the draws
service-wait = Next free appointment
service-how = How you get an appointment
service-wait-unknown = We cannot say right now.
service-prerequisites = Requirements
service-forms = Forms
service-fee = Fee
service-appointment = The appointment
service-length = { $minutes ->
        [one] It takes 1 minute.
       *[other] It takes { $minutes } minutes.
    }
service-duration = Processing time afterwards
service-online = Do it online
service-online-link = To the online service
service-link = More on the authority's own page
service-not-stated = Look on the authority’s own page, or call 115.
service-source = Source: { $site }, as of { $date }
service-level = How to book

place-map = Map (OpenStreetMap)
place-access = Accessibility
place-distance = about { $km } km away
place-people = { $max ->
        [one] Only 1 person can come to one appointment here.
       *[other] At most { $max } people can come together here.
    }

days-page-title = { $service }: free appointments
near-label = Postcode
near-hint = Five digits, for example 10178. The nearest places then come first.
near-button = Show places nearby
near-unknown = We don't know this postcode. Enter the five digits of a postcode in Berlin.
near-source = Distances are in a straight line, from the middle of the postcode. Coordinates: OpenGeoDB.
near-anywhere = Search anywhere

days-calendar = Calendar
days-more = More days are in the calendar.
days-marks = “few”: only a few times left. “full”: everything is taken. “closed”: the office is closed.
days-unmarked = Days without an outline or a word: not bookable yet, or over.
days-today = today
days-tomorrow = tomorrow
days-times = { $count ->
        [one] 1 free time
       *[other] { $count } free times
    }
days-some-times = free times
days-few = nearly full
days-mark-today = today
days-mark-few = few
days-mark-full = full
days-mark-closed = closed

day-more = { $count ->
        [one] 1 more time
       *[other] { $count } more times
    }
day-earlier = { $count ->
        [one] 1 earlier time
       *[other] { $count } earlier times
    }
day-more-places = { $count ->
        [one] 1 more place
       *[other] { $count } more places
    }
day-all-places = All places
day-none-here = Nothing is free here on this day any more.
