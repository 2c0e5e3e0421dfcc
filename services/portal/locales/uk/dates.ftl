# Дні та години.

weekday-1 = понеділок
    .short = Пн
weekday-2 = вівторок
    .short = Вт
weekday-3 = середа
    .short = Ср
weekday-4 = четвер
    .short = Чт
weekday-5 = пʼятниця
    .short = Пт
weekday-6 = субота
    .short = Сб
weekday-7 = неділя
    .short = Нд

month-1 = Січень
    .in-date = січня
month-2 = Лютий
    .in-date = лютого
month-3 = Березень
    .in-date = березня
month-4 = Квітень
    .in-date = квітня
month-5 = Травень
    .in-date = травня
month-6 = Червень
    .in-date = червня
month-7 = Липень
    .in-date = липня
month-8 = Серпень
    .in-date = серпня
month-9 = Вересень
    .in-date = вересня
month-10 = Жовтень
    .in-date = жовтня
month-11 = Листопад
    .in-date = листопада
month-12 = Грудень
    .in-date = грудня

date = { $weekday }, { $day } { $month } { $year } року
date-without-weekday = { $day } { $month } { $year } року
date-and-time = { $date }, { $time }
month-and-year = { $month } { $year }
time-of-day = { $time }
time-span = з { $start } до { $end }

# What stands between the parts of a list (Unicode CLDR).
list-comma = ,{ " " }
list-semicolon = ;{ " " }
list-next = ,{ " " }
list-last = { " " }і{ " " }
list-two = { " " }і{ " " }
