# Повідомлення людям, які мають термін. Ввічливо, коротко, просто.

weekday-1 = понеділок
weekday-2 = вівторок
weekday-3 = середа
weekday-4 = четвер
weekday-5 = п’ятниця
weekday-6 = субота
weekday-7 = неділя
month-1 = січня
month-2 = лютого
month-3 = березня
month-4 = квітня
month-5 = травня
month-6 = червня
month-7 = липня
month-8 = серпня
month-9 = вересня
month-10 = жовтня
month-11 = листопада
month-12 = грудня
date = { $weekday }, { $day } { $month } { $year } року
time = { $time }
time-span = з { $start } до { $end }

greeting = Добрий день!
closing = З повагою
when = Коли
where = Де
what = Питання
code = Номер запису
reason = Причина
previous = Раніше
manage = Переглянути, перенести або скасувати запис
book-again = Знайти новий час
bring = Будь ласка, візьміть із собою посвідчення особи або паспорт. Запис дійсний лише для вас особисто.
give-back = Не можете прийти? Будь ласка, скасуйте запис, щоб ним міг скористатися хтось інший.
calendar = Доданий файл внесе запис до вашого календаря.
calendar-moves = Доданий файл перенесе запис у вашому календарі.
calendar-removes = Доданий файл видалить запис із вашого календаря.
footer = Ви отримали це повідомлення, бо увійшли, щоб записатися на прийом. Установа: { $authority }. Відповіді на цю адресу ніхто не читає.

confirmed-subject = Ваш запис: { $date }, { $time }
confirmed-heading = Вас записано на прийом
confirmed-intro = Ваш запис підтверджено. Установа: { $authority }.

rebooked-subject = Новий час вашого запису: { $date }, { $time }
rebooked-heading = Ваш запис перенесено
rebooked-intro = Прийом відбудеться в інший час. Установа: { $authority }. Попередній запис повернуто.

changed-subject = Зміни: ваш запис на { $date } о { $time }
changed-heading = У вашому записі дещо змінилося
changed-intro = День і час залишаються. Змінилася назва місця або послуги: { $authority }. Прочитайте, будь ласка, куди прийти.

cancelled-subject = Скасовано: ваш запис, { $date }, { $time }
cancelled-heading = Ваш запис скасовано
cancelled-intro = Ви скасували свій запис. Установа: { $authority }.
cancelled-office-subject = Прийом не відбудеться: { $date }, { $time }
cancelled-office-heading = Прийом не відбудеться
cancelled-office-intro = Установа мусила скасувати ваш запис: { $authority }. Нам дуже шкода.

reminder-subject = Нагадування: ваш запис, { $date }, { $time }
reminder-heading = Незабаром ваш прийом
reminder-intro = Нагадуємо про ваш запис. Установа: { $authority }.

email-code-subject = Ваш код для підтвердження електронної адреси
email-code-heading = Підтвердьте свою електронну адресу
email-code-intro = Введіть цей код на сторінці, де вас запитали про електронну адресу. Після цього ми надсилатимемо повідомлення про ваш запис сюди.
email-code-label = Ваш код
email-code-until = Код дійсний до { $time }.
email-code-not-you = Ви цього не просили? Тоді нічого робити не потрібно. Нікому не передавайте код.
email-code-signature = Ваша служба запису
email-code-footer = Ви отримали це повідомлення, бо хтось вказав цю адресу під час запису на прийом. Відповіді на цю адресу ніхто не читає.
