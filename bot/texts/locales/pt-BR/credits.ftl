### Credits, and buying them with Telegram Stars.

## Balance

# Amounts have no unit: one credit is one unit of the models' prices.
credits-balance = 💎 <b>Seus créditos:</b> { $left }
credits-free = Grátis hoje: { $left } de { $daily }. São gastos primeiro e se renovam todo dia (UTC).
credits-held = Reservados para imagens em andamento: { $held }
credits-owed = Pendente após um reembolso: { $owed }. Sua próxima compra cobre isso.
credits-subscribed = Sua assinatura está paga até { $until }.
credits-price = Uma imagem de { $model } custa { $cost }. O que falha ou é cancelado não custa nada.
credits-not-needed = Suas imagens não custam créditos: você não tem limites aqui.
# Once the operator has switched credits off.
credits-closed = No momento as imagens não custam créditos, e nenhum é vendido. Os que você comprou continuam seus.
credits-closed-subscription = Sua assinatura continua até você cancelar nas configurações do Telegram, em Estrelas.

## Buying

credits-shop = 💎 Com <b>créditos</b> você paga as imagens dos modelos pagos. Eles são comprados com estrelas do Telegram ⭐. Se faltarem estrelas, recarregue antes nas configurações do Telegram. /terms
credits-in-private = Os créditos são comprados no nosso chat privado.
credits-subscription = 💎 { $credits } créditos a cada 30 dias, por { $stars } ⭐ de cada vez. Você pode cancelar quando quiser nas configurações do Telegram, em Estrelas.
button-buy = 💎 Comprar créditos
button-pack = 💎 { $credits } por { $stars } ⭐
button-subscription = 🔁 { $credits } a cada 30 dias: { $stars } ⭐
button-subscribe = Assinar por { $stars } ⭐
# An invoice: at most 32 and 255 characters.
credits-invoice-title = Créditos: { $credits }
credits-invoice = Créditos para imagens dos modelos pagos deste bot: { $credits }. Não expiram.
credits-invoice-subscription = Créditos a cada 30 dias para imagens dos modelos pagos deste bot: { $credits }. Não expiram.
# Telegram shows these when a payment is refused.
checkout-gone = Esta oferta não existe mais. Envie /buy para ver as atuais.
checkout-not-yours = Esta fatura é de outra pessoa. Envie /buy para receber a sua.
checkout-banned = Você não pode usar este bot, então ele não aceita suas estrelas.
checkout-subscribed = Você já tem esta assinatura.
checkout-later = Não consigo receber pagamentos agora. Tente de novo em alguns minutos.

## Payments

credits-paid = ✅ Obrigado! Créditos adicionados: { $credits }. Agora você tem { $left }.
credits-renewed = ✅ Sua assinatura adicionou créditos: { $credits }. Agora você tem { $left }.
credits-unclear = Recebi suas { $stars } ⭐, mas não sei a que se referem. Os responsáveis pelo bot foram avisados. Você pode escrever para eles: /paysupport
credits-refunded = ↩️ Você recebeu { $stars } ⭐ de volta. Os créditos desse pagamento foram retirados: { $credits }.
credits-payment = · { $at }: { $stars } ⭐, créditos { $credits }, { $state }, <code>{ $charge }</code>
payment-credited = pago
payment-refunding = reembolso em andamento
payment-refunded = reembolsado
paysupport = Algum problema com um pagamento? Escreva depois do comando, por exemplo <code>/paysupport paguei duas vezes</code>. Eu repasso aos responsáveis por este bot. O suporte do Telegram não ajuda com compras em bots.
paysupport-payments = <b>Seus pagamentos:</b>
paysupport-sent = Repassei. A resposta vem por aqui.
paysupport-failed = Não consegui falar com ninguém. Tente mais tarde.
paysupport-in-private = Envie isto no nosso chat privado, por favor.
terms =
    <b>Termos</b>
    Os créditos só servem para pagar imagens dos modelos pagos deste bot. Não expiram e não podem ser transferidos nem trocados por dinheiro. O preço de uma imagem está no menu de modelos; o que falha ou é cancelado não custa nada. As imagens são feitas por IA e podem ser diferentes do que você esperava. Reembolsos e dúvidas: /paysupport
terms-link = Os termos de venda: { $url }
