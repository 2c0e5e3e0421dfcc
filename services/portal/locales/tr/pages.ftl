# Sayfalar. Hitap: siz. Kısa cümleler, önce yapılacak iş.

site-name = Berlin randevuları
banner-official = Berlin dairelerinin resmi sitesi
banner-demonstration = Tanıtım: bir resmi dairenin sitesi değildir, tüm kişiler ve randevular uydurmadır
skip-to-content = İçeriğe geç
nav-main = Ana menü
nav-appointments = Randevularım
nav-login = Giriş yap
nav-logout = Çıkış yap
nav-languages = Dil
nav-footer = Bu site hakkında
footer-accessibility = Erişilebilirlik
footer-privacy = Veri koruma
footer-imprint = Künye
footer-mailbox = Tanıtımın posta kutusu

step = Adım { $step } / 4: { $step ->
        [1] işlemi seçin
        [2] günü seçin
        [3] saati seçin
       *[other] randevuyu kesinleştirin
    }
back-to-start = Başlangıç sayfasına
back-to-days = Başka bir gün seç
back-to-service = İşleme geri dön
back-to-day = Başka bir saat seç
back-to-appointments = Randevularıma
choose-again = Başka bir randevu ara

held-notice = Sizin için bir randevu ayrıldı, bitiş saati: { $time }.
held-continue = Şimdi kontrol edin ve kesinleştirin

start-title = Randevu alın
start-lead = Yapmak istediğiniz işlemi arayın. Sonra boş randevuları giriş yapmadan görürsünüz.
start-search-label = Ne yapmak istiyorsunuz?
start-search-hint = Örneğin: kimlik kartı, ikamet kaydı, oturma izni
start-search-button = Ara
start-found = { $count ->
        [0] Bu konuda bir işlem bulunamadı. Başka bir kelime deneyin.
        [one] 1 işlem bulundu.
       *[other] { $count } işlem bulundu.
    }
start-next = En erken boş randevu: { $date }
start-show-all = Tüm işlemleri göster
authority-unreachable = Burada şu anda randevu gösterilemiyor.
authority-unreachable-body = Bu daire şu anda yanıt vermiyor. Alınmış randevular güvendedir. Lütfen birkaç dakika sonra tekrar deneyin. Diğer daireler etkilenmez.
promise-title = Randevular ücretsizdir
promise-free = Kimse size randevu satamaz.
promise-name = Randevu yalnızca onu alan kişi için geçerlidir. Dairede isim kontrol edilir.
promise-one = Her kişide her işlem türü için en fazla bir randevu kalır. Böylece herkese daha çok randevu kalır.
promise-more = Burada randevular neden alınıp satılamaz

days-title = Boş günler
days-legend = Çerçeveli günlerde boş randevu vardır.
days-earliest = En erken boş randevu
days-take-earliest = Bu randevuyu al
days-none = Şu anda boş randevu yok.
days-none-body = İptal edilen randevular rastgele bir zamanda yeniden açılır. Sayfayı sürekli yenilemek yarar sağlamaz. Daha sonra tekrar bakın.
days-entitlement = Önce başvuru, sonra randevu
days-entitlement-body = Başvurunuz dairede kayıtlıysa bu randevuyu alabilirsiniz.
days-claimed = Numaranız kabul edildi. Bir randevu seçebilirsiniz.
start-assigned = Randevuyu daire verir
start-staff-alone = Bu randevuları yalnızca daire alır
staff-alone-body = Bu randevuyu internetten kendiniz alamazsınız. Daire randevuyu sizin için telefonda veya gişede alır.
staff-alone-ways = Randevuyu nereden alırsınız
assigned-title = Bu daire size bir randevu verir
assigned-body = Burada saat seçmezsiniz. Başvurunuz kayıtlıysa daire size bir randevu verir. Başvuru numaranızı girin. Sonra randevuyu “Randevularım” sayfasında bulursunuz.
assigned-known-body = Burada saat seçmezsiniz: randevuları daire verir. Sizinkini, verildiği anda “Randevularım” sayfasında bulursunuz.
assigned-claimed = Başvurunuz bizde
assigned-claimed-body = Daire size bir randevu verecek. O zaman randevuyu burada bulur, kabul eder veya reddedersiniz. Acil mi? 115’i arayın veya daireye gidin.
assigned-claimed-booked = Bunun için zaten bir randevunuz var. Randevuyu bu sayfada bulursunuz.
assigned-mine = Yanıtınızı bekleyen randevular
assigned-declining = Reddederseniz başka bir randevu alırsınız, belki çok daha sonra. Başvurunuz kayıtlı kalır.
assigned-declined = Randevuyu reddettiniz
assigned-declined-body = Başvurunuz kayıtlı kalır. Daire size başka bir randevu verir.
days-places = Yer seç
days-places-all = { $count } yerin hepsinde aranıyor.
days-places-some = { $count ->
        [one] 1 yerde aranıyor.
       *[other] { $count } yerde aranıyor.
    }
days-places-legend = Randevu nerede olsun?
days-places-apply = Yalnızca orada ara
days-combine = Aynı randevuda başka bir işlem
days-combine-body = Bu işlemleri aynı ziyarette yapabilirsiniz:

day-title = Boş saatler: { $date }
day-lead = Bir saat seçin.
day-lead-hold = Bir saat seçin. Randevu sizin için ayrılır; sonra bilgileri kontrol edip kesinleştirirsiniz.
day-morning = Saat 12’ye kadar
day-afternoon = Saat 12 ile 16 arası
day-evening = Saat 16’dan itibaren
day-none = Bu günde boş saat kalmadı.
day-none-body = Başka bir gün seçin.

choice-title = Seçtiğiniz randevu
choice-login = Giriş yapın
choice-login-body = Kimse başkasının adına randevu almasın diye lütfen önce giriş yapın.
choice-step-up = Burada başka bir giriş gerekir
choice-step-up-body = Şu anki girişinizle, örneğin kullanıcı adı ve şifreyle, burada randevu alamazsınız.
choice-level-basic = Kullanıcı adı ve şifreli bir BundID hesabı yeterlidir.
choice-level-substantial = Çevrim içi kimlik veya ELSTER sertifikası gerekir. Bu, vergi dairesine internetten giriş yapmak için kullandığınız dosyadır.
choice-level-high = Çevrim içi kimlik gerekir: PIN’li kimlik kartı, eID kartı veya elektronik oturma kartı.
choice-hold = Randevuyu ayır
choice-hold-body = Ayırdığınızda randevu birkaç dakika sizindir. Bu sürede bilgileri kontrol edip kesinleştirin.
rebook-notice = Bir randevuyu erteliyorsunuz.
rebook-notice-body = Yenisini kesinleştirene kadar şimdiki randevunuz geçerli kalır.

documents = Lütfen getirin
summary-service = İşlem
summary-when = Ne zaman
summary-where = Nerede
summary-person = Kim için
summary-code = Randevu numaranız
summary-status = Durum
summary-booked-at = Alındığı tarih
summary-booked-by-agency = Sizin için alan: { $agency }
summary-booked-by-office = Daire tarafından sizin için alındı

confirm-title = Kontrol edin ve kesinleştirin
confirm-until = Sizin için ayrıldı, bitiş saati: { $time }
confirm-until-body = Sonra başkası alabilir.
confirm-ended = Süre doldu. Lütfen başka bir randevu arayın.
confirm-name = Randevu yalnızca bu kişi için geçerlidir. İsim sonradan değiştirilemez.
optional = (isteğe bağlı)
confirm-email = E-posta adresi
confirm-email-hint = Onay, değişiklikler ve hatırlatma için. Adres vermezseniz randevunuzu giriş yaparak burada bulursunuz.
confirm-email-invalid = Bu bir e-posta adresi değil. Lütfen kontrol edin, örneğin name@example.org.
confirm-replaces = Şimdi kesinleştirirseniz şimdiki randevunuz aynı anda boşalır.
confirm-old-gone = Eski randevunuz artık ertelenemez
confirm-old-gone-body = İptal edildi, ertelendi veya çoktan başladı. Bu saati yeni randevu olarak almayı deneyebilirsiniz.
confirm-anew = Bu saati yeni randevu olarak al
confirm-book = Randevuyu kesinleştir
confirm-rebook = Ertelemeyi kesinleştir
confirm-release = Ayrılan randevudan vazgeç
confirm-then-number = Bir randevu numarası alırsınız. Bu numarayla çağrılırsınız.
confirm-then-change = Randevuyu, başlayana kadar “Randevularım” sayfasında erteleyebilir veya iptal edebilirsiniz.
confirm-if-cancelled = Bu randevuyu sonra iptal ederseniz başka bir randevu almanız gerekir.

appointments-title = Randevularım
appointments-login = Burada randevularınızı görebilir, erteleyebilir ve iptal edebilirsiniz. Bunun için kim olduğunuzu bilmemiz gerekir. Girişinizin süresi dolmuş olabilir.
appointments-none = Şu anda randevunuz yok.
appointments-more = Başka randevularınız da var
appointments-more-body = Bazı randevularınızı yalnızca daha güvenli bir girişten sonra görebilirsiniz. Böylece kimse yalnızca şifrenizle onları değiştiremez.
appointments-more-login = Daha güvenli giriş yap
appointments-past = Eski ve iptal edilmiş randevular
appointments-unreachable = { $authority } şu anda yanıt vermiyor.
appointments-unreachable-body = Oradaki randevularınız bu listede eksik. Ama güvendeler.
appointment-title = Randevunuz
appointment-booked-title = Randevunuz alındı
appointment-rebooked-title = Randevunuz ertelendi
appointment-booked-body = Takvim kaydıyla birlikte e-posta ile onay alacaksınız.
appointment-booked-no-email = Lütfen randevu numarasını not edin. Randevunuzu giriş yaparak burada bulursunuz.
email-title = E-posta adresinizi doğrulayın
email-body = { $email } adresine bir kod gönderdik. Kod 30 dakika geçerlidir. Kodu girdiğinizde randevunuzla ilgili her şeyi oraya göndeririz.
email-code = E-postadaki kod
email-code-hint = 6 rakam. Bir şey gelmedi mi? Lütfen spam klasörüne de bakın.
email-check = Kodu kontrol et
email-again = Yeni kod gönder
email-later = Sonra doğrula ve randevuya git
email-wrong = Bu, en son e-postadaki kod değil. Lütfen kontrol edin.
email-over = Bu kod artık geçerli değil. Lütfen yeni bir kod isteyin.
email-sent-again = Kod yolda.
email-spam = Birkaç dakika sürebilir. Spam klasörüne de bakın.
email-enough = Bugün başka kod gönderemiyoruz.
email-booked = Onayı alabilmeniz için yalnızca e-postamızdaki kod eksik.
email-booked-known = Onay { $email } adresine gidiyor. Yeni adres, e-postamızdaki kodu girdiğinizde geçerli olur.
email-later-address = Sonra doğrula
email-not-sent = Şimdi yeni bir kod göndermedik. Sonraki kodun mümkün olduğu zaman: { $time }.
email-earlier-code = { $email } adresine daha önce gönderdiğimiz e-postadaki kodu girin. Kod hâlâ geçerli.
email-next = Yeni bir kod alabileceğiniz zaman: { $time }.
email-none-sent = { $email } henüz doğrulanmadı. Oraya bir kod gönderilmesini isteyin.
email-code-over = { $email } adresine gönderdiğimiz kod artık geçerli değil. Lütfen yeni bir kod isteyin.
email-proven = E-posta adresiniz doğrulandı
email-unproven = E-posta adresiniz henüz doğrulanmadı.
email-unproven-body = O zamana kadar { $email } adresine bir şey göndermeyiz.
appointment-cancelled-title = Randevunuz iptal edildi
appointment-cancelled-body = Teşekkürler: Artık onu başka biri alabilir.
appointment-is-moved = Bu randevunun zamanı değişti.
appointment-is-cancelled = Bu randevu iptal edildi.
appointment-is-over-body = Aşağıdaki zaman ve numara artık geçerli değil.
appointment-over = Bu randevu sona erdi.
appointment-over-until = Daire gelip gelmediğinizi hâlâ kaydedebilir. Hiçbir şey kaydetmezse böyle bir randevuyu yeniden alabileceğiniz zaman: { $time }
appointment-now = Şimdiki randevunuz: { $time }
appointment-bring = Randevuda
appointment-identity-check = Elinizdeki tüm kimlik belgelerini getirin: daire önce onları karşılaştırır, çünkü sizi tanıyıp tanımadığımızdan emin değiliz.
identity-case = Bir daire kimliğinizi henüz görmelidir
identity-case-body = Sizi tanıyıp tanımadığımızdan emin değiliz. Siz yanlış bir şey yapmadınız. Her dairede bir randevu alabilirsiniz. Orada belgeleriniz karşılaştırılır, sonra herkes gibi randevu alabilirsiniz. Bir gişede veya 115 numarada daha hızlı olur. O zamana kadar kuralara katılamazsınız.
identity-case-number = Dosya numaranız
appointment-bring-id = Kimliğinizi, pasaportunuzu veya oturma kartınızı getirin. İsim kontrol edilir.
appointment-bring-code = Randevu numaranızla çağrılırsınız.
appointment-bring-early = 5 ile 10 dakika erken gelin.
appointment-change = Gelemeyecek misiniz?
appointment-change-body = Randevuyu erteleyin veya iptal edin. İptal edilen randevu başkaları için boşalır.
appointment-change-assigned = Burada başka bir saat seçemezsiniz. Gelemiyorsanız randevuyu iptal edin. Başvurunuz kalır ve daire size başka bir randevu verir.
appointment-change-drawn = Burada başka bir saat seçemezsiniz. Gelemiyorsanız randevuyu iptal edin. Sonra bir sonraki kuraya katılabilirsiniz. Acil mi? 115’i arayın veya daireye gidin.
appointment-calendar = Takvime ekle
appointment-show = Göster
appointment-rebook = Ertele
appointment-cancel = İptal et
status-confirmed = Alındı
status-checked-in = Kaydınız yapıldı, lütfen bekleyin
status-called = Çağrılıyorsunuz
status-parked = Bekletildi
status-served = Tamamlandı
status-missed = Gelinmedi
status-over = Sona erdi
status-cancelled = İptal edildi
status-rebooked = Ertelendi
status-unknown = Lütfen dairede sorun
calendar-summary = Randevu: { $authority }
calendar-description = Randevu numarası { $code }. Lütfen kimliğinizi getirin.

cancel-title = Bu randevuyu iptal etmek istiyor musunuz?
cancel-body = Bu geri alınamaz.
cancel-yes = Evet, iptal et
cancel-no = Hayır, kalsın
decline-title = Bu randevuyu reddetmek istiyor musunuz?
decline-yes = Evet, reddet
decline-no = Hayır, geri dön

login-title = Giriş yap
login-lead = Randevu almak için BundID veya çevrim içi kimlikle giriş yapın. BundID, daireler için federal devletin internet hesabıdır. Boş randevuları giriş yapmadan da görebilirsiniz.
login-levels = Hangi işlem için hangi giriş
login-levels-body = Bu, işleme göre değişir. Daha güvenli bir giriş, daha basit bir girişin yettiği işlemler için de geçerlidir.
login-level-basic = Kullanıcı adı ve şifreyle
login-level-substantial = Çevrim içi kimlik veya ELSTER ile
login-level-high = Yalnızca çevrim içi kimlikle
login-why-name = Adınız randevuda sabit kalır. Kimse randevuyu başkasına satamaz.
login-why-one = İki hesap veya kartla bile her kişide her işlem türü için en fazla bir randevu kalır. Birinin kim olduğu belli değilse daire bilgileri karşılaştırır. İkinci randevu o zaman iptal edilir.
login-why-data = Her daire yalnızca randevu için gerekeni öğrenir.
login-still = Önceki girişiniz hâlâ geçerli. Bu adım için yeterli değil.
login-button = Şimdi giriş yap
goodbye-title = Çıkış yaptınız.
goodbye-body = Randevularınız artık burada görünmez. Bu cihazı başkaları da kullanıyor mu? O zaman lütfen tarayıcıyı kapatın.

failure-do = Şimdi ne yapabilirsiniz
failure-safe = Alınmış randevular güvenle kayıtlıdır.

about-title = Adil randevu nasıl işler
about-lead = Dairelerde randevu azdır. Satıcılar randevuları programlarla kapıp satıyordu. Burada bu olmaz.
about-identity = Kendi kimliğinizle alırsınız
about-identity-body = Randevudan önce giriş yaparsınız. Böylece randevuyu kimin aldığını biliriz.
about-one = Bir insan, bir randevu
about-one-body = Her kişide her işlem türü için en fazla bir randevu kalır. Hesap veya kart değil, kişi sayılır. Birinin kim olduğu belli değilse daire bilgileri karşılaştırır. İkinci randevu o zaman iptal edilir.
about-name = İsim değişmez
about-name-body = Randevudaki isim değiştirilemez. Dairede kimlikle karşılaştırılır. Bu yüzden satın alınan randevu değersizdir.
about-return = İptal edilen randevu rastgele açılır
about-return-body = İptal edilen randevu ancak rastgele bir süre sonra yeniden görünür. Kimse onu sözleşilen anda devredemez. Daha iyi bir randevu alan, eskisini aynı adımda geri verir.
about-draw = Az olan randevular kurayla verilir
about-draw-body = Yeterli randevu olmayan yerde kura karar verir. Ne zaman katıldığınız fark etmez; bu yüzden hızlı bir program işe yaramaz. Sonucu herkes, tarayıcıda da, yeniden hesaplayabilir.
about-data = Verileriniz
about-data-body = Her daire sizi kendine özgü bir kodla tanır. İki daire bu koddan aynı kişi olduğunuzu anlayamaz. Çerezler yalnızca giriş yaptığınızda kullanılır: bu sitede ve giriş sayfalarında. Bu site başka sağlayıcılardan hiçbir şey yüklemez.
about-desk = Çevrim içi kimlik olmadan
about-desk-body = Dairede veya 115 numaralı telefonda da randevu alırsınız.

entitlement-title = Başvuru numarasını girin
entitlement-body = Bu daire, başvurunuz kayıtlıysa randevu verir. Dairenin mektubundaki numarayı girin. Adınız ve doğum tarihiniz girişinizden alınır.
entitlement-label = Başvuru numarası
entitlement-hint = Dairenin mektubunun üst kısmındadır.
entitlement-unknown = Bu numara adınıza ve doğum tarihinize uymuyor. Numarayı kontrol edin.
entitlement-tries = Bugün çok fazla numara girdiniz. Yarın yeniden deneyebilirsiniz.
entitlement-help = Numara doğru mu? O zaman daire adınızı başka türlü yazmış olabilir. Daireyi arayın veya oraya gidin. Mektubu ve giriş yaptığınız kimlik belgesini yanınıza alın.
entitlement-check = Numarayı kontrol et
application-change = Başka bir numara gir

desk-title = Danışma
desk-code-hint = 8 karakter, örneğin K7QD-3XHM
desk-code-malformed = Bu bir randevu numarası değil. Numara 8 harf ve rakamdan oluşur. O, 0, I ve 1 hiç kullanılmaz.
desk-find = Ara
desk-place = Yer
desk-show-day = Bugünün randevularını göster
desk-none = Randevu bulunamadı.
desk-birthdate = Doğum tarihi
desk-identity-check = Kimlik randevuda kontrol edilecek: belgeleri karşılaştırın
desk-identity-check-body = Bu kişi başka bir ad veya hesapla zaten biliniyor olabilir. Belgeleri karşılaştırın. Aynı kişi olup olmadığı konusundaki önerinizi dosyaya yazın; ikinci bir görevli onaylar. Dosya numarası kişinin randevu sayfasındadır.
desk-check-in = Burada, isim kontrol edildi
desk-call = Çağır
desk-serve = Tamamlandı
desk-miss = Gelmedi
desk-park = Beklet
desk-requeue = Yeniden sıraya al
desk-came = Sonradan geldi, isim kontrol edildi
desk-catalogue = Açılış saatleri ve işlemler
desk-catalogue-in-force = Bu bilgiler şu zamandan beri geçerli: { $time }.
desk-catalogue-refused = Şu zamanda yapılan değişiklik geçerli değil: { $time }.
desk-catalogue-refused-body = Değişiklikte bir hata var. Hata düzeltilene kadar önceki bilgiler geçerli. Hata (İngilizce):
