# Arama: sonuçlar, işlem sayfası, yerler, günler ve saatler.

search-results = Sonuçlar
search-nearest = Tam olarak bunu bulamadık. Belki buradaki hiçbir daire bunu sunmuyor. En yakın işlemler bunlardır. Tüm işlemler aşağıdadır.
search-nothing = Bu konuda bir şey bulamadık. Bu daireler bunu sunmuyor gibi görünüyor.
search-elsewhere = Belki başka bir daire sunuyordur. Telefonla sorun:
search-own = Zaten bir randevunuz var mı?
search-own-body = Randevunuzu burada görebilir, erteleyebilir veya iptal edebilirsiniz:
search-page-title = Arama: { $query }

service-about = Belgeler, ücret ve daha fazlası
service-times = Boş randevuları gör
service-draws = Kuraları gör
service-wait = En erken boş randevu
service-how = Randevu nasıl alınır
service-wait-unknown = Bu şu anda söylenemiyor.
service-prerequisites = Koşullar
service-forms = Formlar
service-fee = Ücret
service-appointment = Randevu
service-length = { $minutes } dakika sürer.
service-duration = Sonraki işlem süresi
service-online = İnternetten yapın
service-online-link = Çevrim içi hizmete git
service-link = Dairenin kendi sayfasında daha fazla bilgi
service-not-stated = Dairenin kendi sayfasına bakın veya 115 numarasını arayın.
service-source = Kaynak: { $site }, tarih: { $date }
service-level = Nasıl randevu alınır

place-map = Harita (OpenStreetMap)
place-access = Engelsiz erişim
place-distance = yaklaşık { $km } km uzakta
place-people = { $max ->
        [one] Buradaki bir randevuya yalnızca 1 kişi gelebilir.
       *[other] Buraya en fazla { $max } kişi birlikte gelebilir.
    }

days-page-title = { $service }: boş randevular
near-label = Posta kodu
near-hint = Beş rakam, örneğin 10178. En yakın yerler önce gösterilir.
near-button = Yakındaki yerleri göster
near-unknown = Bu posta kodunu bilmiyoruz. Berlin’deki bir posta kodunun beş rakamını girin.
near-source = Posta kodunun ortasından kuş uçuşu. Koordinatlar: OpenGeoDB.
near-anywhere = Her yerde ara

days-calendar = Takvim
days-more = Diğer günler takvimdedir.
days-marks = “az”: yalnızca birkaç saat kaldı. “dolu”: hepsi alındı. “kapalı”: daire kapalı.
days-unmarked = Çerçevesiz ve sözcüksüz günler: henüz alınamaz ya da geçmiştir.
days-today = bugün
days-tomorrow = yarın
days-times = { $count ->
        [one] 1 boş randevu saati
       *[other] { $count } boş randevu saati
    }
days-some-times = boş randevu saatleri var
days-few = neredeyse dolu
days-mark-today = bugün
days-mark-few = az
days-mark-full = dolu
days-mark-closed = kapalı

day-more = { $count ->
        [one] 1 randevu saati daha
       *[other] { $count } randevu saati daha
    }
day-earlier = { $count ->
        [one] Daha erken 1 randevu saati
       *[other] Daha erken { $count } randevu saati
    }
day-more-places = { $count ->
        [one] 1 yer daha
       *[other] { $count } yer daha
    }
day-all-places = Tüm yerler
day-none-here = Burada bu günde boş saat kalmadı.
