# Kişinin kendisine ait olan: randevusu, adresi, verileri.

appointment-map = Haritada göster
qr-code = QR kod olarak randevu numaranız
qr-code-body = Bu kodu girişte gösterebilirsiniz.
history-title = Randevuya ne oldu
history-booked = Alındı: { $time }
history-moved = Şu zamana ertelendi: { $time }
history-cancelled = Siz iptal ettiniz
history-cancelled-office = Daire iptal etti
history-served = Tamamlandı
history-missed = Gelinmedi

cancel-follows = Sonra ne olur
cancel-returns = Randevu rastgele bir zamanda başkaları için boşalır. Onu başkasına veremezsiniz.
cancel-mail = E-postayla onay alırsınız. Ekteki dosya takviminizdeki kaydı siler.
cancel-no-mail = Onaylanmış adresiniz olmadığı için e-posta almazsınız. Takviminizde kayıt varsa lütfen kendiniz silin.
cancel-in-time = Zamanında iptal ediyorsunuz. Hemen yeni bir randevu alabilirsiniz.
cancel-free = { $days } gün içinde toplam { $max } randevuyu iptal edebilir veya erteleyebilirsiniz. Sonrasında yeniden randevu almak için beklemeniz gerekir.
cancel-missed = { $count ->
        [one] İptal etmeden gelmeyen, 1 gün boyunca bu türden randevu alamaz.
       *[other] İptal etmeden gelmeyen, { $count } gün boyunca bu türden randevu alamaz.
    }
cancel-late-title = Bu çok geç bir iptal
cancel-late-body = Randevudan { $hours } saatten az önce iptal etmek yarım kaçırılmış randevu sayılır. { $days } gün içinde iki tanesi bir tam randevu sayılır: o zaman { $days } gün boyunca bu türden randevu alamazsınız. Yine de iptal etmek gelmemekten iyidir.
cancel-move-instead = Bunun yerine başka bir zamana al
cancelled-late = Geç iptal ettiniz. Bu yarım kaçırılmış randevu sayılır.

address-title = Size gönderilen e-postalar
address-now = { $email } adresine yazıyoruz.
address-none = Şu anda bizden e-posta almıyorsunuz.
address-unproven = { $email } için kod bekleniyor.
address-body = Bu adres sitedeki bütün kurumlar için geçerlidir: onaylar, değişiklikler, hatırlatmalar ve bekleme listesi teklifleri için.
address-new = Yeni e-posta adresi
address-hint = Oraya bir kod göndeririz. Siz kodu girene kadar bir şey değişmez.
address-send = Kodu gönder
address-clear = Artık e-posta gönderme
address-change = Değiştir
address-add = Adres ekle
address-back = Geri
address-proven-body = Bundan sonra her şeyi oraya göndeririz.
address-cleared = Artık bizden e-posta almazsınız.
address-cleared-body = Adresiniz kurumlarda da silindi. Randevularınız kalır. Giriş yaptığınızda burada görürsünüz.
