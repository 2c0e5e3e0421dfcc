# رسائل إلى الأشخاص الذين لديهم موعد: مهذبة وقصيرة وواضحة.

weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
date = { $weekday } { $day } { $month } { $year }
time = الساعة { $time }
time-span = من الساعة { $start } إلى الساعة { $end }

greeting = مرحباً،
greeting-name = مرحباً { $name }،
closing = مع أطيب التحيات
when = متى
where = أين
what = الخدمة
code = رقم الموعد
reason = السبب
previous = الموعد السابق
manage = عرض الموعد أو تغييره أو إلغاؤه
book-again = البحث عن موعد جديد
documents = يرجى إحضار:
bring = يُرجى إحضار بطاقة الهوية أو جواز السفر. الموعد لك شخصيًا فقط.
identity-check = لا نعلم يقينا إن كنا نعرفك من قبل. لذلك تقارن الدائرة وثائقك أولا عند الموعد. أحضر من فضلك كل الوثائق التي لديك. وحتى ذلك الحين يمكنك أن يكون لك هذا الموعد فقط.
give-back = لا تستطيع الحضور؟ يُرجى إلغاء الموعد ليستفيد منه شخص آخر.
calendar = الملف المرفق يضيف الموعد إلى التقويم.
calendar-moves = الملف المرفق ينقل الموعد في التقويم إلى الوقت الجديد.
calendar-summary = موعد: { $authority }
calendar-removes = الملف المرفق يحذف الموعد من التقويم.
footer = وصلتك هذه الرسالة لأنك سجّلت الدخول لحجز موعد لدى { $authority }. لا أحد يقرأ الردود على هذا العنوان.

confirmed-subject = موعدك يوم { $date }، { $time }
confirmed-heading = تم حجز موعدك
confirmed-intro = تم تأكيد موعدك لدى { $authority }.

rebooked-subject = موعدك الجديد يوم { $date }، { $time }
rebooked-heading = تم تغيير موعدك
rebooked-intro = أصبح موعدك لدى { $authority } في وقت جديد. الموعد القديم لم يعد قائمًا.

changed-subject = تغيير في موعدك يوم { $date }، { $time }
changed-heading = تغيّر شيء في موعدك
changed-intro = اليوم والساعة كما هما. تغيّر اسم المكان أو الخدمة لدى { $authority }. يُرجى قراءة العنوان الذي ستأتي إليه.

cancelled-subject = تم الإلغاء: موعدك يوم { $date }، { $time }
cancelled-heading = تم إلغاء موعدك
cancelled-intro = لقد ألغيت موعدك لدى { $authority }.
cancelled-office-subject = لن يُعقد موعدك يوم { $date }، { $time }
cancelled-office-heading = لن يُعقد موعدك
cancelled-office-intro = اضطر { $authority } إلى إلغاء موعدك. نعتذر عن ذلك.

reminder-subject = تذكير: موعدك يوم { $date }، { $time }
reminder-heading = موعدك قريب
reminder-intro = نذكّرك بموعدك لدى { $authority }.

email-code-subject = رمز تأكيد بريدك الإلكتروني
email-code-heading = أكِّد بريدك الإلكتروني
email-code-intro = أدخِل هذا الرمز في الصفحة التي سألتك عن بريدك الإلكتروني. بعد ذلك نرسل الرسائل المتعلقة بموعدك إلى هنا.
email-code-label = رمزك
email-code-until = الرمز صالح حتى { $time }.
email-code-not-you = لم تطلب ذلك؟ إذن لا يلزمك فعل أي شيء. لا تعطِ الرمز لأي شخص.
email-code-signature = خدمة المواعيد
email-code-footer = وصلتك هذه الرسالة لأن شخصًا ما ذكر هذا العنوان في موقعنا للمواعيد. لا أحد يقرأ الردود على هذا العنوان.

email-replaced-subject = تم تغيير بريدك الإلكتروني الخاص بالمواعيد
email-replaced-heading = تم تغيير بريدك الإلكتروني
email-replaced-intro = من الآن فصاعدًا نرسل الرسائل المتعلقة بموعدك إلى عنوان آخر، وليس إلى هنا.
email-replaced-not-you = لم تكن أنت من فعل ذلك؟ إذن يرجى التواصل قريبًا مع الدائرة التي لديك موعد فيها.
email-replaced-footer = وصلتك هذه الرسالة لأننا كنا نرسل إلى هنا رسائل متعلقة بموعد. لا أحد يقرأ الردود على هذا العنوان.

not-drawn-subject = القرعة: لا موعد هذه المرة
not-drawn-heading = لم تحصل على موعد هذه المرة
not-drawn-nothing-left = شاركت في قرعة على المواعيد. عندما جاء دورك لم يبقَ شيء مما رغبت فيه.
not-drawn-void = تعذّر إجراء القرعة التي شاركت فيها كما أُعلن عنها. لم يفز أحد. نأسف لذلك.
not-drawn-not-bookable = وقعت القرعة عليك. لكن تعذّر علينا حجز الموعد لك. لديك موعد آخر، أو أحد الشروط غير متوفر.
not-drawn-other-appointment = حجزت موعدًا آخر من هذا النوع. لذلك لم تعد مشاركًا في القرعة.
not-drawn-booked-at = تاريخ حجز الموعد الآخر
not-drawn-other-stays = موعدك الآخر ما زال قائمًا. ليس عليك أن تفعل شيئًا.
not-drawn-week = الأسبوع الذي يبدأ في
not-drawn-fair = حُدِّد الترتيب بالقرعة. لم يكن لوقت مشاركتك أي تأثير. يستطيع الجميع التحقق من النتيجة.
not-drawn-next = يمكنك المشاركة في القرعة القادمة، وتكون فرصتك عندئذ مساوية لفرصة الجميع.

waiting-offer-subject = حُفظ موعد لك
waiting-offer-heading = حُفظ موعد لك
waiting-offer-intro = أنت على قائمة الانتظار. أصبح هذا الموعد متاحًا وجاء دورك: { $authority }.
waiting-offer-how = للقبول سجّل الدخول. وللرفض تكفي نقرة واحدة من دون تسجيل الدخول.
waiting-offer-replaces = إذا قبلت نعيد موعدك الحالي: { $date }، { $time }.
waiting-offer-silence = إذا لم تجب ينتقل الموعد إلى الشخص التالي، ويُحسب ذلك رفضًا.
waiting-offer-last = هذا آخر عرض لك. إذا رفضته أو لم تجب تفقد مكانك.
waiting-offer-action = القبول أو الرفض
waiting-answer-by = الإجابة حتى
waiting-lapsed-subject = هل ما زلت تنتظر موعدًا؟
waiting-lapsed-heading = هل ما زلت تنتظر؟
waiting-lapsed-intro = حفظنا لك موعدًا ولم نتلقَّ جوابًا. انتقل الموعد إلى الشخص التالي.
waiting-lapsed-next = يُرجى إبلاغنا بأنك ما زلت تنتظر. حتى ذلك الحين تحتفظ بمكانك، لكن لا تتلقى عروضًا. من دون جوابك تفقد مكانك.
waiting-lapsed-last = العرض القادم هو آخر عرض لك. إذا رفضته أو لم تجب تفقد مكانك.
waiting-lapsed-action = ما زلت أنتظر
waiting-lost-subject = لم تعد على قائمة الانتظار
waiting-lost-heading = لم تعد على قائمة الانتظار
waiting-lost-declines = رفضت من العروض، أو تركت من دون جواب، العدد الذي تسمح به قائمة الانتظار.
waiting-lost-silence = لم تبلغنا في الوقت المحدد بأنك ما زلت تنتظر.
waiting-lost-next = يمكنك التسجيل في القائمة من جديد، وتكون عندئذ في آخرها.
waiting-lost-list-ended = أغلقت الدائرة قائمة الانتظار هذه. ليس ذلك بسببك.
waiting-lost-list-ended-next = يمكنك مواصلة حجز المواعيد المتاحة بنفسك.

webhook-paused-subject = تم إيقاف الويب هوك الخاص بكم مؤقتًا ({ $authority })
webhook-paused-heading = تم إيقاف الويب هوك الخاص بكم مؤقتًا
webhook-paused-intro = لا يستقبل خادمكم أحداث { $authority } التي اشتركتم فيها. لن نرسل إليه شيئًا آخر حتى تستأنفوا الإرسال.
webhook-paused-webhook = الويب هوك
webhook-paused-server = الخادم
webhook-paused-since = العطل منذ
webhook-paused-failure = آخر خطأ
webhook-paused-timeout = لم يصل رد في الوقت المحدد
webhook-paused-connection = تعذر الاتصال: الاسم أو الشبكة أو الشهادة
webhook-paused-status = كان الرد { $status }
webhook-paused-address = لم يعد المشغّل يسمح بهذا العنوان
webhook-paused-waiting = الأحداث المنتظرة
webhook-paused-kept = لا يضيع شيء: نحتفظ بالأحداث ونرسلها إليكم عندما تستأنفون.
webhook-paused-resume = عندما يعمل خادمكم من جديد، أرسلوا الطلب التالي برمز الوصول الخاص ببرنامجكم:
webhook-paused-footer = وصلتكم هذه الرسالة لأن هذا العنوان ذُكر كجهة اتصال لويب هوك. لا أحد يقرأ الردود على هذا العنوان.
