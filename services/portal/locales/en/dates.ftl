# Days and times.

weekday-1 = Monday
    .short = Mo
weekday-2 = Tuesday
    .short = Tu
weekday-3 = Wednesday
    .short = We
weekday-4 = Thursday
    .short = Th
weekday-5 = Friday
    .short = Fr
weekday-6 = Saturday
    .short = Sa
weekday-7 = Sunday
    .short = Su

month-1 = January
    .in-date = January
month-2 = February
    .in-date = February
month-3 = March
    .in-date = March
month-4 = April
    .in-date = April
month-5 = May
    .in-date = May
month-6 = June
    .in-date = June
month-7 = July
    .in-date = July
month-8 = August
    .in-date = August
month-9 = September
    .in-date = September
month-10 = October
    .in-date = October
month-11 = November
    .in-date = November
month-12 = December
    .in-date = December

date = { $weekday }, { $day } { $month } { $year }
date-without-weekday = { $day } { $month } { $year }
date-and-time = { $date }, { $time }
month-and-year = { $month } { $year }
time-of-day = { $time }
time-span = { $start } to { $end }

# What stands between the parts of a list (Unicode CLDR).
list-comma = ,{ " " }
list-semicolon = ;{ " " }
list-next = ,{ " " }
list-last = { " " }and{ " " }
list-two = { " " }and{ " " }
