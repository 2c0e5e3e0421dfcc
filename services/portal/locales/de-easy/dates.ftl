# Tage und Uhrzeiten in Leichter Sprache.

weekday-1 = Montag
    .short = Mo
weekday-2 = Dienstag
    .short = Di
weekday-3 = Mittwoch
    .short = Mi
weekday-4 = Donnerstag
    .short = Do
weekday-5 = Freitag
    .short = Fr
weekday-6 = Samstag
    .short = Sa
weekday-7 = Sonntag
    .short = So

month-1 = Januar
    .in-date = Januar
month-2 = Februar
    .in-date = Februar
month-3 = März
    .in-date = März
month-4 = April
    .in-date = April
month-5 = Mai
    .in-date = Mai
month-6 = Juni
    .in-date = Juni
month-7 = Juli
    .in-date = Juli
month-8 = August
    .in-date = August
month-9 = September
    .in-date = September
month-10 = Oktober
    .in-date = Oktober
month-11 = November
    .in-date = November
month-12 = Dezember
    .in-date = Dezember

date = { $weekday }, { $day }. { $month } { $year }
date-without-weekday = { $day }. { $month } { $year }
date-and-time = { $date }, { $time }
month-and-year = { $month } { $year }
time-of-day = { $time } Uhr
time-span = { $start } bis { $end } Uhr

# What stands between the parts of a list (Unicode CLDR).
list-comma = ,{ " " }
list-semicolon = ;{ " " }
list-next = ,{ " " }
list-last = { " " }und{ " " }
list-two = { " " }und{ " " }
