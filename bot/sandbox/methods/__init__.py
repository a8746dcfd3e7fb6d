"""The methods that the sandbox really has, one module a family; the schema knows the other ones too."""

from collections.abc import Awaitable, Callable, Mapping

from bot.sandbox.errors import Json
from bot.sandbox.methods import account, callbacks, chats, commands, editing, ephemeral, media, messages, stars, updates
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import Call

Method = Callable[[Sandbox, Call], Awaitable[Json]]

METHODS: Mapping[str, Method] = {
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "getMe": account.get_me,
    "logOut": account.yes,
    "close": account.yes,
    "getMyName": account.get_name,
    "setMyName": account.set_name,
    "getMyDescription": account.get_description,
    "setMyDescription": account.set_description,
    "getMyShortDescription": account.get_short_description,
    "setMyShortDescription": account.set_short_description,
    "getMyCommands": commands.get_my_commands,
    "setMyCommands": commands.set_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    "sendMessage": messages.send_message,
    "copyMessage": messages.copy_message,
    "sendMessageDraft": messages.send_message_draft,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "setMessageReaction": messages.set_message_reaction,
    "sendChatAction": chats.send_chat_action,
    "sendPhoto": media.send_photo,
    "sendDocument": media.send_document,
    "sendMediaGroup": media.send_media_group,
    "getFile": media.get_file,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_reply_markup,
    "editEphemeralMessageText": ephemeral.edit_text,
    "editEphemeralMessageCaption": ephemeral.edit_caption,
    "editEphemeralMessageMedia": ephemeral.edit_media,
    "editEphemeralMessageReplyMarkup": ephemeral.edit_reply_markup,
    "deleteEphemeralMessage": ephemeral.delete,
    "answerCallbackQuery": callbacks.answer_callback_query,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "sendInvoice": stars.send_invoice,
    "createInvoiceLink": stars.create_invoice_link,
    "answerPreCheckoutQuery": stars.answer_pre_checkout_query,
    "refundStarPayment": stars.refund_star_payment,
    "getStarTransactions": stars.get_star_transactions,
    "getMyStarBalance": stars.get_my_star_balance,
}
