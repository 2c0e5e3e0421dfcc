# Bir dairenin randevularına ilişkin sayılar.

thousands-sign = { "." }
decimal-sign = ,
percent = %{ $number }

statistics-link = Bu dairenin randevularına ilişkin sayılar
statistics-title = Ne kadar çabuk randevu bulunuyor?
statistics-lead = Bu daire, randevuları hakkında bunları yayımlıyor. Sayılardan kimse tanınamaz.
statistics-within = 14 gün içindeki randevular
statistics-waiting = Randevuya kadar geçen gün sayısı, ortalama
statistics-missed = Kimsenin gelmediği randevular
statistics-phone = Telefonla alınan randevular
statistics-booked = Alınan randevular
statistics-month = Ay
statistics-value = Değer
statistics-service = İşlem
statistics-by-service = İşlemlere göre: { $month }
statistics-too-few = çok az
statistics-download = Tablo olarak indir (CSV)
statistics-none = Henüz sayılmış bir ay yok. İlk ay, bitiminden bir hafta sonra görünür.
statistics-how = Bu sayılar nasıl ortaya çıkıyor?
statistics-how-month = Bir ay, bitiminden sonraki sekizinci günden itibaren gösterilir. Sonra hiçbir şey değişmez.
statistics-how-small = Kimse tanınmasın diye 1 ile 4 arasındaki sayıları göstermiyoruz. Bu yüzden toplamlar biraz farklı olabilir.
statistics-how-waiting = Bekleme sürelerini, bir yerde bir işlem için en az 5 randevu olan günlerde sayıyoruz.
statistics-how-services = Bir randevuda iki işlem yapan kişi ikisinde de sayılır.
