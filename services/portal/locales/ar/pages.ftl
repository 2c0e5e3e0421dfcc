# الصفحات. جمل قصيرة، وما يجب فعله أولا.

site-name = مواعيد برلين
banner-official = الموقع الرسمي لدوائر برلين
banner-demonstration = عرض تجريبي: ليس موقعًا لأي دائرة، وجميع الأشخاص والمواعيد من الخيال
skip-to-content = الانتقال إلى المحتوى
nav-main = القائمة الرئيسية
nav-appointments = مواعيدي
nav-login = تسجيل الدخول
nav-logout = تسجيل الخروج
nav-languages = اللغة
nav-footer = عن هذا الموقع
footer-accessibility = سهولة الوصول
footer-privacy = حماية البيانات
footer-imprint = بيانات النشر
footer-mailbox = صندوق بريد العرض التجريبي

step = الخطوة { $step } من 4: { $step ->
        [1] اختيار الخدمة
        [2] اختيار اليوم
        [3] اختيار الوقت
       *[other] تأكيد الحجز
    }
back-to-start = إلى صفحة البداية
back-to-days = اختيار يوم آخر
back-to-service = العودة إلى الخدمة
back-to-day = اختيار وقت آخر
back-to-appointments = إلى مواعيدي
choose-again = البحث عن موعد آخر

held-notice = هناك موعد محفوظ لك حتى الساعة { $time }.
held-continue = تحقق منه وأكد الحجز الآن

start-title = حجز موعد
start-lead = ابحث عن الخدمة التي تحتاج إليها. بعد ذلك ترى المواعيد المتاحة دون تسجيل الدخول.
start-search-label = ماذا تريد أن تنجز؟
start-search-hint = مثلًا: بطاقة هوية، تسجيل سيارة، تصريح إقامة
start-search-button = بحث
start-found = { $count ->
        [0] لا توجد هنا خدمة لذلك. جرّب كلمة أخرى.
        [one] عُثر على خدمة واحدة.
        [two] عُثر على خدمتين.
        [few] عُثر على { $count } خدمات.
        [many] عُثر على { $count } خدمة.
       *[other] عُثر على { $count } خدمة.
    }
start-next = أقرب موعد متاح: { $date }
start-show-all = عرض جميع الخدمات
authority-unreachable = لا يمكن عرض المواعيد هنا حاليًا.
authority-unreachable-body = هذه الدائرة لا تستجيب الآن. المواعيد المحجوزة آمنة. حاول مرة أخرى بعد بضع دقائق. الدوائر الأخرى غير متأثرة.
promise-title = المواعيد مجانية
promise-free = لا يحق لأحد أن يبيعك موعدًا.
promise-name = الموعد صالح فقط للشخص الذي حجزه. تتحقق الدائرة من الاسم.
promise-one = يبقى لكل شخص موعد واحد على الأكثر لكل نوع من الخدمات. هكذا تبقى مواعيد أكثر للجميع.
promise-more = لماذا لا يمكن بيع المواعيد هنا

days-title = الأيام المتاحة
days-legend = الأيام ذات الإطار فيها مواعيد متاحة.
days-earliest = أقرب موعد متاح
days-take-earliest = اختيار هذا الموعد
days-none = لا يوجد موعد متاح حاليًا.
days-none-body = تعود المواعيد الملغاة متاحة في وقت عشوائي. إعادة تحميل الصفحة باستمرار لا تفيد. عد لاحقًا.
days-entitlement = الطلب أولًا ثم الموعد
days-entitlement-body = يمكنك حجز هذا الموعد إذا كان طلبك مسجلًا لدى الدائرة.
days-claimed = تم قبول رقمك. يمكنك اختيار موعد.
start-assigned = الدائرة تمنحك موعدًا
start-staff-alone = هذه المواعيد تحجزها الدائرة وحدها
staff-alone-body = لا يمكنك حجز هذا بنفسك عبر الإنترنت. تحجزه الدائرة لك، بالهاتف أو عند الشباك.
staff-alone-ways = أين تحصل على الموعد
assigned-title = هذه الدائرة تمنحك موعدًا
assigned-body = لا تختار وقتًا هنا. عندما يكون طلبك مسجلًا تمنحك الدائرة موعدًا. أدخل رقم الطلب. بعد ذلك تجد الموعد في صفحة «مواعيدي».
assigned-known-body = لا تختار وقتًا هنا: الدائرة تمنح المواعيد. تجد موعدك في صفحة «مواعيدي» فور تحديده.
assigned-claimed = طلبك لدينا
assigned-claimed-body = ستمنحك الدائرة موعدًا. تجده هنا حينها، وتقبله أو ترفضه. هل الأمر عاجل؟ اتصل بالرقم 115 أو اذهب إلى الدائرة.
assigned-claimed-booked = لديك موعد لذلك بالفعل. تجده في هذه الصفحة.
assigned-mine = مواعيد تنتظر إجابتك
assigned-declining = إذا رفضت تحصل على موعد آخر، وربما بعد وقت طويل. ويبقى طلبك مسجلًا.
assigned-declined = رفضت الموعد
assigned-declined-body = يبقى طلبك مسجلًا. وتمنحك الدائرة موعدًا آخر.
days-places = اختيار المكان
days-places-all = البحث في جميع الأماكن وعددها { $count }.
days-places-some = { $count ->
        [one] البحث في مكان واحد.
        [two] البحث في مكانين.
        [few] البحث في { $count } أماكن.
        [many] البحث في { $count } مكانًا.
       *[other] البحث في { $count } مكان.
    }
days-places-legend = أين تريد الموعد؟
days-places-apply = البحث هناك فقط
days-combine = خدمة أخرى في الموعد نفسه
days-combine-body = يمكنك إنجاز هذه الخدمات في الزيارة نفسها:

day-title = الأوقات المتاحة: { $date }
day-lead = اختر وقتًا.
day-lead-hold = اختر وقتًا. يُحفظ الموعد لك عندئذ، ثم تتحقق من البيانات بهدوء وتؤكد الحجز.
day-morning = حتى الساعة 12
day-afternoon = من الساعة 12 إلى الساعة 16
day-evening = من الساعة 16
day-none = لم يبقَ وقت متاح في هذا اليوم.
day-none-body = اختر يومًا آخر.

choice-title = الموعد الذي اخترته
choice-login = سجّل الدخول
choice-login-body = كي لا يحجز أحد باسم غيره، سجّل الدخول أولًا من فضلك.
choice-step-up = تحتاج هنا إلى تسجيل دخول آخر
choice-step-up-body = لا يمكنك الحجز هنا بتسجيل دخولك الحالي، مثلًا باسم مستخدم وكلمة مرور.
choice-level-basic = يكفي حساب BundID باسم مستخدم وكلمة مرور.
choice-level-substantial = تحتاج إلى الهوية الإلكترونية أو شهادة ELSTER. وهي الملف الذي تسجل به الدخول لدى مصلحة الضرائب.
choice-level-high = تحتاج إلى الهوية الإلكترونية: بطاقة الهوية أو بطاقة eID أو تصريح الإقامة الإلكتروني مع الرقم السري.
choice-hold = حفظ الموعد
choice-hold-body = بعد الحفظ يبقى الموعد لك بضع دقائق. تحقق خلالها من البيانات وأكد الحجز.
rebook-notice = أنت تغير موعدًا.
rebook-notice-body = يبقى موعدك الحالي قائمًا حتى تؤكد الموعد الجديد.

documents = يُرجى إحضار
summary-service = الخدمة
summary-when = متى
summary-where = أين
summary-person = لمن
summary-code = رقم موعدك
summary-status = الحالة
summary-booked-at = تاريخ الحجز
summary-booked-by-agency = حجزه لك: { $agency }
summary-booked-by-office = حجزته لك الدائرة

confirm-title = تحقق وأكد الحجز
confirm-until = محفوظ لك حتى الساعة { $time }
confirm-until-body = بعد ذلك يمكن لشخص آخر أن يأخذه.
confirm-ended = انتهى وقت حفظ الموعد. ابحث عن موعد آخر.
confirm-name = الموعد صالح لهذا الشخص فقط. لا يمكن تغيير الاسم لاحقًا.
optional = (اختياري)
confirm-email = عنوان البريد الإلكتروني
confirm-email-hint = للتأكيد والتغييرات والتذكير. بدونه تجد موعدك هنا عند تسجيل الدخول.
confirm-email-invalid = هذا ليس عنوان بريد إلكتروني. يُرجى التحقق منه، مثلًا name@example.org.
confirm-replaces = عند تأكيد الحجز الآن يصبح موعدك الحالي متاحًا لغيرك في الخطوة نفسها.
confirm-old-gone = لم يعد تغيير موعدك القديم ممكنًا
confirm-old-gone-body = أُلغي أو تغيّر وقته أو بدأ بالفعل. يمكنك أن تحاول حجز هذا الوقت موعدًا جديدًا.
confirm-anew = حجز هذا الوقت موعدًا جديدًا
confirm-book = تأكيد الحجز
confirm-rebook = تأكيد تغيير الموعد
confirm-release = التخلي عن الموعد المحفوظ
confirm-then-number = تحصل على رقم الموعد. وبه ينادى عليك.
confirm-then-change = يمكنك تغيير الموعد أو إلغاؤه من «مواعيدي» حتى يبدأ.
confirm-if-cancelled = إذا ألغيت هذا الموعد لاحقًا فستحتاج إلى موعد آخر.

appointments-title = مواعيدي
appointments-login = هنا ترى مواعيدك وتغيرها وتلغيها. لذلك يجب أن نعرف من أنت. ربما انتهى تسجيل دخولك.
appointments-none = ليس لديك موعد حاليًا.
appointments-more = لديك مواعيد أخرى
appointments-more-body = لديك مواعيد لا تظهر إلا بعد تسجيل دخول أكثر أمانًا. وهكذا لا يستطيع أحد تغييرها بكلمة المرور وحدها.
appointments-more-login = تسجيل دخول أكثر أمانًا
appointments-past = المواعيد السابقة والملغاة
appointments-unreachable = لا استجابة الآن من { $authority }.
appointments-unreachable-body = مواعيدك هناك غير ظاهرة في هذه القائمة، لكنها آمنة.
appointment-title = موعدك
appointment-booked-title = تم حجز موعدك
appointment-rebooked-title = تم تغيير موعدك
appointment-booked-body = ستصلك رسالة تأكيد بالبريد الإلكتروني مع ملف للتقويم.
appointment-booked-no-email = يُرجى كتابة رقم الموعد. تجد موعدك هنا عند تسجيل الدخول.
email-title = أكِّد بريدك الإلكتروني
email-body = أرسلنا رمزًا إلى { $email }. الرمز صالح لمدة 30 دقيقة. بعد أن تدخله نرسل كل ما يخص موعدك إلى هناك.
email-code = الرمز من الرسالة
email-code-hint = 6 أرقام. لم يصلك شيء؟ ابحث أيضًا في مجلد الرسائل غير المرغوبة.
email-check = التحقق من الرمز
email-again = إرسال رمز جديد
email-later = التأكيد لاحقًا والانتقال إلى الموعد
email-wrong = هذا ليس الرمز من أحدث رسالة. يُرجى التحقق منه.
email-over = هذا الرمز لم يعد صالحًا. يُرجى طلب رمز جديد.
email-sent-again = الرمز في الطريق.
email-spam = قد يستغرق ذلك بضع دقائق. ابحث أيضًا في مجلد الرسائل غير المرغوبة.
email-enough = لا يمكننا إرسال رمز آخر اليوم.
email-booked = لكي تصلك رسالة التأكيد ينقص فقط الرمز من رسالتنا.
email-booked-known = رسالة التأكيد تذهب إلى { $email }. يسري العنوان الجديد بعد أن تدخل الرمز من رسالتنا.
email-later-address = التأكيد لاحقًا
email-not-sent = لم نرسل رمزًا جديدًا الآن. الرمز التالي ممكن ابتداءً من: { $time }.
email-earlier-code = أدخل الرمز من رسالتنا السابقة إلى { $email }. ما زال صالحًا.
email-next = يمكنك الحصول على رمز جديد ابتداءً من: { $time }.
email-none-sent = لم يُؤكَّد العنوان { $email } بعد. اطلب إرسال رمز إليه.
email-code-over = الرمز الذي أرسلناه إلى { $email } لم يعد صالحًا. يُرجى طلب رمز جديد.
email-proven = تم تأكيد بريدك الإلكتروني
email-unproven = لم يتم تأكيد بريدك الإلكتروني بعد.
email-unproven-body = حتى ذلك الحين لا نرسل شيئًا إلى { $email }.
appointment-cancelled-title = تم إلغاء موعدك
appointment-cancelled-body = شكرًا لك: يمكن لشخص آخر الآن أن يحصل عليه.
appointment-is-moved = تم تغيير هذا الموعد.
appointment-is-cancelled = هذا الموعد ملغى.
appointment-is-over-body = الوقت والرقم أدناه لم يعودا صالحين.
appointment-over = انتهى هذا الموعد.
appointment-over-until = ما زال بإمكان الدائرة أن تسجل هل حضرت. إذا لم تسجل شيئًا فيمكنك حجز موعد كهذا من جديد ابتداءً من: { $time }
appointment-now = موعدك الآن: { $time }
appointment-bring = في الموعد
appointment-identity-check = أحضر كل وثائق الهوية التي لديك: تقارنها الدائرة أولًا، لأننا لا نعلم يقينًا إن كنا نعرفك من قبل.
identity-case = يجب أن ترى إحدى الدوائر وثيقة هويتك أولًا
identity-case-body = لا نعلم يقينًا إن كنا نعرفك من قبل. ليس هذا خطأ منك. يمكنك حجز موعد واحد لدى كل دائرة. هناك تُقارن وثائقك، وبعد ذلك يمكنك الحجز كالجميع. والأسرع عند الشباك أو عبر الهاتف 115. حتى ذلك الحين لا يمكنك المشاركة في أي قرعة.
identity-case-number = رقم معاملتك
appointment-bring-id = أحضر هويتك أو جواز سفرك أو تصريح إقامتك. يتم التحقق من الاسم.
appointment-bring-code = سينادى على رقم موعدك.
appointment-bring-early = احضر قبل الموعد بخمس إلى عشر دقائق.
appointment-change = لا يناسبك الموعد؟
appointment-change-body = غيّر الموعد أو ألغه. الموعد الملغى يصبح متاحًا لغيرك.
appointment-change-assigned = لا يمكنك اختيار وقت آخر هنا. إن لم تستطع الحضور فألغ الموعد. يبقى طلبك، وتمنحك الدائرة موعدًا آخر.
appointment-change-drawn = لا يمكنك اختيار وقت آخر هنا. إن لم تستطع الحضور فألغ الموعد. بعد ذلك يمكنك المشاركة في القرعة التالية. هل الأمر عاجل؟ اتصل بالرقم 115 أو اذهب إلى الدائرة.
appointment-calendar = إضافة إلى التقويم
appointment-show = عرض
appointment-rebook = تغيير
appointment-cancel = إلغاء
status-confirmed = محجوز
status-checked-in = تم تسجيل حضورك، يُرجى الانتظار
status-called = تم النداء عليك
status-parked = مؤجل
status-served = تم الإنجاز
status-missed = لم تحضر
status-over = انتهى
status-cancelled = ملغى
status-rebooked = تم تغييره
status-unknown = يُرجى السؤال في الدائرة
calendar-summary = موعد: { $authority }
calendar-description = رقم الموعد { $code }. يُرجى إحضار الهوية.

cancel-title = هل تريد إلغاء هذا الموعد؟
cancel-body = لا يمكن التراجع عن ذلك.
cancel-yes = نعم، إلغاء الموعد
cancel-no = لا، الاحتفاظ به
decline-title = هل تريد رفض هذا الموعد؟
decline-yes = نعم، أرفض
decline-no = لا، رجوع

login-title = تسجيل الدخول
login-lead = للحجز سجّل الدخول عبر BundID أو الهوية الإلكترونية. BundID حساب من الحكومة الاتحادية لخدمات الدوائر على الإنترنت. يمكنك رؤية المواعيد المتاحة دون تسجيل الدخول.
login-levels = أي تسجيل دخول لأي خدمة
login-levels-body = يتوقف ذلك على الخدمة. بتسجيل دخول أكثر أمانًا يمكنك أيضًا حجز ما يكفيه تسجيل دخول أبسط.
login-level-basic = باسم مستخدم وكلمة مرور
login-level-substantial = بالهوية الإلكترونية أو ELSTER
login-level-high = بالهوية الإلكترونية فقط
login-why-name = يبقى اسمك ثابتًا على الموعد. لا يستطيع أحد بيع الموعد لغيره.
login-why-one = يبقى لكل شخص موعد واحد على الأكثر لكل نوع من الخدمات، حتى مع حسابين أو بطاقتين. إذا لم يتضح من هو الشخص تقارن الدائرة البيانات. ثم يُلغى الموعد الثاني.
login-why-data = تعرف كل دائرة فقط ما تحتاج إليه للموعد.
login-still = ما زال تسجيل دخولك السابق ساريًا. لكنه لا يكفي لهذه الخطوة.
login-button = تسجيل الدخول الآن
goodbye-title = تم تسجيل خروجك.
goodbye-body = لم تعد مواعيدك ظاهرة هنا. هل يستخدم آخرون هذا الجهاز؟ أغلق المتصفح من فضلك.

failure-do = ماذا يمكنك أن تفعل الآن
failure-safe = المواعيد المحجوزة محفوظة بأمان.

about-title = كيف تعمل المواعيد العادلة
about-lead = المواعيد في الدوائر قليلة. كان تجار يحجزونها ببرامج ثم يبيعونها. هنا لا يمكن ذلك.
about-identity = الحجز بهويتك أنت
about-identity-body = تسجّل الدخول قبل الحجز. هكذا نعرف من يحجز الموعد.
about-one = إنسان واحد، موعد واحد
about-one-body = يبقى لكل شخص موعد واحد على الأكثر لكل نوع من الخدمات. المهم هو الشخص، لا الحساب ولا البطاقة. إذا لم يتضح من هو الشخص تقارن الدائرة البيانات. ثم يُلغى الموعد الثاني.
about-name = الاسم لا يتغير
about-name-body = لا يمكن تغيير الاسم على الموعد. تقارنه الدائرة بالهوية. لذلك لا قيمة لموعد تم شراؤه.
about-return = الملغى يعود عشوائيًا
about-return-body = يظهر الموعد الملغى من جديد بعد وقت عشوائي فقط. لا يستطيع أحد تسليمه في لحظة متفق عليها. ومن يأخذ موعدًا أفضل يعيد القديم في الخطوة نفسها.
about-draw = المواعيد النادرة تُمنح بالقرعة
about-draw-body = حيث تقل المواعيد تقرر القرعة. لا يهم متى تشارك، فلا فائدة من برنامج سريع. يستطيع الجميع إعادة حساب النتيجة، حتى في المتصفح.
about-data = بياناتك
about-data-body = تعرفك كل دائرة بمعرّف خاص بها. لا تستطيع دائرتان أن تعرفا منه أنك الشخص نفسه. لا تُستخدم ملفات تعريف الارتباط إلا عند تسجيل الدخول: في هذا الموقع وفي صفحات تسجيل الدخول. ولا يحمّل هذا الموقع شيئًا من جهات أخرى.
about-desk = دون هوية إلكترونية
about-desk-body = تحصل على المواعيد أيضًا في الدائرة أو عبر الهاتف 115.

entitlement-title = أدخل رقم الطلب
entitlement-body = تمنح هذه الدائرة المواعيد عندما يكون طلبك مسجلًا. أدخل الرقم الموجود في رسالة الدائرة. يؤخذ اسمك وتاريخ ميلادك من تسجيل دخولك.
entitlement-label = رقم الطلب
entitlement-hint = تجده في أعلى رسالة الدائرة.
entitlement-unknown = هذا الرقم لا يطابق اسمك وتاريخ ميلادك. تحقق من الرقم.
entitlement-tries = أدخلت اليوم أرقامًا كثيرة جدًا. يمكنك المحاولة مرة أخرى غدًا.
entitlement-help = هل الرقم صحيح؟ ربما كتبت الدائرة اسمك بشكل آخر. اتصل بالدائرة أو اذهب إليها. أحضر الرسالة ووثيقة الهوية التي سجّلت الدخول بها.
entitlement-check = التحقق من الرقم
application-change = إدخال رقم آخر

desk-title = الاستقبال
desk-code-hint = 8 خانات، مثلًا K7QD-3XHM
desk-code-malformed = هذا ليس رقم موعد. يتكون الرقم من 8 حروف وأرقام. لا ترد فيه O و0 وI و1.
desk-find = بحث
desk-place = المكان
desk-show-day = عرض مواعيد اليوم
desk-none = لم يُعثر على مواعيد.
desk-birthdate = تاريخ الميلاد
desk-identity-check = تُفحص الهوية عند الموعد: قارن الوثائق
desk-identity-check-body = قد يكون هذا الشخص معروفًا باسم آخر أو حساب آخر. قارن الوثائق واقترح في المعاملة إن كان الشخص نفسه، ثم يوافق موظف ثان. رقم المعاملة في صفحة موعد الشخص.
desk-check-in = حاضر، تم التحقق من الاسم
desk-call = نداء
desk-serve = تم الإنجاز
desk-miss = لم يحضر
desk-park = تأجيل
desk-requeue = إعادة إلى الدور
desk-came = حضر لاحقًا، تم التحقق من الاسم
desk-catalogue = أوقات العمل والخدمات
desk-catalogue-in-force = هذه البيانات سارية منذ { $time }.
desk-catalogue-refused = التغيير بتاريخ { $time } غير سارٍ.
desk-catalogue-refused-body = فيه خطأ. إلى أن يُصحَّح تبقى البيانات السابقة سارية. الخطأ (بالإنجليزية):
