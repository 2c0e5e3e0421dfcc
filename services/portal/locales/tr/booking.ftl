# Seçmeden önce giriş, ayırma, randevu alma, çevrim içi kimlik olmadan.

error-prefix = Hata:
error-summary = Lütfen girdiğiniz bilgileri kontrol edin
nav-logged-in = Giriş yapıldı
nav-logged-in-as = Giriş yapan:
login-offer = Randevu almak için giriş yapın
login-offer-why = Böylece randevuyu kimin aldığını biliriz. Boş randevuları giriş yapmadan da görebilirsiniz.
login-back-to-choice = Seçiminize dönün
choice-login-holds = Giriş yaptıktan sonra randevu hâlâ boşsa hemen sizin için ayrılır.
choice-login-number = Giriş yaptıktan sonra, henüz bilmiyorsak başvuru numaranızı girersiniz. Sonra randevu hâlâ boşsa sizin için ayrılır.
entitlement-missing = Lütfen numarayı alana yazın.
entitlement-then-hold = Sonra sizin için ayırıyoruz: { $time }. O zamana kadar başkası alabilir.
failure-reopen = Sayfayı yeniden aç
failure-kept = Girdiğiniz bilgiler kaybolmaz. Sonra yeniden formda görünür.
failure-lost = Girdiğiniz bilgiler saklanamadı. Lütfen daha sonra yeniden girin.
hold-same-time = Aynı randevuyu alın: { $time }
day-past = Bu gün geçti.
day-closed = Bu gün kapalı.
day-far = Bu gün boş randevu yok. Belki henüz alınamıyor.
problem-slot-not-free = Bu randevu boş değil
    .what = Alınmış veya bu saatte randevu yok. Sizin için hiçbir şey alınmadı.
    .do = Başka bir randevu seçin.
problem-booking-gone = Bu randevu artık yok
    .what = Ertelendi, iptal edildi veya geçti. Bu sayfayla artık erteleyemezsiniz.
    .do = Şimdi hangi randevunuz olduğuna bakın veya yeni bir tane alın.
nearest-title = Bu saate yakın boş randevular
nearest-own = Bu saati siz ayırttınız
nearest-own-body = Sizin için bu saatte veya hemen yakınında zaten bir randevu ayırdık. Şu saate kadar sizin için ayrılmıştır: { $time }.
nearest-own-show = Ayrılan randevuyu gör
confirm-left = Kalan süre: {"{"}minutes{"}"}:{"{"}seconds{"}"} dakika.
confirm-left-minutes = { $minutes ->
        [one] Ayırma süresi 1 dakika sonra sona eriyor.
       *[other] Ayırma süresi { $minutes } dakika sonra sona eriyor.
    }
confirm-email-known = Onay şu adrese gider: { $email }.
confirm-email-other = Başka bir e-posta adresi
confirm-email-other-hint = Yukarıdaki adres doğruysa boş bırakın. Yeni bir adrese önce bir kod göndeririz; kodu girene kadar her şey yukarıdaki adrese gider.
confirm-email-letters = @ işaretinden önce ç, ş veya ü gibi harfler olan adreslere yazamıyoruz. Lütfen başka bir adres kullanın.
email-proven-body = Henüz göndermediklerimiz ve bundan sonraki her şey bu adrese gider.
moving-old = Şimdiki randevu
moving-new = Yeni randevu
moving-code = { $code } randevu numaranız artık geçerli olmayacak. Yeni bir numara alacaksınız.
swap-title = Bunun yerine bu randevu ayrılsın mı?
swap-keep-title = Sizin için ayrılan randevuyu alın
swap-body = Bu türden aynı anda yalnızca bir randevu ayırtabilirsiniz. Diğerini alırsanız şimdiki artık sizin için ayrılmış olmaz.
swap-present = Sizin için ayrıldı, bitiş saati: { $time }
swap-wanted = Diğer randevu
swap-moves = Bununla alınmış randevunuzu ertelersiniz.
swap-yes = Diğer randevuyu al
swap-no = Ayrılan randevuyu koru
hold-wait = Bu randevuyu almazsanız böyle bir randevuyu ancak şu zamandan itibaren yeniden ayırtabilirsiniz: { $time }
hold-free-left = { $count ->
        [0] Almazsanız bu randevu başkalarına gider. Bir sonrakini de almazsanız beklemeniz gerekir.
        [one] Almazsanız bu randevu başkalarına gider. Bundan sonra beklemeden 1 kez daha vazgeçebilirsiniz.
       *[other] Almazsanız bu randevu başkalarına gider. Bundan sonra beklemeden { $count } kez daha vazgeçebilirsiniz.
    }
hold-given-back = Daha önce ayrılan randevudan vazgeçtiniz.
other-booking = Zaten bir randevunuz var
other-booking-group = İkisi de “{ $group }” grubuna girer. Bunun için bir randevunuz varken ikincisini alamazsınız.
other-booking-why = Bu tür işlem için bir randevunuz varken ikincisini alamazsınız.
other-booking-show = Bu randevuyu görün
other-booking-move = Bu randevuyu erteleyin
without-question = Çevrim içi kimliğiniz yok mu?
without-title = Çevrim içi kimlik olmadan
without-lead = Çevrim içi kimliğiniz olmasa da randevu alırsınız: telefonla veya dairede.
without-phone = Telefon edin
without-phone-body = 115 numarasından randevu alabilirsiniz. Kimliğinizi veya pasaportunuzu yanınızda bulundurun. Randevuda söylediklerinizle karşılaştırılır.
without-phone-abroad = yurt dışından
without-desk = Daireye gidin
without-desk-body = Gişede randevuyu sizin için daire alır.
without-bring-id = Kimlik kartı, pasaport veya oturma izni
without-bring-lost = Hepsini mi kaybettiniz? Elinizde kalanı getirin: sürücü belgesi, doğum belgesi veya kayıp bildirimi.
without-bring-letter = Varsa dairenin mektubu
without-can = Gişe sizin için bunları yapabilir
without-can-book = Randevu almak
without-can-change = Sizi bir kuradan veya bekleme listesinden çıkarmak
without-can-draw = Sizi kuraya katmak
without-can-wait = Sizi bekleme listesine yazmak
without-can-pin = Çevrim içi kimliğinizi etkinleştirmek ve yeni bir PIN belirlemek
without-in-person = Kura ve bekleme listesi yalnızca gişede olur, telefonla olmaz. Bunun için kimliğinizi getirin.
without-number = İşlem için başvuru numarası gerekiyorsa
without-number-body = Bu numara gişede ve 115 numaralı telefonda girilemez. Başvurunuzun bulunduğu daireyi arayın veya ona yazın. Nasıl randevu alacağınızı söyler. Bu işlemler:
without-called = Bekliyorsunuz ve e-posta adresiniz yok mu? O zaman daire sizi arar.

# How many come, and what for.
visit-title = Kim geliyor ve ne yapmak istiyorsunuz?
visit-services = İşlemleriniz
visit-remove = Kaldır
visit-how-many = Kişi sayısı
visit-how-many-hint = Hepsi birlikte, aynı işlemler için. Randevu, onu alan kişinin adınadır.
visit-alone = Bu işlem için her kişi kendi randevusunu alır.
visit-show-days = Boş günleri göster
visit-change = Kişileri ve işlemleri değiştir
visit-people = { $count ->
        [one] 1 kişi
       *[other] { $count } kişi
    }
visit-service-count = { $count ->
        [one] 1 işlem
       *[other] { $count } işlem
    }
visit-full = Bir ziyarette { $max } işlemden fazlası yapılamaz.
visit-too-many-services = { $max ->
        [one] Bir ziyarette yalnızca 1 işlem yapılabilir. Lütfen diğerlerini kaldırın.
       *[other] Bir ziyarette en fazla { $max } işlem yapılabilir. Lütfen birini kaldırın.
    }
visit-too-many-people = { $max ->
        [one] Bu işlem için yalnızca 1 kişi gelebilir. Diğerleri kendi randevularını alır.
       *[other] Bir randevuya en fazla { $max } kişi gelebilir. Diğerleri kendi randevularını alır.
    }
visit-too-many-there = { $max ->
        [one] Seçtiğiniz yere yalnızca 1 kişi gelebilir. Her yerde arayın ya da diğerleri için ayrı randevu alın.
       *[other] Seçtiğiniz yere en fazla { $max } kişi birlikte gelebilir. Her yerde arayın ya da diğerleri için ayrı randevu alın.
    }
visit-fewer-at = Bu yerlere daha az kişi birlikte gelebilir:
visit-repeated = Aynı işlem burada iki kez var. Lütfen birini kaldırın. Bunun için birden çok kişi mi geliyor? O zaman kaç kişi olduğunu yazın.

problem-cookies-blocked = Tarayıcınız çerezimizi kabul etmiyor
    .what = Çerez olmadan giriş yapamazsınız. Belki çerezler engellenmiştir veya girişe başka bir tarayıcıda başladınız.
    .do = Tarayıcınızın ayarlarında bu site için çerezlere izin verin ve sayfayı yeniden yükleyin. Onlara yalnızca giriş için ihtiyacımız var. Veya 115 numarasını arayın.
problem-hold-given-up = Bu randevu artık sizin için ayrılmış değil
    .what = Başka bir pencerede ondan vazgeçtiniz veya orada bu türden başka bir randevu ayırttınız. Bu sayfayla hiçbir randevu alınmadı.
    .do = Şimdi sizin için ayrılmış olan randevuyu alın veya yeniden seçin.
