# Сторінки. Звертання: ви. Короткі речення, спершу те, що треба зробити.

site-name = Запис у Берліні
banner-official = Офіційний сайт установ Берліна
banner-demonstration = Демонстрація: це не сайт установи, усі особи та записи вигадані
skip-to-content = Перейти до змісту
nav-main = Головне меню
nav-appointments = Мої записи
nav-login = Увійти
nav-logout = Вийти
nav-languages = Мова
nav-footer = Про цей сайт
footer-accessibility = Доступність
footer-privacy = Захист даних
footer-imprint = Вихідні дані
footer-mailbox = Поштова скринька демонстрації

step = Крок { $step } з 4: { $step ->
        [1] виберіть послугу
        [2] виберіть день
        [3] виберіть час
       *[other] запишіться
    }
back-to-start = На початкову сторінку
back-to-days = Вибрати інший день
back-to-day = Вибрати інший час
back-to-appointments = До моїх записів
choose-again = Шукати інший запис

held-notice = Для вас зарезервовано запис до { $time }.
held-continue = Перевірити й записатися зараз

start-title = Записатися на прийом
start-lead = Знайдіть потрібну послугу. Вільні записи видно без входу.
start-search-label = Що ви хочете зробити?
start-search-hint = Пишіть німецькою, наприклад: Personalausweis, Fahrzeug, Aufenthalt
start-search-button = Шукати
start-found = { $count ->
        [0] Такої послуги тут немає. Спробуйте інше слово.
        [one] Знайдено { $count } послугу.
        [few] Знайдено { $count } послуги.
       *[other] Знайдено { $count } послуг.
    }
start-next = Найближчий вільний запис: { $date }
start-show-all = Показати всі послуги
authority-unreachable = Зараз тут не видно записів.
authority-unreachable-body = Ця установа зараз не відповідає. Оформлені записи в безпеці. Спробуйте ще раз за кілька хвилин. Інших установ це не стосується.
promise-title = Запис безкоштовний
promise-free = Ніхто не має права продавати вам запис.
promise-name = Запис дійсний лише для особи, яка його зробила. В установі перевіряють імʼя.
promise-one = Кожна особа має щонайбільше один запис на вид послуги. Так більше місць лишається для всіх.
promise-more = Чому тут неможливо торгувати записами

days-title = Вільні дні
days-legend = У днях із рамкою є вільні записи.
days-free = { $count ->
        [one] { $count } вільний запис
        [few] { $count } вільні записи
       *[other] { $count } вільних записів
    }
days-earliest = Найближчий вільний запис
days-take-earliest = Вибрати цей запис
days-none = Зараз немає вільних записів.
days-none-body = Скасовані записи знову стають вільними у випадковий час. Постійно оновлювати сторінку немає сенсу. Зайдіть пізніше.
days-entitlement = Спершу заява, потім запис
days-entitlement-body = Ви можете записатися, якщо ваша заява вже в установі.
days-places = Вибрати місце
days-places-all = Пошук у всіх { $count } місцях.
days-places-some = { $count ->
        [one] Пошук в { $count } місці.
       *[other] Пошук у { $count } місцях.
    }
days-places-legend = Де вам зручно?
days-places-apply = Шукати лише там
days-combine = Ще одна послуга на тому самому прийомі
days-combine-body = Ці послуги можна отримати за один візит:

day-title = Вільний час: { $date }
day-lead = Виберіть час.
day-lead-hold = Виберіть час. Запис буде зарезервовано для вас, і ви спокійно все перевірите й запишетеся.
day-morning = До 12:00
day-afternoon = З 12:00 до 16:00
day-evening = Після 16:00
day-jump = Перейти до місця
day-none = Цього дня вже немає вільного часу.
day-none-body = Виберіть інший день.

choice-title = Вибраний запис
choice-login = Увійдіть
choice-login-body = Щоб ніхто не записувався на чуже імʼя, увійдіть зі своїм посвідченням. Потім зарезервуйте запис.
choice-step-up = Увійдіть надійніше
choice-step-up-body = Для цієї послуги ваша особа має бути підтверджена надійніше, ніж при теперішньому вході.
choice-level-basic = Достатньо облікового запису BundID з іменем користувача й паролем.
choice-level-substantial = Потрібен сертифікат ELSTER або онлайн-посвідчення.
choice-level-high = Потрібне онлайн-посвідчення: посвідчення особи, картка eID або електронний дозвіл на перебування з PIN-кодом.
choice-hold = Зарезервувати запис
choice-hold-body = Резервування залишає запис за вами на кілька хвилин. За цей час перевірте дані й запишіться.
rebook-notice = Ви переносите запис.
rebook-notice-body = Теперішній запис лишається вашим, доки ви не підтвердите новий.

documents = Візьміть із собою
summary-service = Послуга
summary-when = Коли
summary-where = Де
summary-person = Для кого
summary-code = Номер вашого запису
summary-status = Стан
summary-booked-at = Записано
summary-booked-by-agency = Для вас записано через: { $agency }
summary-booked-by-office = Вас записала установа

confirm-title = Перевірте й запишіться
confirm-until = Зарезервовано для вас до { $time }
confirm-until-body = Потім запис може взяти хтось інший.
confirm-left = Залишилося {"{"}minutes{"}"} хв {"{"}seconds{"}"} с.
confirm-left-minutes = Резервування закінчиться за {"{"}minutes{"}"} хв.
confirm-ended = Час резервування минув. Пошукайте інший запис.
confirm-name = Запис дійсний лише для цієї особи. Імʼя потім змінити не можна.
optional = (необовʼязково)
confirm-email = Адреса електронної пошти
confirm-email-hint = Для підтвердження, змін і нагадування. Без неї ви знайдете свій запис тут, коли увійдете.
confirm-email-invalid = Це не адреса електронної пошти. Перевірте її, наприклад name@example.org.
confirm-replaces = Якщо ви зараз запишетеся, попередній запис одразу звільниться.
confirm-book = Записатися
confirm-rebook = Перенести запис
confirm-release = Відмовитися від резервування

appointments-title = Мої записи
appointments-none = Зараз у вас немає записів.
appointments-more = Є ще записи
appointments-more-body = У вас є записи, які видно лише після надійнішого входу. Тож ніхто не змінить їх, знаючи тільки ваш пароль.
appointments-more-login = Увійти надійніше
appointments-past = Минулі та скасовані записи
appointments-unreachable = { $authority } зараз не відповідає.
appointments-unreachable-body = Ваших записів там немає в цьому списку. Але вони в безпеці.
appointment-title = Ваш запис
appointment-booked-title = Вас записано.
appointment-rebooked-title = Ваш запис перенесено.
appointment-booked-body = Ви отримаєте підтвердження з файлом для календаря електронною поштою.
appointment-booked-no-email = Запишіть, будь ласка, номер запису. Ви знайдете свій запис тут, коли увійдете.
email-title = Підтвердьте свою електронну адресу
email-body = Ми надіслали код на { $email }. Він дійсний 30 хвилин. Після цього ми надсилатимемо туди все про ваш запис.
email-code = Код з електронного листа
email-code-hint = 6 цифр. Нічого не прийшло? Перевірте також папку «Спам».
email-check = Перевірити код
email-again = Надіслати новий код
email-later = Підтвердити пізніше й перейти до запису
email-wrong = Це не код із найновішого листа. Перевірте його, будь ласка.
email-over = Цей код більше не дійсний. Попросіть, будь ласка, новий.
email-sent-again = Код уже в дорозі.
email-spam = Це може тривати кілька хвилин. Перевірте також папку «Спам».
email-enough = Сьогодні ми не можемо надіслати ще один код.
email-booked = Щоб отримати підтвердження, бракує лише коду з нашого листа.
email-proven = Вашу електронну адресу підтверджено.
email-unproven = Вашу електронну адресу ще не підтверджено.
email-unproven-body = Доти ми нічого не надсилаємо на { $email }.
appointment-cancelled-title = Ваш запис скасовано.
appointment-cancelled-body = Дякуємо: тепер його може отримати хтось інший.
appointment-bring = На прийомі
appointment-bring-id = Візьміть посвідчення, паспорт або дозвіл на перебування. Імʼя перевіряють.
appointment-bring-code = Вас викличуть за номером запису.
appointment-bring-early = Прийдіть на 5-10 хвилин раніше.
appointment-change = Не можете прийти?
appointment-change-body = Перенесіть або скасуйте запис. Скасований запис отримає хтось інший.
appointment-calendar = До календаря
appointment-show = Показати
appointment-rebook = Перенести
appointment-cancel = Скасувати
status-confirmed = Записано
status-checked-in = Вас зареєстровано, зачекайте
status-called = Вас викликають
status-parked = Відкладено
status-served = Завершено
status-missed = Не зʼявилися
status-cancelled = Скасовано
status-rebooked = Перенесено
status-unknown = Запитайте в установі
calendar-summary = Запис: { $authority }
calendar-description = Номер запису { $code }. Візьміть посвідчення.

cancel-title = Скасувати цей запис?
cancel-body = Це не можна повернути. Запис отримає хтось інший.
cancel-yes = Так, скасувати
cancel-no = Ні, залишити

login-title = Увійти
login-lead = Щоб записатися, увійдіть через BundID або онлайн-посвідчення. Вільні записи видно й без входу.
login-why-name = Ваше імʼя закріплюється за записом. Ніхто не зможе його перепродати.
login-why-one = Кожна особа отримує щонайбільше один запис на вид послуги, навіть із двома обліковими записами чи картками.
login-why-data = Кожна установа дізнається лише те, що потрібно для запису.
login-button = Увійти зараз
login-desk = Немає онлайн-посвідчення? В установі або за телефоном 115 вас запишуть на тих самих умовах. Там потрібне лише посвідчення або паспорт.
goodbye-title = Ви вийшли.
goodbye-body = На цьому пристрої вже ніхто не побачить ваших записів.

failure-do = Що можна зробити зараз
failure-safe = Оформлені записи надійно збережено.

about-title = Як працює чесний запис
about-lead = Місць для запису мало. Торговці захоплювали їх програмами й продавали. Тут це неможливо.
about-identity = Ви записуєтеся зі своїм посвідченням
about-identity-body = Перед записом ви входите. Тож відомо, що записується людина, і яка саме.
about-one = Одна людина, один запис
about-one-body = Кожна особа може мати щонайбільше один запис на вид послуги. Рахується людина, а не обліковий запис чи картка.
about-name = Імʼя не змінюється
about-name-body = Імʼя в записі змінити не можна. В установі його порівнюють із посвідченням. Тому куплений запис нічого не вартий.
about-return = Скасоване повертається випадково
about-return-body = Скасований запис знову зʼявляється лише через випадковий час. Ніхто не може передати його в домовлену мить. Хто бере кращий запис, віддає старий тим самим кроком.
about-data = Ваші дані
about-data-body = Кожна установа знає вас під власним ідентифікатором. Дві установи не можуть за ним зрозуміти, що йдеться про ту саму особу. Цей сайт ставить один файл cookie, і лише коли ви входите. Він нічого не завантажує від інших.
about-desk = Без онлайн-посвідчення
about-desk-body = В установі або за телефоном 115 вас запишуть на тих самих умовах.

entitlement-title = Введіть номер заяви
entitlement-body = Ця установа записує, коли заява вже подана. Введіть номер із листа установи. Дату народження взято з вашого входу.
entitlement-label = Номер заяви
entitlement-hint = Він угорі в листі установи.
entitlement-unknown = Заяви з цим номером і вашою датою народження немає. Перевірте номер.
entitlement-check = Перевірити номер

desk-title = Рецепція
desk-code-hint = 8 знаків, наприклад K7QD-3XHM
desk-code-malformed = Це не номер запису. Він має 8 літер і цифр.
desk-find = Шукати
desk-place = Місце
desk-show-day = Показати записи на сьогодні
desk-none = Записів не знайдено.
desk-birthdate = Дата народження
desk-check-in = Присутній, імʼя перевірено
desk-call = Викликати
desk-serve = Завершено
desk-miss = Не зʼявився
desk-park = Відкласти
desk-requeue = Повернути в чергу
desk-catalogue = Години роботи та послуги
desk-catalogue-in-force = Ці дані чинні з { $time }.
desk-catalogue-refused = Зміна від { $time } не чинна.
desk-catalogue-refused-body = У ній є помилка. Доки її не виправлять, чинні попередні дані. Помилка (англійською):
