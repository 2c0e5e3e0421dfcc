# Günler ve saatler.

weekday-1 = Pazartesi
    .short = Pt
weekday-2 = Salı
    .short = Sa
weekday-3 = Çarşamba
    .short = Ça
weekday-4 = Perşembe
    .short = Pe
weekday-5 = Cuma
    .short = Cu
weekday-6 = Cumartesi
    .short = Ct
weekday-7 = Pazar
    .short = Pz

month-1 = Ocak
    .in-date = Ocak
month-2 = Şubat
    .in-date = Şubat
month-3 = Mart
    .in-date = Mart
month-4 = Nisan
    .in-date = Nisan
month-5 = Mayıs
    .in-date = Mayıs
month-6 = Haziran
    .in-date = Haziran
month-7 = Temmuz
    .in-date = Temmuz
month-8 = Ağustos
    .in-date = Ağustos
month-9 = Eylül
    .in-date = Eylül
month-10 = Ekim
    .in-date = Ekim
month-11 = Kasım
    .in-date = Kasım
month-12 = Aralık
    .in-date = Aralık

date = { $day } { $month } { $year } { $weekday }
date-without-weekday = { $day } { $month } { $year }
date-and-time = { $date }, { $time }
month-and-year = { $month } { $year }
time-of-day = { $time }
time-span = { $start } ile { $end } arası

# What stands between the parts of a list (Unicode CLDR).
list-comma = ,{ " " }
list-semicolon = ;{ " " }
list-next = ,{ " " }
list-last = { " " }ve{ " " }
list-two = { " " }ve{ " " }
