# Bekleme listeleri: boşalan randevu önce bekleyenlere sunulur.

waiting-notice-title = Boş bir randevu için bekleyin
waiting-notice-move-title = Daha erken bir randevu için bekleyin
waiting-notice-none-suits = Size uyan randevu yok mu?
waiting-notice-body = Bekleme listesine yazılın. Uygun bir randevu boşalırsa önce listedekilere sunarız. Bu sayfayı yenilemeniz gerekmez.
waiting-join = Bekleme listesine yazıl

waiting-join-title = Bekleme listesine yazılma
waiting-change-title = Size uyanı değiştirin
waiting-mistake-title = Hata: { $title }
waiting-unfit = Bir istek bu işlemin hiçbir randevusuna uymuyor. Başka gün, yer veya saat seçin.
waiting-join-body = Hangi randevuların size uyduğunu söyleyin. Ne kadar çok randevu uyarsa o kadar çabuk teklif alırsınız.
waiting-application = Önce başvuru, sonra bekleme listesi
waiting-application-body = Başvuru numaranızı daha önce girdiniz mi? O zaman size uyanı aşağıda seçin. Girmediyseniz önce numarayı girin.
waiting-join-booked = Zaten bir randevunuz var: { $time }
waiting-join-booked-body = Size yalnızca daha erken randevular sunarız. Bir teklifi kabul edene kadar şimdiki randevunuz sizde kalır.
waiting-people = { $count ->
        [0] Şu anda kimse beklemiyor.
       *[other] Şu anda { $count } kişi bekliyor.
    }
waiting-rule-line = Daha önceki bir günde yazılan önce gelir. Aynı gün yazılanlar arasında kura belirler. Hızlı olmak hiçbir işe yaramaz.
waiting-rule-time = Bir teklif { $count } saat geçerlidir.
waiting-rule-night = Süre gece bitecekse sabaha kadar vaktiniz olur.
waiting-rule-phone = Daire sizi telefonla arıyorsa { $count } saat daha vaktiniz olur.
waiting-rule-soon = Randevu yakınsa süreniz daha kısadır.
waiting-rule-declines = { $count ->
        [one] Bir teklifi reddeden veya yanıtlamayan yerini kaybeder.
       *[other] { $count } teklifi reddeden veya yanıtlamayan yerini kaybeder.
    }
waiting-rule-rejoin = { $count ->
        [one] Yerini böyle kaybeden, çevrim içi ancak 1 gün sonra yeniden yazılabilir.
       *[other] Yerini böyle kaybeden, çevrim içi ancak { $count } gün sonra yeniden yazılabilir.
    }
waiting-next = Yalnızca önceki isteklerden hiçbiri boşalmazsa. Boş bırakabilirsiniz.
waiting-time = Günün hangi saatinde?
waiting-time-any = Fark etmez
waiting-time-morning = Öğleden önce (12.00’de bitmiş)
waiting-time-afternoon = Öğleden sonra (12.00’den itibaren)
waiting-time-evening = 16.00’dan itibaren
waiting-any-too = O zaman başka herhangi bir randevuyu da kabul ederim.
waiting-days = Belirli günler
waiting-days-body = Burada bazı günleri ve dönemleri çıkarabilirsiniz, örneğin 24 Aralık. Boş bırakabilirsiniz.
waiting-from = En erken tarih
waiting-until = En geç tarih
waiting-except = Bu günlerde gelemem
waiting-except-number = Gün { $number }
waiting-day-unreadable = Bu bir tarih değil. Şöyle yazın: 24.12.2026
waiting-until-before-from = En geç tarih, en erken tarihten önce.
waiting-until-over = En geç tarih çoktan geçti.
waiting-stand-by = Hemen gelebilirim
waiting-stand-by-body = Bugün veya yarın için bir randevu boşalırsa hemen gelebilecek kişilere sorarız. Böyle bir teklif yalnızca { $count } dakika geçerlidir. Sıranın kimde olduğuna hız değil, kura karar verir. Reddetmek veya kaçırmak size bir şey kaybettirmez.
waiting-stand-by-no = Hayır
waiting-stand-by-today = Evet, bugün
waiting-stand-by-tomorrow = Evet, bugün ve yarın
waiting-stand-by-until = { $date } gününe kadar
waiting-join-email = Teklifler telefonla değil, yalnızca e-postayla gelir. Doğrulanmış e-posta adresi yoksa yalnızca giriş yaptığınızda burada görünür.
waiting-join-no-email = E-posta adresiniz yok mu? Gişede sizi listeye yazabilirler. O zaman daire sizi arar.
waiting-join-desks = Gişeler nerede
waiting-join-promise = Ücretsizdir. İsteklerinizi her zaman değiştirebilir, listeden her zaman çıkabilirsiniz. Değişiklik yerinizi etkilemez.
waiting-join-now = Şimdi yazıl

waiting-any = Herhangi bir randevu
waiting-words-from = { $date } gününden itibaren
waiting-words-until = { $date } gününe kadar
waiting-words-except = şu günlerde değil: { $dates }

waiting-mine = Bekleme listesi
waiting-place-title = Bekleme listesindeki yeriniz
waiting-joined = Bekleme listesindesiniz.
waiting-joined-body = Uygun bir randevu boşalırsa sırayla sunarız.
waiting-answered = Hâlâ bekleme listesindesiniz.
waiting-answered-body = Bundan sonra size yeniden randevu sunarız.
waiting-status-waiting = Bekliyorsunuz
waiting-status-offered = Sizin için bir randevu var
waiting-status-asked = Lütfen yanıtlayın
waiting-status-booked = Randevu alındı
waiting-status-ended = Yer kaybedildi
waiting-line = Sizden önce
waiting-ahead = { $count ->
        [0] Sizden önce kimse yok.
       *[other] Sizden önce { $count } kişi var.
    }
waiting-ahead-between = Sizden önceki kişi sayısı: { $least } ile { $most } arası. Kesin sayı yarın belli olur: bugün başkaları da yazılabilir, sırayı kura belirler.
waiting-line-body = Her randevu herkese uymaz. Bu yüzden teklif, sayının gösterdiğinden önce gelebilir. Ne zaman geleceğine kimse söz veremez.
waiting-since = Yazıldığınız gün
waiting-suits = Size uyanlar, en iyisi önce
waiting-booked-until = Bir teklifi kabul edene kadar randevunuz sizde kalır: { $time }
waiting-email = Teklifleri { $email } adresine göndeririz. Burada da bulursunuz.
waiting-no-email = Doğrulanmış bir e-posta adresiniz yok. Teklifleri yalnızca giriş yaptığınızda burada bulursunuz. Lütfen her gün bakın.
waiting-offers-here = Teklifleri giriş yaptığınızda burada da bulursunuz.
waiting-change = Bana uyanı değiştir
waiting-leave = Bekleme listesinden çık
waiting-drawn = Yeriniz nasıl belirlendi
waiting-drawn-body = Her günün gizli bir anahtarı vardır. Parmak izi baştan bellidir, anahtar ertesi gün gösterilir. Gün, satır sonu ve kodunuz üzerinden HMAC-SHA-256 yerinizi verir: küçük değerler önce gelir.
waiting-drawn-commitment = Anahtarın parmak izi (SHA-256)
waiting-drawn-key = Günün anahtarı
waiting-drawn-place = Sizin için çekilen değer

waiting-offer = Bu randevu sizin için
waiting-offer-until = Sizin için şu zamana kadar ayrıldı: { $time }
waiting-offer-until-other = Şu zamana kadar ayrıldı: { $time }
waiting-offer-take = Evet, bu randevuyu istiyorum
waiting-offer-decline = Hayır, teşekkürler
waiting-last = Reddederseniz veya yanıtlamazsanız bekleme listesindeki yerinizi kaybedersiniz.
waiting-decline-keeps = Reddederseniz teklif sıradaki kişiye gider. Yeriniz sizde kalır.
waiting-decline-then = { $count ->
        [one] Bundan sonra bir teklifi daha reddederseniz veya yanıtlamazsanız yerinizi kaybedersiniz.
       *[other] Bundan sonra { $count } teklifi daha reddederseniz veya yanıtlamazsanız yerinizi kaybedersiniz.
    }
waiting-short-free = Bu teklif hemen gelebilecek kişiler içindir. Reddeder veya yanıt vermezseniz yeriniz sizde kalır.
waiting-next-is-last = Bir teklif daha reddederseniz veya yanıtlamazsanız yerinizi kaybedersiniz.
waiting-accept-title = Randevuyu kontrol edin ve kabul edin
waiting-accept-move-title = Randevunuzu öne alın
waiting-accept-old = Şimdiki randevunuz
waiting-accept-new = Yeni randevu
waiting-accept-until = Son yanıt zamanı: { $time }
waiting-decide-later = Sonra karar ver

waiting-answer-title = Bu randevuyu istiyor musunuz?
waiting-answer-move = Kabul ederseniz şimdiki randevunuz aynı anda boşalır.
waiting-answer-login = Kabul etmek için giriş yaparsınız. Reddetmek için tek tıklama yeter.
waiting-answer-other = Bu mesaj şimdi giriş yapmış olan kişiye gitmedi. Kabul etmek için mesajı alan kişi olarak giriş yapın. Reddetmek için tek tıklama yeter.
waiting-still-title = Hâlâ bekliyor musunuz?
waiting-still-body = Bir teklif yanıtsız sona erdi. Hâlâ beklediğinizi şu zamana kadar bildirin: { $time }. O zamana kadar size başka randevu sunmayız. Sonra yerinizi kaybedersiniz.
waiting-still-yes = Evet, hâlâ bekliyorum
waiting-declined-title = Reddettiniz.
waiting-declined-body = Teklif sıradaki kişiye gider. Bekleme listesindeki yeriniz sizde kalır.
waiting-in-line-title = Bekleme listesindesiniz.
waiting-in-line-body = Bu teklif sona erdi. Bir şey yapmanız gerekmez: sonraki teklif yine e-postayla gelir.
waiting-booked-title = Randevunuz var.
waiting-booked-body = Bekleme listesindeki yeriniz bununla sona erdi. Randevuyu randevularınız arasında bulursunuz.

waiting-lost-title = Artık bekleme listesinde değilsiniz.
waiting-place-over-title = Bekleme listesindeki bu yer sona erdi.
waiting-place-over-again = O zamandan beri yeniden yazıldınız mı? Bu mesaj önceki yerinizle ilgilidir. Yenisini “Randevularım” sayfasında bulursunuz.
waiting-lost-declines = Bekleme listesinin izin verdiği sayıda teklifi reddettiniz veya yanıtsız bıraktınız.
waiting-lost-silence = Hâlâ beklediğinizi zamanında bildirmediniz.
waiting-lost-list = Daire bu bekleme listesini kapattı. Bunun sizinle ilgisi yok.
waiting-lost-stand-by = Hemen gelebileceğiniz gün geçti.
waiting-lost-unknown = Liste hâlâ varsa yeniden yazılabilirsiniz. Bunun için birkaç gün beklemeniz gerekebilir.
waiting-lost-login = Nedenini görmek için giriş yapın.
waiting-lost-other = Bu mesaj şimdi giriş yapmış olan kişiye gitmedi. Nedenini görmek için mesajı alan kişi olarak giriş yapın.
waiting-join-again = Yeniden yazıl

waiting-leave-title = Bekleme listesinden çıkmak istiyor musunuz?
waiting-leave-body = Yeriniz silinir. Sonra yeniden yazılırsanız en sonda olursunuz. Reddettiğiniz teklifler bir süre daha sayılır.
waiting-leave-offer = Sizin için ayırdığımız randevu sıradaki kişiye gider.
waiting-leave-yes = Evet, çık
waiting-leave-no = Hayır, beklemeye devam
waiting-barred-too = O zamana kadar bekleme listesine de yazılamazsınız.
waiting-left = Artık bekleme listesinde değilsiniz.
waiting-left-body = Yeriniz silindi. Reddettiğiniz teklifler bir süre daha sayılır.

problem-no-waiting-list = Burada bekleme listesi yok
    .what = Dairenin bu işlem için bekleme listesi yok veya listeyi kapattı.
    .do = Boş bir randevu arayın veya 115’i arayın.
problem-waiting-list-full = Bekleme listesi dolu
    .what = Şu anda kimse daha alınmıyor.
    .do = Daha sonra yeniden deneyin veya 115’i arayın.
problem-rejoin-too-soon = Bu bekleme listesine henüz yeniden yazılamazsınız
    .what = Listedeki yerinizi kaybettiniz. Teklifleri reddettiniz veya yanıtlamadınız.
    .do = Çevrim içi yeniden yazılabileceğiniz zaman: { $again_at }. İstisnalara daire karar verir. Gişede sizi daha önce de yazabilirler. Orada sorun veya 115’i arayın.
problem-not-waiting = Bekleme listesindeki bu yeri sizde bulamıyoruz
    .what = Belki listeden çıktınız veya yazılırken kullandığınızdan başka bir yolla giriş yaptınız.
    .do = Randevularınıza bakın veya yazılırken kullandığınız kimlikle giriş yapın.
problem-already-waiting = Zaten benzer bir randevu için bekliyorsunuz
    .what = Her işlem türü için yalnızca bir bekleme listesinde olabilirsiniz.
    .do = Önce öteki bekleme listesinden çıkın. Onu randevularınız arasında bulursunuz.
problem-waiting-in-doubt = Bekleme listesinden önce bir daire kimliğinizi görmelidir
    .what = Sizi tanıyıp tanımadığımızdan emin değiliz. Bu açıklığa kavuşana kadar bu girişle listeye yazılamazsınız.
    .do = Mümkünse önceki gibi giriş yapın. Değilse kimliğinizi bir gişede gösterin veya 115 numarasını arayın.
problem-offer-not-found = Bu bağlantı artık geçerli değil
    .what = Belki bekleme listesinden çıktınız veya bizden daha yeni bir e-posta aldınız.
    .do = En yeni e-postayı açın veya giriş yapıp randevularınıza bakın.
problem-offer-elsewhere = Bu teklif sona erdi veya başka bir girişe ait
    .what = Süresi doldu veya zaten yanıtladınız. Ya da listeye yazıldığınızdan başka bir girişle girdiniz.
    .do = Randevularınıza bakın. Teklif başka bir girişe mi ait? O girişle giriş yapın.
problem-offer-over = Bu teklif sona erdi
    .what = Süresi doldu, zaten yanıtladınız veya bu arada başka bir randevunuz oldu. Sizin için şimdi bir şey alınmadı.
    .do = Durumu randevularınız arasında görebilirsiniz.
