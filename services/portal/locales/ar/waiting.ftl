# قوائم الانتظار: ما يصبح شاغرًا يُعرض أولًا على من ينتظر.

waiting-notice-title = انتظار موعد شاغر
waiting-notice-move-title = انتظار موعد أبكر
waiting-notice-none-suits = لا يوجد ما يناسبك؟
waiting-notice-body = سجّل نفسك في قائمة الانتظار. إذا أصبح موعد مناسب شاغرًا نعرضه أولًا على من في القائمة. لا حاجة إلى تحديث هذه الصفحة.
waiting-join = التسجيل في قائمة الانتظار

waiting-join-title = التسجيل في قائمة الانتظار
waiting-change-title = تغيير ما يناسبك
waiting-mistake-title = خطأ: { $title }
waiting-mistakes = يرجى التحقق من هذه البيانات
waiting-unfit = إحدى الرغبات لا يناسبها أي موعد لهذه الخدمة. اختر أيامًا أو أماكن أو أوقاتًا أخرى.
waiting-join-body = قل لنا أي المواعيد تناسبك. كلما ناسبك أكثر جاءك العرض أسرع.
waiting-application = الطلب أولا، ثم قائمة الانتظار
waiting-application-body = يمكنك التسجيل حين نعرف رقم طلبك. هل أدخلته من قبل؟ إذن تابع هنا.
waiting-join-booked = لديك موعد بالفعل: { $time }
waiting-join-booked-body = نعرض عليك المواعيد الأبكر فقط. يبقى موعدك الحالي لك حتى تقبل عرضًا.
waiting-people = { $count ->
        [zero] لا أحد ينتظر الآن.
        [one] ينتظر الآن شخص واحد.
        [two] ينتظر الآن شخصان.
        [few] ينتظر الآن { $count } أشخاص.
        [many] ينتظر الآن { $count } شخصًا.
       *[other] ينتظر الآن { $count } شخص.
    }
waiting-rule-line = يأتي أولًا من سجّل في يوم أسبق. وفي اليوم نفسه تقرر القرعة. السرعة لا تفيد.
waiting-rule-time = { $count ->
        [one] يسري العرض ساعة واحدة على الأكثر.
        [two] يسري العرض ساعتين على الأكثر.
        [few] يسري العرض { $count } ساعات على الأكثر، وأقل إذا كان الموعد قريبًا.
       *[other] يسري العرض { $count } ساعة على الأكثر، وأقل إذا كان الموعد قريبًا.
    }
waiting-rule-declines = { $count ->
        [one] من يرفض عرضًا أو لا يجيب يفقد مكانه.
        [two] من يرفض عرضين أو لا يجيب عنهما يفقد مكانه.
        [few] من يرفض { $count } عروض أو لا يجيب عنها يفقد مكانه.
       *[other] من يرفض { $count } عرضًا أو لا يجيب عنها يفقد مكانه.
    }
waiting-rule-rejoin = { $count ->
        [one] من يفقد مكانه هكذا لا يمكنه التسجيل عبر الإنترنت من جديد إلا بعد يوم واحد.
        [two] من يفقد مكانه هكذا لا يمكنه التسجيل عبر الإنترنت من جديد إلا بعد يومين.
        [few] من يفقد مكانه هكذا لا يمكنه التسجيل عبر الإنترنت من جديد إلا بعد { $count } أيام.
       *[other] من يفقد مكانه هكذا لا يمكنه التسجيل عبر الإنترنت من جديد إلا بعد { $count } يومًا.
    }
waiting-next = فقط إذا لم يصبح شيء من الرغبات السابقة شاغرًا. يمكنك تركها فارغة.
waiting-time = في أي وقت من اليوم؟
waiting-time-any = أي وقت
waiting-time-morning = قبل الظهر (ينتهي قبل الساعة 12:00)
waiting-time-afternoon = بعد الظهر (من الساعة 12:00)
waiting-time-evening = من الساعة 16:00
waiting-any-too = عندئذ أقبل أي موعد آخر أيضًا.
waiting-days = أيام معينة
waiting-days-body = هنا يمكنك استبعاد أيام أو فترات، مثل 24 ديسمبر. يمكنك تركها فارغة.
waiting-from = ليس قبل
waiting-until = ليس بعد
waiting-except = لا أستطيع في هذه الأيام
waiting-except-number = اليوم { $number }
waiting-day-unreadable = هذا ليس تاريخًا. اكتبه هكذا: 24.12.2026
waiting-until-before-from = التاريخ الأخير يسبق التاريخ الأول.
waiting-stand-by = يمكنني الحضور فورًا
waiting-stand-by-body = إذا شغر موعد اليوم أو غدًا نسأل من يمكنه الحضور فورًا. يسري هذا العرض لمدة { $count } دقيقة فقط. القرعة هي التي تحدد الدور، لا السرعة. الرفض أو التأخر لا يكلفك شيئًا.
waiting-stand-by-no = لا
waiting-stand-by-today = نعم، اليوم
waiting-stand-by-tomorrow = نعم، اليوم وغدًا
waiting-stand-by-until = حتى { $date }
waiting-join-promise = التسجيل مجاني. يمكنك تغيير رغباتك ومغادرة القائمة في أي وقت. التغيير لا يؤثر في مكانك.
waiting-join-now = سجّل الآن

waiting-any = أي موعد
waiting-words-from = من { $date }
waiting-words-until = حتى { $date }
waiting-words-except = ليس في: { $dates }

waiting-mine = قائمة الانتظار
waiting-place-title = مكانك في قائمة الانتظار
waiting-joined = أنت في قائمة الانتظار.
waiting-joined-body = إذا أصبح موعد مناسب شاغرًا نعرضه بالترتيب.
waiting-answered = ما زلت في قائمة الانتظار.
waiting-answered-body = من الآن نعرض عليك المواعيد من جديد.
waiting-status-waiting = أنت تنتظر
waiting-status-offered = لدينا موعد لك
waiting-status-asked = يرجى الإجابة
waiting-status-booked = تم حجز موعد
waiting-status-ended = فُقد المكان
waiting-line = قبلك
waiting-ahead = { $count ->
        [zero] لا أحد قبلك.
        [one] قبلك شخص واحد.
        [two] قبلك شخصان.
        [few] قبلك { $count } أشخاص.
        [many] قبلك { $count } شخصًا.
       *[other] قبلك { $count } شخص.
    }
waiting-ahead-between = بين { $least } و{ $most } شخصًا. نعرف العدد بدقة غدًا: قد يسجّل آخرون اليوم، والقرعة تقرر.
waiting-line-body = ليس كل موعد يناسب الجميع. لذلك قد يأتي العرض أبكر مما يدل عليه العدد. ولا يستطيع أحد أن يعد بوقت محدد.
waiting-since = يوم التسجيل
waiting-suits = ما يناسبك، الأفضل أولًا
waiting-booked-until = يبقى موعدك لك حتى تقبل عرضًا: { $time }
waiting-email = نرسل العروض إلى { $email }. وتجدها هنا أيضًا.
waiting-no-email = ليس لدينا عنوان بريد إلكتروني مؤكد لك. تجد العروض هنا فقط عند تسجيل الدخول. يرجى النظر كل يوم.
waiting-change = تغيير ما يناسبني
waiting-leave = مغادرة قائمة الانتظار
waiting-drawn = كيف تحدد مكانك
waiting-drawn-body = لكل يوم مفتاح سري. بصمته ثابتة من البداية، ويُعرض المفتاح في اليوم التالي. HMAC-SHA-256 على اليوم وسطر جديد ومعرّفك يعطي مكانك: القيم الأصغر تأتي أولًا.
waiting-drawn-commitment = بصمة المفتاح (SHA-256)
waiting-drawn-key = مفتاح اليوم
waiting-drawn-place = القيمة التي خرجت لك

waiting-offer = هذا الموعد لك
waiting-offer-until = نحتفظ به لك حتى: { $time }
waiting-offer-take = نعم، أريد هذا الموعد
waiting-offer-decline = لا، شكرًا
waiting-last = إذا رفضت أو لم تجب تفقد مكانك في قائمة الانتظار.
waiting-decline-keeps = إذا رفضت يُعرض الموعد على الشخص التالي. ويبقى مكانك لك.
waiting-short-free = هذا العرض لمن يمكنه الحضور فورًا. إذا رفضت أو لم تجب يبقى مكانك لك.
waiting-next-is-last = إذا رفضت عرضًا آخر أو لم تجب عنه تفقد مكانك.
waiting-accept-title = التحقق من الموعد وقبوله
waiting-accept-move-title = نقل موعدك
waiting-accept-old = موعدك الحالي
waiting-accept-new = الموعد الجديد
waiting-accept-until = عرض الموعد وقبوله، حتى: { $time }
waiting-decide-later = القرار لاحقًا

waiting-answer-title = هل تريد هذا الموعد؟
waiting-answer-move = إذا قبلت يصبح موعدك الحالي شاغرًا في الخطوة نفسها.
waiting-answer-login = للقبول سجّل الدخول. وللرفض تكفي نقرة واحدة.
waiting-still-title = هل ما زلت تنتظر؟
waiting-still-body = انتهى عرض دون إجابة منك. قل لنا إنك ما زلت تنتظر، حتى: { $time }. حتى ذلك الحين لا نعرض عليك شيئًا آخر. وبعده تفقد مكانك.
waiting-still-yes = نعم، ما زلت أنتظر
waiting-declined-title = رفضت العرض.
waiting-declined-body = يُعرض الموعد على الشخص التالي. ويبقى مكانك في قائمة الانتظار لك.
waiting-in-line-title = أنت في قائمة الانتظار.
waiting-in-line-body = انتهى هذا العرض. لا حاجة إلى فعل شيء: يأتي العرض القادم بالبريد الإلكتروني أيضًا.
waiting-booked-title = لديك موعد.
waiting-booked-body = انتهى بذلك مكانك في قائمة الانتظار. تجد الموعد بين مواعيدك.

waiting-lost-title = لم تعد في قائمة الانتظار.
waiting-lost-declines = رفضت من العروض، أو تركت دون إجابة، العدد الذي تسمح به قائمة الانتظار.
waiting-lost-silence = لم تقل لنا في الوقت المحدد إنك ما زلت تنتظر.
waiting-lost-list = أغلقت الدائرة قائمة الانتظار هذه. ليس ذلك بسببك.
waiting-lost-stand-by = انتهى اليوم الذي كان يمكنك فيه الحضور فورًا.
waiting-lost-unknown = سجّل الدخول لترى السبب. يمكنك التسجيل من جديد إذا كانت القائمة ما زالت موجودة. قد يكون عليك أن تنتظر بضعة أيام.
waiting-join-again = التسجيل من جديد

waiting-leave-title = هل تريد مغادرة قائمة الانتظار؟
waiting-leave-body = يُحذف مكانك. إذا سجّلت من جديد لاحقًا تكون في آخر القائمة.
waiting-leave-offer = الموعد الذي نحتفظ به لك يذهب عندئذ إلى الشخص التالي.
waiting-leave-yes = نعم، أغادر
waiting-leave-no = لا، أواصل الانتظار
waiting-left = لم تعد في قائمة الانتظار.
waiting-left-body = لا يُحفظ شيء عن مكانك.

problem-no-waiting-list = لا توجد هنا قائمة انتظار
    .what = ليس لدى الدائرة قائمة انتظار لهذه الخدمة، أو أنها أغلقتها.
    .do = ابحث عن موعد شاغر أو اتصل بالرقم 115.
problem-waiting-list-full = قائمة الانتظار ممتلئة
    .what = لا تقبل أحدًا آخر في الوقت الحالي.
    .do = حاول لاحقًا أو اتصل بالرقم 115.
problem-rejoin-too-soon = لا يمكنك التسجيل في قائمة الانتظار هذه من جديد بعد
    .what = فقدت مكانك فيها. رفضت عروضًا أو لم تجب.
    .do = يمكنك التسجيل عبر الإنترنت من جديد ابتداء من: { $again_at }. القرار في الاستثناءات للدائرة. عند الشباك يمكن تسجيلك قبل ذلك. اسأل هناك أو اتصل بالرقم 115.
problem-not-waiting = لا نجد هذا المكان في قائمة الانتظار لديك
    .what = ربما غادرت القائمة، أو سجّلت الدخول بطريقة غير التي سجّلت بها في القائمة.
    .do = انظر بين مواعيدك، أو سجّل الدخول بالوثيقة التي سجّلت بها في القائمة.
problem-already-waiting = أنت تنتظر موعدًا مشابهًا
    .what = لكل نوع من الخدمات يمكنك أن تكون في قائمة انتظار واحدة.
    .do = غادر قائمة الانتظار الأخرى أولًا. تجدها بين مواعيدك.
problem-waiting-in-doubt = قبل قائمة الانتظار يجب أن ترى إحدى الدوائر وثيقة هويتك
    .what = لا نعلم يقينًا إن كنا نعرفك من قبل. وإلى أن يتضح ذلك لا يمكنك الانضمام بهذا الدخول.
    .do = سجّل الدخول كما فعلت سابقًا إن أمكن. وإلا فأظهر وثيقة هويتك عند الشباك أو اتصل بالرقم 115.
problem-offer-not-found = هذا الرابط لم يعد صالحًا
    .what = ربما غادرت قائمة الانتظار، أو لديك رسالة أحدث منا.
    .do = افتح أحدث رسالة، أو سجّل الدخول وانظر بين مواعيدك.
problem-offer-elsewhere = انتهى هذا العرض أو أنه يخص دخولا آخر
    .what = انقضى وقته، أو أجبت عنه من قبل، أو سجلت الدخول بطريقة أخرى. لم يُحجز لك شيء الآن.
    .do = انظر بين مواعيدك. هل يخص العرض دخولا آخر؟ سجل الدخول به.
problem-offer-over = انتهى هذا العرض
    .what = انقضى وقته، أو أجبت عنه من قبل، أو صار لديك موعد آخر. لم يُحجز لك شيء الآن.
    .do = انظر بين مواعيدك لترى الوضع.
