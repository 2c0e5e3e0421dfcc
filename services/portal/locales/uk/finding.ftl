# Пошук: результати, сторінка послуги, місця, дні й час.

search-results = Результати
search-nearest = Саме такого ми не знайшли. Можливо, жодна установа тут цього не пропонує. Ось найближчі послуги. Нижче всі послуги.
search-nothing = Нічого не знайдено. Схоже, ці установи такого не пропонують.
search-elsewhere = Можливо, це пропонує інша установа. Запитайте телефоном:
search-own = Ви вже маєте запис?
search-own-body = Тут ви можете його переглянути, перенести або скасувати:
search-page-title = Пошук: { $query }

service-about = Документи, збір та інше
service-times = Переглянути вільні записи
service-draws = До жеребкувань
service-wait = Найближчий вільний запис
service-how = Як отримати запис
service-wait-unknown = Зараз це невідомо.
service-prerequisites = Умови
service-forms = Бланки
service-fee = Збір
service-appointment = Прийом
service-length = { $minutes ->
        [one] Триває { $minutes } хвилину.
        [few] Триває { $minutes } хвилини.
       *[many] Триває { $minutes } хвилин.
    }
service-duration = Строк опрацювання після цього
service-online = Зробити онлайн
service-online-link = До онлайн-послуги
service-link = Більше на сторінці установи
service-not-stated = Подивіться на сторінці установи або телефонуйте 115.
service-source = Джерело: { $site }, станом на: { $date }
service-level = Як записатися

place-map = Карта (OpenStreetMap)
place-access = Безбарʼєрність
place-distance = приблизно { $km } км
place-people = { $max ->
        [one] Сюди на один запис може прийти лише { $max } особа.
        [few] Сюди разом можуть прийти щонайбільше { $max } особи.
       *[many] Сюди разом може прийти щонайбільше { $max } осіб.
    }

days-page-title = { $service }: вільні записи
near-label = Поштовий індекс
near-hint = Пʼять цифр, наприклад 10178. Найближчі місця будуть першими.
near-button = Показати місця поблизу
near-unknown = Ми не знаємо цього індексу. Введіть пʼять цифр поштового індексу в Берліні.
near-source = Відстань по прямій від середини району з цим індексом. Координати: OpenGeoDB.
near-anywhere = Шукати всюди

days-calendar = Календар
days-more = Інші дні дивіться в календарі.
days-marks = «мало»: лишилося кілька варіантів часу. «нема»: усе зайнято. «закр.»: зачинено.
days-unmarked = Дні без рамки та без слова: записатися ще не можна або вже пізно.
days-today = сьогодні
days-tomorrow = завтра
days-times = { $count ->
        [one] { $count } вільний варіант часу
        [few] { $count } вільні варіанти часу
       *[many] { $count } вільних варіантів часу
    }
days-some-times = є вільні записи
days-few = майже все зайнято
days-mark-today = нині
days-mark-few = мало
days-mark-full = нема
days-mark-closed = закр.

day-more = { $count ->
        [one] Ще { $count } варіант
        [few] Ще { $count } варіанти
       *[many] Ще { $count } варіантів
    }
day-earlier = { $count ->
        [one] Раніше: { $count } варіант
        [few] Раніше: { $count } варіанти
       *[many] Раніше: { $count } варіантів
    }
day-more-places = { $count ->
        [one] Ще { $count } місце
        [few] Ще { $count } місця
       *[many] Ще { $count } місць
    }
day-all-places = Усі місця
day-none-here = Тут цього дня вже немає вільних годин.
