# Giriş sayfaları. Hitap: siz. Kısa cümleler, önce yapılacak iş.

site-name = Berlin randevuları
languages = Dil
error-prefix = Hata:
banner-official = Berlin dairelerinin resmi sitesi
banner-demonstration = Tanıtım: bir resmi dairenin sitesi değildir, tüm kişiler ve randevular uydurmadır
cancel = Vazgeç
back = Geri
to-portal = Randevu başlangıç sayfasına

choice-title = Nasıl giriş yapmak istiyorsunuz?
choice-intro = Her randevu bir kişiye aittir. Bu yüzden kim olduğunuzu bilmemiz gerekir. Hangi yolu seçtiğiniz önemli değildir: bizim için aynı kişisiniz.
choice-intro-substantial = Her randevu bir kişiye aittir. Bu yüzden kim olduğunuzu bilmemiz gerekir. Burada çevrim içi kimlik veya bir ELSTER sertifikası, yani vergi dairesinden aldığınız dosya gerekir. Kullanıcı adı ve şifre yeterli değildir.
choice-intro-high = Her randevu bir kişiye aittir. Bu yüzden kim olduğunuzu bilmemiz gerekir. Burada çevrim içi kimlik gerekir: PIN’li kimlik kartı, eID kartı veya elektronik oturma kartı. ELSTER veya kullanıcı adı yeterli değildir.
ways-substantial = Çevrim içi kimlik veya ELSTER ile
ways-high = Çevrim içi kimlik ile
choice-none = Bunların hiçbiri sizde yok mu? Telefon edin veya daireye gidin: orada aynı koşullarla randevu alırsınız.

allow-title = { $program } sizin adınıza randevu almak istiyor
allow-intro = Burada giriş yaparsanız { $program } { $minutes } dakika boyunca sizin adınıza işlem yapabilir. Randevularınızı görebilir, randevu alabilir, erteleyebilir ve iptal edebilir. Program adınızı ve doğum tarihinizi öğrenir. Bunu istemiyorsanız “Vazgeç” seçeneğini seçin.

failure-title = Giriş yapılmadı
wrong-link = Bu bağlantı geçerli değil.
    .do = Lütfen randevu aldığınız sayfadan yeniden başlayın.
no-page = Böyle bir sayfa yok
    .what = Adres yanlış veya sayfa taşındı.
    .do = Lütfen randevu aldığınız sayfadan yeniden başlayın.
no-cookies = Tarayıcınız çerezimizi kabul etmiyor.
    .do = Lütfen tarayıcınızın ayarlarında bu site için çerezlere izin verin ve girişi yeniden başlatın. Onlara yalnızca giriş için ihtiyacımız var. Veya 115 numarasını arayın.
cookies-again = Bunu yeniden okuyorsanız lütfen tarayıcınızın ayarlarında bu site için çerezlere izin verin. Onlara yalnızca giriş için ihtiyacımız var.
expired = Bu girişin süresi doldu veya giriş başka bir tarayıcıda başlatıldı.
    .do = Lütfen girişi yeniden başlatın.
cancelled = Giriş yarıda kesildi.
    .do = Tekrar deneyebilir veya başka bir yol seçebilirsiniz.
online-id-needed = Bu adım için çevrim içi kimlik gerekir.
    .do = Lütfen çevrim içi kimlik ile giriş yapın: PIN’li kimlik kartı, eID kartı veya elektronik oturma kartı. Sizde yoksa daire size gişede veya 115 numaralı telefonda yardım eder.
level-too-low = Bu giriş bu adım için yeterli değil.
    .do = Lütfen çevrim içi kimlik (Online-Ausweis) veya vergi dairesinden aldığınız ELSTER dosyasıyla giriş yapın. İkisi de yoksa daire size gişede veya 115 numaralı telefonda yardım eder.
incomplete = Giriş, ihtiyacımız olan bütün bilgileri vermedi.
    .do = Lütfen başka bir yol seçin, örneğin çevrim içi kimlik (Online-Ausweis). Ya da 115 numarasını arayın.
no-role = Hesabınızın burada bir görevi yok.
    .do = Lütfen dairenizde yetki veren birime başvurun.
too-old = Girişinizin üzerinden çok zaman geçti.
    .do = Lütfen yeniden giriş yapın.
provider-away = Giriş hizmeti şu anda düzgün yanıt vermiyor.
    .do = Lütfen birkaç dakika sonra tekrar deneyin veya başka bir yol seçin.
answer-refused = Giriş hizmetinin yanıtı doğru değildi. Güvenliğiniz için kabul etmedik.
    .do = Lütfen girişi yeniden başlatın. Yine olursa 115 numarasını arayın.
our-fault = Bizim tarafımızda bir hata oluştu.
    .do = Lütfen birkaç dakika sonra tekrar deneyin.

goodbye-title = Çıkış yaptınız
goodbye-text = Bu pencereyi kapatabilirsiniz.
goodbye-nobody = Burada kimse giriş yapmamıştı
goodbye-nobody-text = Portaldan çıkmak mı istiyorsunuz? Geri dönün ve orada “Çıkış yap” düğmesine basın.

simulation-note = Bu, uydurma kişilerle yapılan bir tanıtımdır. Telefona kimin kimliğini tuttuğunuzu seçin.
online-id = Çevrim içi kimlik (Online-Ausweis)
new-online-id = Yeni çevrim içi kimlik
elster = ELSTER sertifikası
password = Kullanıcı adı ve şifre
