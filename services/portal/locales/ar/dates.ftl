# الأيام والأوقات.

weekday-1 = الاثنين
    .short = اث
weekday-2 = الثلاثاء
    .short = ثل
weekday-3 = الأربعاء
    .short = أر
weekday-4 = الخميس
    .short = خم
weekday-5 = الجمعة
    .short = جم
weekday-6 = السبت
    .short = سب
weekday-7 = الأحد
    .short = أح

month-1 = يناير
    .in-date = يناير
month-2 = فبراير
    .in-date = فبراير
month-3 = مارس
    .in-date = مارس
month-4 = أبريل
    .in-date = أبريل
month-5 = مايو
    .in-date = مايو
month-6 = يونيو
    .in-date = يونيو
month-7 = يوليو
    .in-date = يوليو
month-8 = أغسطس
    .in-date = أغسطس
month-9 = سبتمبر
    .in-date = سبتمبر
month-10 = أكتوبر
    .in-date = أكتوبر
month-11 = نوفمبر
    .in-date = نوفمبر
month-12 = ديسمبر
    .in-date = ديسمبر

date = { $weekday }، { $day } { $month } { $year }
date-without-weekday = { $day } { $month } { $year }
date-and-time = { $date }، الساعة { $time }
month-and-year = { $month } { $year }
time-of-day = { $time }
time-span = من { $start } إلى { $end }

# What stands between the parts of a list (Unicode CLDR).
list-comma = ،{ " " }
list-semicolon = ؛{ " " }
list-next = { " " }و
list-last = { " " }و
list-two = { " " }و
