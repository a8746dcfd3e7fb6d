### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>Kredileriniz:</b> { $left }
credits-free = Bugün ücretsiz: { $left } / { $daily }. Önce bunlar harcanır ve her gün (UTC) yenilenir.
credits-held = Süren görseller için ayrılan: { $held }
credits-owed = İadeden kalan borç: { $owed }. Bir sonraki alışınız bunu kapatır.
credits-subscribed = Aboneliğiniz şu tarihe kadar ödendi: { $until }.
credits-price = { $model } ile bir görsel { $cost } tutar. Başarısız ya da iptal edilen görseller ücretsizdir.
credits-not-needed = Görselleriniz kredi harcamaz: burada sınırınız yok.
# Once the operator has switched credits off.
credits-closed = Şu anda görseller kredi harcamıyor ve kredi satılmıyor. Satın aldıklarınız sizin kalır.
credits-closed-subscription = Aboneliğiniz, Telegram ayarlarında Yıldızlar bölümünden iptal edene kadar sürer.

## Buying

credits-shop = 💎 Ücretli modellerin görselleri <b>kredi</b> ile ödenir. Kredileri Telegram Yıldızları ⭐ ile alırsınız. Yıldızlarınız yetmiyorsa önce Telegram ayarlarından yükleyin. /terms
credits-in-private = Krediler özel sohbetimizde satın alınır.
credits-subscription = 💎 Her 30 günde { $credits } kredi, her seferinde { $stars } ⭐. İstediğiniz zaman Telegram ayarlarında Yıldızlar bölümünden iptal edebilirsiniz.
button-buy = 💎 Kredi satın al
button-pack = 💎 { $credits }: { $stars } ⭐
button-subscription = 🔁 30 günde bir { $credits }: { $stars } ⭐
button-subscribe = { $stars } ⭐ ile abone ol
# An invoice: at most 32 and 255 characters.
credits-invoice-title = Kredi: { $credits }
credits-invoice = Bu botun ücretli modellerinin görselleri için { $credits } kredi. Süresi dolmaz.
credits-invoice-subscription = Bu botun ücretli modellerinin görselleri için her 30 günde { $credits } kredi. Süresi dolmaz.
# Telegram shows these when a payment is refused.
checkout-gone = Bu teklif artık geçerli değil. Güncel teklifler için /buy gönderin.
checkout-not-yours = Bu fatura başkası için. Kendinizinki için /buy gönderin.
checkout-banned = Bu botu kullanamazsınız, bu yüzden yıldızlarınızı almıyor.
checkout-subscribed = Bu aboneliğe zaten sahipsiniz.
checkout-later = Şu anda ödeme alamıyorum. Birkaç dakika sonra yeniden deneyin.

## Payments

credits-paid = ✅ Teşekkürler! Eklenen kredi: { $credits }. Şimdi { $left } krediniz var.
credits-renewed = ✅ Aboneliğiniz { $credits } kredi ekledi. Şimdi { $left } krediniz var.
credits-unclear = { $stars } ⭐ ödemenizi aldım ama ne için olduğunu bilmiyorum. Botu işletenlere haber verildi. Onlara yazabilirsiniz: /paysupport
credits-refunded = ↩️ { $stars } ⭐ iade edildi. O ödemenin { $credits } kredisi geri alındı.
credits-payment = · { $at }: { $stars } ⭐, kredi { $credits }, { $state }, <code>{ $charge }</code>
payment-credited = ödendi
payment-refunding = iade ediliyor
payment-refunded = iade edildi
paysupport = Bir ödemede sorun mu var? Komutun arkasına yazın, örneğin <code>/paysupport iki kez ödedim</code>. Bu botu işletenlere iletirim. Telegram desteği botlardaki alışverişlere yardım etmez.
paysupport-payments = <b>Ödemeleriniz:</b>
paysupport-sent = İlettim. Size burada yazacaklar.
paysupport-failed = Kimseye ulaşamadım. Lütfen sonra yeniden deneyin.
paysupport-in-private = Lütfen bunu özel sohbetimizde gönderin.
terms =
    <b>Koşullar</b>
    Krediler yalnızca bu botun ücretli modellerinin görselleri için geçerlidir. Süreleri dolmaz; devredilemez ve paraya çevrilemez. Bir görselin fiyatı model menüsünde yazar; başarısız ya da iptal edilen görseller ücretsizdir. Görselleri yapay zekâ üretir, beklediğinizden farklı olabilirler. İade ve sorular: /paysupport
terms-link = Satış koşulları: { $url }
