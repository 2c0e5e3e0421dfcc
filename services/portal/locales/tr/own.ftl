# Kişinin kendisine ait olan: randevusu, adresi, verileri.

appointment-map = Haritada göster
qr-code = QR kod olarak randevu numaranız
qr-code-body = Bu kodu danışmada gösterebilirsiniz.
history-title = Randevuya ne oldu
history-booked = Alındı: { $time }
history-moved = Şu zamana ertelendi: { $time }
history-cancelled = Siz iptal ettiniz
history-cancelled-office = Daire iptal etti
history-served = Tamamlandı
history-missed = Gelinmedi
history-closed = Sona erdi, daire bir şey kaydetmedi

cancel-follows = Sonra ne olur
cancel-returns = Randevu rastgele bir zamanda başkaları için boşalır. Onu başkasına veremezsiniz.
cancel-mail = E-postayla onay alırsınız. Ekteki dosya takviminizdeki kaydı siler.
cancel-no-mail = Doğrulanmış adresiniz olmadığı için e-posta almazsınız. Takviminizde kayıt varsa lütfen kendiniz silin.
cancel-mail-untold = Doğrulanmış bir e-posta adresiniz varsa onay alırsınız. Ekteki dosya takviminizdeki kaydı siler.
cancel-in-time = Zamanında iptal ediyorsunuz.
cancel-free = { $days } gün içinde toplam { $max } kez iptal edebilir veya erteleyebilirsiniz. Daha sık yaparsanız yeniden randevu almak veya ertelemek için beklemeniz gerekir.
cancel-rebook-now = Hemen yeni bir randevu alabilirsiniz.
cancel-next-assigned = Başvurunuz kalır. Daire size başka bir randevu verir.
cancel-next-drawn = Sonra bir sonraki kuraya katılabilirsiniz.
cancel-draw = Bu randevunun yerine daha erken bir randevu için bir kuraya katıldınız. Bu randevu olmadan orada bir şey kazanmazsınız.
cancel-wait-title = Sonrasında beklemeniz gerekir
cancel-wait-body = İptal ederseniz böyle bir randevuyu ancak şu zamandan itibaren yeniden alabilirsiniz: { $time }
cancel-free-left = { $count ->
        [0] Bundan sonra bir kez daha iptal eder veya ertelerseniz beklemeniz gerekir.
        [one] Bundan sonra beklemeden 1 kez daha iptal edebilir veya erteleyebilirsiniz.
       *[other] Bundan sonra beklemeden { $count } kez daha iptal edebilir veya erteleyebilirsiniz.
    }
move-draw = Eski randevunuzun yerine daha erken bir randevu için bir kuraya katıldınız. Onu ertelerseniz isteklerinizi yeniden kaydedene kadar orada bir şey kazanmazsınız.
move-wait = Şimdi ertelerseniz randevuyu ancak şu zamandan itibaren yeniden erteleyebilir veya böyle bir randevu alabilirsiniz: { $time }
move-free-left = { $count ->
        [0] Bundan sonra bir kez daha iptal eder veya ertelerseniz yeniden randevu almak için beklemeniz gerekir.
        [one] Bundan sonra beklemeden 1 kez daha iptal edebilir veya erteleyebilirsiniz.
       *[other] Bundan sonra beklemeden { $count } kez daha iptal edebilir veya erteleyebilirsiniz.
    }
move-late-title = Bu çok geç bir erteleme
move-late-body = Şimdiki randevunuza { $hours } saatten az kaldı. Geç iptal etmek de aynı sayılır.
move-late-then = Bu { $days } gün içinde iki kez olursa { $days } gün boyunca bu türden randevu alamazsınız. Yine de ertelemek gelmemekten iyidir.
cancel-missed = { $count ->
        [one] İptal etmez ve gelmezseniz 1 gün boyunca bu türden randevu alamazsınız.
       *[other] İptal etmez ve gelmezseniz { $count } gün boyunca bu türden randevu alamazsınız.
    }
cancel-late-title = Bu çok geç bir iptal
cancel-late-body = Randevuya { $hours } saatten az kala iptal ediyorsunuz. Geç ertelemek de aynı sayılır.
cancel-late-then = Bu { $days } gün içinde iki kez olursa { $days } gün boyunca bu türden randevu alamazsınız. Yine de iptal etmek gelmemekten iyidir.
cancel-move-instead = Bunun yerine başka bir zamana al
cancelled-late = Geç iptal ettiniz. Böyle iki geç iptal veya ertelemeden sonra beklemeniz gerekir.
cancelled-wait = Böyle bir randevuyu ancak şu zamandan itibaren yeniden alabilirsiniz: { $time }

address-title = Size gönderilen e-postalar
address-now = { $email } adresine yazıyoruz.
address-none = Şu anda bizden e-posta almıyorsunuz.
address-hidden = Doğrulanmış bir e-posta adresiniz varsa oraya yazarız. Bu girişle adres görülmez ve değiştirilmez.
address-unknown = Bizden e-posta alıp almadığınızı şu anda kontrol edemiyoruz.
address-unchanged = E-posta adresiniz değişmedi
address-unchanged-body = Bu girişle bu mümkün değil. Randevunuz yine de alındı.
address-unproven = { $email } için kod bekleniyor.
address-body = Bu adres sitedeki bütün daireler için geçerlidir: onaylar, değişiklikler, hatırlatmalar ve bekleme listesi teklifleri için.
address-new = Yeni e-posta adresi
address-hint = Oraya bir kod göndeririz. Siz kodu girene kadar bir şey değişmez.
address-send = Kodu gönder
address-clear = Artık e-posta gönderme
address-change = Değiştir
address-add = Adres ekle
address-back = Geri
address-proven-body = Bundan sonra her şeyi oraya göndeririz.
address-cleared = Artık bizden e-posta almazsınız.
address-cleared-body = Adresiniz dairelerde de silindi. Randevularınız kalır. Giriş yaptığınızda burada görürsünüz.

data-title = Verilerim
data-lead = Giriş hizmetinin ve dairelerin hakkınızda sakladıklarını burada görürsünüz. Size gönderilen e-postalar bunların içinde değildir. Her daire sizi kendine özgü bir kodla tanır.
data-download = Hepsini dosya olarak indir (JSON)
data-identity = Giriş
data-readings = Verilerinize kim baktı
data-readings-none = Şimdiye kadar dairelerde kimse verilerinizi açmadı.
data-readings-body = Çalışanlar randevuları işlemek veya birinin kim olduğunu anlamak için verilerinizi açtı. Bir saat içinde birkaç kez, bir kez sayılır.
data-readings-office = bir daire
data-readings-part = Her daire yanıt vermedi. Burada yazandan fazlası olabilir.
data-readings-level = Bir kısmını yalnızca daha güvenli bir girişten sonra görürsünüz. Burada yazandan fazlası olabilir.
data-unreachable = Bunu şu anda okuyamadık. Birkaç dakika sonra yeniden deneyin.
data-level = Bu verileri daha güvenli bir girişten sonra görürsünüz.
data-nothing = Burada hakkınızda hiçbir şey saklanmıyor.
data-kept = Kendiliğinden silinmez.
data-kept-days = { $count ->
        [0] Her kayıt, geçerliliği biter bitmez silinir.
        [one] Her kayıt, geçerliliği bittikten 1 gün sonra silinir.
       *[other] Her kayıt, geçerliliği bittikten { $count } gün sonra silinir.
    }
data-entries = { $count ->
        [one] 1 kaydı göster
       *[other] { $count } kaydı göster
    }
data-entry-file = Programlar için bir kayıt. Dosyada yer alır.
data-hold = Şu anda ayrılmış
data-hold-body = Daire bunu yalnızca siz randevuyu alana veya süre bitene kadar saklar.
data-hold-until = ayrıldı, bitiş saati: { $time }
data-mail = Size gönderilen mesajlar
data-mail-body = Size gönderdiğimiz e-postalar posta kutunuzda ve dairededir, bu listede değildir. Bunları daireye sorun.
data-field-starts = Başlangıç
data-field-ends = Bitiş
data-field-at = Ne zaman
data-field-last = Son kez
data-field-expires = Geçerlilik sonu
data-field-authority = Daire
data-field-pseudonym = Kod
data-field-language = Dil
data-did = Ne oldu
data-did-cancelled = Randevu iptal edildi
data-did-moved = Randevu ertelendi
data-did-missed = Randevu kaçırıldı
data-did-hold-abandoned = Ayrılan randevudan vazgeçildi veya süresi doldu
data-did-seat-declined = Kurada çıkan randevu kabul edilmedi
data-appointments = Randevular
    .why = Randevunuzun yapılması ve dairenin kimin geleceğini bilmesi için.
data-history = İptal edilen, ertelenen ve kaçırılan randevular
    .why = Sık iptal eden veya gelmeyen kişi beklemek zorundadır. Daire bu bilgileri bu yüzden saklar.
data-waiting = Bekleme listeleri ve teklifler
    .why = Sıranız gelsin diye.
data-draws = Kuralar
    .why = İstekleriniz kurada sayılsın ve herkes sonucu kontrol edebilsin diye.
data-applications = Başvurular
    .why = Bazı randevular için başvuru gerektiğinden.
data-login = Girişleriniz ve onlardan gelen bilgiler
    .why = Kim olduğunuz belli olsun ve randevudaki ad doğru olsun diye.
data-address = E-posta adresi
    .why = Size yazabilelim diye.
data-authorities = Daireler için kodlar
    .why = Her daire sizi kendine özgü bir kodla tanır. Hakkınızda bir şey saklayıp saklamadığı onun bölümünde yazar.
data-one-person = Sizi nasıl tanıyoruz
    .why = Kimse iki hesapla veya kartla iki kez randevu almasın diye.
data-repeated = Yinelenen istekler
    .why = Çift tıklama iki randevu almasın diye.
data-audit = Denetim kaydı
    .why = Kimin ne yaptığı veya neye baktığı görülebilsin diye.
data-other = Gişedeki işlemler ve diğerleri
    .why = Dairenin işi için gereklidir.
data-erasure = Silme
data-erasure-body = Neyin ne zaman kendiliğinden silindiği yukarıda her bölümde yazar. E-posta adresinizi ve bekleme listesindeki yerinizi her zaman kendiniz silebilirsiniz. Kalanını, saklamak zorunda değilse, siz isteyince daire siler (GDPR madde 17). Bunun için daireye başvurun.
