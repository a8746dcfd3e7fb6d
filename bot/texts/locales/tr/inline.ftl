### Inline mode: what is drawn and shared in any chat by @ and the bot's name.

inline-draw-title = Çiz: { $prompt }
inline-placeholder = Başlıyorum… Bir şey olmazsa düğmeye dokunun.
inline-type = Ne görmek istediğinizi yazın
inline-unavailable = Burada henüz çizemiyorum. Sohbeti aç
inline-one = Burada tek seferde bir görsel yaparım
inline-in-chat = Bu yalnızca sohbetimizde çalışır
inline-gone = Bu görsel artık yok
inline-credits = Ücreti { $cost }, krediniz { $left }: kredi satın al
button-inline-draw = 🎨 Çiz
button-share = ↗️ Paylaş
press-inline-gone = Bu düğmenin süresi doldu. Promptunuzu yeniden yazın.

## To operators

admin-inline-off = ⚠️ <b>Satır içi mod</b> kapalı: @BotFather’da /setinline ile açın.
admin-inline-no-chat = ⚠️ <b>Satır içi mod</b> için görsel sohbeti yok: özel bir kanal oluşturun, beni yönetici yapın ve kimliğini <code>MEDIA_CHAT_ID</code> olarak girin.
admin-inline-no-rights = ⚠️ <b>Satır içi mod:</b> <code>{ $chat }</code> görsel sohbetine gönderemiyorum. Beni gönderi izni olan bir yönetici yapın.
