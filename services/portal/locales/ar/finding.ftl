# البحث: النتائج وصفحة الخدمة والأماكن والأيام والأوقات.

search-results = النتائج
search-nearest = لم نجد ما بحثت عنه بالضبط. ربما لا تقدمه أي دائرة هنا. هذه أقرب الخدمات. جميع الخدمات في الأسفل.
search-nothing = لم نجد شيئًا عن ذلك. يبدو أن هذه الدوائر لا تقدمه.
search-elsewhere = ربما تقدمه دائرة أخرى. اسأل بالهاتف:
search-own = هل لديك موعد بالفعل؟
search-own-body = هنا يمكنك عرضه أو تغييره أو إلغاؤه:
search-page-title = بحث: { $query }

service-about = الوثائق والرسوم والمزيد
service-times = عرض المواعيد المتاحة
service-draws = عرض القرعات
service-wait = أقرب موعد متاح
service-how = كيف تحصل على موعد
service-wait-unknown = لا يمكن معرفة ذلك الآن.
service-prerequisites = الشروط
service-forms = الاستمارات
service-fee = الرسوم
service-appointment = الموعد
service-length = { $minutes ->
        [one] يستغرق دقيقة واحدة.
        [two] يستغرق دقيقتين.
        [few] يستغرق { $minutes } دقائق.
        [many] يستغرق { $minutes } دقيقة.
       *[other] يستغرق { $minutes } دقيقة.
    }
service-duration = مدة المعالجة بعد ذلك
service-online = الإنجاز عبر الإنترنت
service-online-link = إلى الخدمة الإلكترونية
service-link = المزيد على صفحة الدائرة
service-not-stated = انظر صفحة الدائرة أو اتصل بالرقم 115.
service-source = المصدر: { $site }، بتاريخ: { $date }
service-level = كيف تحجز

place-map = خريطة (OpenStreetMap)
place-access = سهولة الوصول لذوي الإعاقة
place-distance = على بعد { $km } كم تقريبًا
place-people = { $max ->
        [one] يمكن أن يأتي إلى هنا شخص واحد فقط في الموعد.
        [two] يمكن أن يأتي إلى هنا شخصان معًا على الأكثر.
        [few] يمكن أن يأتي إلى هنا { $max } أشخاص معًا على الأكثر.
        [many] يمكن أن يأتي إلى هنا { $max } شخصًا معًا على الأكثر.
       *[other] يمكن أن يأتي إلى هنا { $max } شخص معًا على الأكثر.
    }

days-page-title = { $service }: المواعيد المتاحة
near-label = الرمز البريدي
near-hint = خمسة أرقام، مثلًا 10178. ثم تظهر أقرب الأماكن أولًا.
near-button = عرض الأماكن القريبة
near-unknown = لا نعرف هذا الرمز البريدي. أدخل الأرقام الخمسة لرمز بريدي في برلين.
near-source = المسافة بخط مستقيم من وسط منطقة الرمز البريدي. الإحداثيات: OpenGeoDB.
near-anywhere = البحث في كل مكان

days-calendar = التقويم
days-more = تجد أيامًا أخرى في التقويم.
days-marks = «قليل»: بقيت أوقات قليلة. «ممتلئ»: كل الأوقات محجوزة. «مغلق»: الدائرة مغلقة.
days-unmarked = الأيام بلا إطار وبلا كلمة: لا يمكن حجزها بعد أو مضت.
days-today = اليوم
days-tomorrow = غدًا
days-times = { $count ->
        [one] وقت واحد متاح
        [two] وقتان متاحان
        [few] { $count } أوقات متاحة
        [many] { $count } وقتًا متاحًا
       *[other] { $count } وقت متاح
    }
days-some-times = أوقات متاحة
days-few = ممتلئ تقريبًا
days-mark-today = اليوم
days-mark-few = قليل
days-mark-full = ممتلئ
days-mark-closed = مغلق

day-more = { $count ->
        [one] وقت واحد آخر
        [two] وقتان آخران
        [few] { $count } أوقات أخرى
        [many] { $count } وقتًا آخر
       *[other] { $count } وقت آخر
    }
day-earlier = { $count ->
        [one] وقت واحد أبكر
        [two] وقتان أبكر
        [few] { $count } أوقات أبكر
        [many] { $count } وقتًا أبكر
       *[other] { $count } وقت أبكر
    }
day-more-places = { $count ->
        [one] مكان واحد آخر
        [two] مكانان آخران
        [few] { $count } أماكن أخرى
        [many] { $count } مكانًا آخر
       *[other] { $count } مكان آخر
    }
day-all-places = جميع الأماكن
day-none-here = لم يبقَ وقت متاح هنا في هذا اليوم.
