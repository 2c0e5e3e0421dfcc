# Randevusu olan kişilere mesajlar. Nazik, kısa, sade.

weekday-1 = Pazartesi
weekday-2 = Salı
weekday-3 = Çarşamba
weekday-4 = Perşembe
weekday-5 = Cuma
weekday-6 = Cumartesi
weekday-7 = Pazar
month-1 = Ocak
month-2 = Şubat
month-3 = Mart
month-4 = Nisan
month-5 = Mayıs
month-6 = Haziran
month-7 = Temmuz
month-8 = Ağustos
month-9 = Eylül
month-10 = Ekim
month-11 = Kasım
month-12 = Aralık
date = { $day } { $month } { $year } { $weekday }
time = saat { $time }
time-span = saat { $start } ile { $end } arası

greeting = Merhaba,
greeting-name = Merhaba { $name },
closing = Saygılarımızla
when = Ne zaman
where = Nerede
what = Konu
code = Randevu numarası
reason = Neden
previous = Önceki randevu
manage = Randevuyu görüntüleyin, değiştirin veya iptal edin
book-again = Yeni randevu arayın
documents = Lütfen yanınızda getirin:
bring = Lütfen kimliğinizi veya pasaportunuzu getirin. Randevu yalnızca sizin için geçerlidir.
identity-check = Sizi tanıyıp tanımadığımızdan emin değiliz. Bu yüzden daire randevuda önce kimlik belgelerinizi karşılaştırır. Lütfen elinizdeki tüm belgeleri getirin. O zamana kadar yalnızca bu randevunuz olabilir.
give-back = Gelemiyor musunuz? Lütfen randevuyu iptal edin. Böylece başka biri kullanabilir.
calendar = Ekteki dosya randevuyu takviminize ekler.
calendar-moves = Ekteki dosya randevuyu takviminizde yeni zamana taşır.
calendar-summary = Randevu: { $authority }
calendar-removes = Ekteki dosya randevuyu takviminizden siler.
footer = Bu mesajı, randevu almak üzere giriş yaptığınız için aldınız ({ $authority }). Bu adrese gönderilen yanıtlar okunmaz.

confirmed-subject = Randevunuz: { $date }, { $time }
confirmed-heading = Randevunuz alındı
confirmed-intro = Randevunuz onaylandı: { $authority }.

rebooked-subject = Yeni randevunuz: { $date }, { $time }
rebooked-heading = Randevunuzun zamanı değişti
rebooked-intro = Randevunuz yeni bir zamanda olacak: { $authority }. Eski randevu geri verildi.

changed-subject = Randevunuzda değişiklik: { $date }, { $time }
changed-heading = Randevunuzda bir şey değişti
changed-intro = Gün ve saat aynı kalıyor. Yerin veya işlemin adı değişti: { $authority }. Lütfen nereye geleceğinizi okuyun.

cancelled-subject = İptal edildi: { $date }, { $time } randevunuz
cancelled-heading = Randevunuz iptal edildi
cancelled-intro = Randevunuzu iptal ettiniz: { $authority }.
cancelled-office-subject = { $date }, { $time } randevunuz yapılamayacak
cancelled-office-heading = Randevunuz yapılamayacak
cancelled-office-intro = Daire randevunuzu iptal etmek zorunda kaldı: { $authority }. Özür dileriz.

reminder-subject = Hatırlatma: { $date }, { $time } randevunuz
reminder-heading = Randevunuz yaklaşıyor
reminder-intro = Randevunuzu hatırlatmak isteriz: { $authority }.

email-code-subject = E-posta adresinizi doğrulama kodunuz
email-code-heading = E-posta adresinizi doğrulayın
email-code-intro = Bu kodu, e-posta adresinizin sorulduğu sayfaya girin. Bundan sonra randevunuzla ilgili mesajları buraya göndeririz.
email-code-label = Kodunuz
email-code-until = Kod { $time } itibarıyla geçerliliğini yitirir.
email-code-not-you = Bunu siz istemediyseniz bir şey yapmanıza gerek yok. Kodu kimseye vermeyin.
email-code-signature = Randevu hizmetiniz
email-code-footer = Bu mesajı, birisi bu adresi randevu sitemizde belirttiği için alıyorsunuz. Bu adrese gönderilen yanıtları kimse okumaz.

email-replaced-subject = Randevular için e-posta adresiniz değiştirildi
email-replaced-heading = E-posta adresiniz değiştirildi
email-replaced-intro = Randevunuzla ilgili mesajları artık buraya değil, başka bir adrese göndereceğiz.
email-replaced-not-you = Bunu siz yapmadıysanız lütfen kısa sürede randevunuzun olduğu daireye başvurun.
email-replaced-footer = Bu mesajı, şimdiye kadar bir randevuyla ilgili mesajları buraya gönderdiğimiz için alıyorsunuz. Bu adrese gönderilen yanıtları kimse okumaz.

not-drawn-subject = Kura: bu sefer randevu çıkmadı
not-drawn-heading = Bu sefer randevu alamadınız
not-drawn-nothing-left = Randevu kurasına katıldınız. Sıra size geldiğinde, isteklerinizden boş olan kalmamıştı.
not-drawn-void = Katıldığınız kura duyurulduğu gibi yapılamadı. Kimse kazanmadı. Üzgünüz.
not-drawn-not-bookable = Kurada adınız çıktı. Ancak başka bir randevunuz olduğu veya bir koşul eksik olduğu için randevuyu sizin adınıza alamadık.
not-drawn-other-appointment = Bu türden başka bir randevu aldınız. Bu nedenle artık kurada değildiniz.
not-drawn-booked-at = Diğer randevunun alındığı tarih
not-drawn-other-stays = Diğer randevunuz geçerlidir. Bir şey yapmanız gerekmez.
not-drawn-week = Şu tarihte başlayan hafta
not-drawn-fair = Sıralama kurayla belirlendi. Ne zaman katıldığınızın bir etkisi olmadı. Sonucu herkes yeniden hesaplayabilir.
not-drawn-next = Bir sonraki kuraya katılabilirsiniz. O zaman şansınız herkesinkiyle aynıdır.

waiting-offer-subject = Sizin için bir randevu ayrıldı
waiting-offer-heading = Sizin için bir randevu ayrıldı
waiting-offer-intro = Bekleme listesindesiniz. Bu randevu boşaldı ve sıra sizde: { $authority }.
waiting-offer-how = Kabul etmek için giriş yapın. Reddetmek için giriş yapmadan tek bir tıklama yeter.
waiting-offer-replaces = Kabul ederseniz şimdiki randevunuzu geri veririz: { $date }, { $time }.
waiting-offer-silence = Yanıt vermezseniz randevu sıradaki kişiye geçer. Bu, reddetmiş sayılır.
waiting-offer-last = Bu size yapılan son tekliftir. Reddederseniz veya yanıt vermezseniz sıranızı kaybedersiniz.
waiting-offer-action = Kabul et veya reddet
waiting-answer-by = Son yanıt zamanı
waiting-lapsed-subject = Hâlâ randevu bekliyor musunuz?
waiting-lapsed-heading = Hâlâ bekliyor musunuz?
waiting-lapsed-intro = Sizin için bir randevu ayırmıştık, ancak yanıt alamadık. Randevu sıradaki kişiye geçti.
waiting-lapsed-next = Lütfen hâlâ beklediğinizi bize bildirin. O zamana kadar sıranız korunur, ancak teklif almazsınız. Yanıt vermezseniz sıranızı kaybedersiniz.
waiting-lapsed-last = Bir sonraki teklif size yapılacak son tekliftir. Reddederseniz veya yanıt vermezseniz sıranızı kaybedersiniz.
waiting-lapsed-action = Hâlâ bekliyorum
waiting-lost-subject = Artık bekleme listesinde değilsiniz
waiting-lost-heading = Artık bekleme listesinde değilsiniz
waiting-lost-declines = Bekleme listesinin izin verdiği sayıda teklifi reddettiniz veya yanıtsız bıraktınız.
waiting-lost-silence = Hâlâ beklediğinizi zamanında bildirmediniz.
waiting-lost-next = Listeye yeniden yazılabilirsiniz. O zaman listenin sonunda olursunuz.
waiting-lost-list-ended = Daire bu bekleme listesini kapattı. Bunun sizinle ilgisi yok.
waiting-lost-list-ended-next = Boş randevuları yine kendiniz alabilirsiniz.

webhook-paused-subject = Webhook’unuz duraklatıldı ({ $authority })
webhook-paused-heading = Webhook’unuz duraklatıldı
webhook-paused-intro = Sunucunuz, abone olduğunuz { $authority } olaylarını kabul etmiyor. Siz devam ettirene kadar sunucunuza başka bir şey göndermiyoruz.
webhook-paused-webhook = Webhook
webhook-paused-server = Sunucu
webhook-paused-since = Sorunun başlangıcı
webhook-paused-failure = Son hata
webhook-paused-timeout = Süresi içinde yanıt gelmedi
webhook-paused-connection = Bağlantı kurulamadı: ad, ağ veya sertifika
webhook-paused-status = Gelen yanıt: { $status }
webhook-paused-address = İşletmeci bu adrese artık izin vermiyor
webhook-paused-waiting = Bekleyen olaylar
webhook-paused-kept = Hiçbir şey kaybolmaz: Olaylar saklanır ve siz devam ettirince gönderilir.
webhook-paused-resume = Sunucunuz yeniden çalıştığında programınızın erişim anahtarıyla şu çağrıyı yapın:
webhook-paused-footer = Bu mesajı, bu adres bir webhook’un iletişim adresi olarak belirtildiği için alıyorsunuz. Bu adrese gönderilen yanıtları kimse okumaz.
