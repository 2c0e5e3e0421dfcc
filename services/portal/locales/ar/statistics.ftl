# أرقام عن مواعيد الدائرة.

thousands-sign = ,
decimal-sign = { "." }
percent = { $number }%

statistics-link = أرقام عن مواعيد هذه الدائرة
statistics-title = ما مدى سرعة الحصول على موعد؟
statistics-lead = هذا ما تنشره الدائرة عن مواعيدها. لا يمكن التعرف على أي شخص من هذه الأرقام.
statistics-within = المواعيد خلال 14 يومًا
statistics-waiting = عدد الأيام حتى الموعد في المتوسط
statistics-missed = المواعيد التي لم يحضر إليها أحد
statistics-phone = المواعيد المحجوزة بالهاتف
statistics-booked = المواعيد المحجوزة
statistics-month = الشهر
statistics-value = القيمة
statistics-service = الخدمة
statistics-by-service = حسب الخدمة: { $month }
statistics-too-few = عدد قليل جدًا
statistics-download = تنزيل كجدول (CSV)
statistics-none = لم يُحسب أي شهر بعد. يظهر أول شهر بعد أسبوع من نهايته.
statistics-how = كيف تنشأ هذه الأرقام
statistics-how-month = يظهر الشهر ابتداءً من اليوم الثامن بعد نهايته. وبعد ذلك لا يتغير شيء.
statistics-how-small = لا نعرض الأعداد من 1 إلى 4 حتى لا يمكن التعرف على أحد. لذلك قد تختلف المجاميع قليلًا.
statistics-how-waiting = نحسب مدة الانتظار في الأيام التي فيها 5 مواعيد على الأقل لخدمة واحدة في مكان واحد.
statistics-how-services = من ينجز أمرين في موعد واحد يحسب في كليهما.
