# Числа про записи установи.

thousands-sign = { " " }
decimal-sign = ,
percent = { $number } %

statistics-link = Числа про записи цієї установи
statistics-title = Як швидко можна записатися?
statistics-lead = Ось що ця установа публікує про записи на прийом. За цими числами нікого не впізнати.
statistics-within = Записи протягом 14 днів
statistics-waiting = Днів до прийому, у середньому
statistics-missed = Записи, на які ніхто не прийшов
statistics-phone = Записи телефоном
statistics-booked = Усі записи
statistics-month = Місяць
statistics-value = Значення
statistics-service = Послуга
statistics-by-service = За послугами: { $month }
statistics-too-few = замало
statistics-download = Завантажити як таблицю (CSV)
statistics-none = Ще не пораховано жодного місяця. Перший зʼявиться через тиждень після його кінця.
statistics-how = Звідки ці числа
statistics-how-month = Місяць показано з восьмого дня після його кінця. Далі нічого не змінюється.
statistics-how-small = Кількості від 1 до 4 ми не показуємо, щоб нікого не впізнали. Тому суми можуть трохи відрізнятися.
statistics-how-waiting = Час очікування рахуємо за дні, коли на одну послугу в одному місці було щонайменше 5 записів.
statistics-how-services = Хто вирішує дві справи за один прийом, того враховано в обох.
