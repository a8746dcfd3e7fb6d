/** What stands in a conversation beside its messages: the welcome of an empty chat, and the typing bubble. */
import { h } from "./dom.js";
import { chatPeer, chatTitle } from "./chats.js";
import { actionName } from "./format.js";
import { dots } from "./header.js";
import { avatar } from "./people.js";
import { currentChat, description, store } from "./store.js";

const elsewhere = ["a fox in the snow", "a red lighthouse at dusk --ar 16:9"];
const suggestions = ["/imagine a fox in the snow", "/imagine a red lighthouse at dusk --ar 16:9", "/imagine four cats on a sofa --n 4", "/help"];

export const noChat = () => [h("p", { class: "pill centre" }, "Choose a chat to start")];

export function emptyState(chat) {
  const own = chat.type === "private";
  const told = own && description();
  const text = own ? "Tap START, or try one of these:"
    : chat.without_bot ? "The bot is no member here. Type its name and a prompt to draw in a message of your own, or mention it:"
      : "Members draw with /imagine, each with their own settings. Try one of these:";
  const tried = chat.without_bot ? elsewhere.map((words) => `@${store.bot.username} ${words}`) : suggestions;
  return [h(
    "section",
    { class: "welcome", "aria-label": "Getting started" },
    avatar(chatPeer(chat), "large"),
    h("h3", { dir: "auto" }, chatTitle(chat)),
    told ? h("div", { class: "description" }, h("h4", {}, "What can this bot do?"), h("p", { dir: "auto" }, told)) : null,
    own ? h("button", { class: "start-button", type: "button", dataset: { send: "/start" } }, "START") : null,
    h("p", {}, text),
    h("div", { class: "chips" }, tried.map((text) => h("button", { class: "chip", type: "button", dataset: { send: text } }, text))),
    own && store.hints.length ? h("details", { class: "hints" }, h("summary", {}, "Better models"), store.hints.map((hint) => h("p", { dir: "ltr" }, hint))) : null,
  )];
}

let typing = null;

/** The bubble that says what the bot is doing; the same element as long as it lasts. */
export function typingRow(chat) {
  const state = chat === currentChat() ? store.typing.get(chat.id) : null;
  if (!state) {
    typing = null;
    return [];
  }
  if (typing?.dataset.chat !== String(chat.id) || typing.dataset.action !== state.action) {
    const label = state.action === "typing" ? "" : `${store.bot.first_name} is ${actionName(state.action)}`;
    typing = h("div", { class: "row in last typing", "aria-hidden": "true", dataset: { chat: chat.id, action: state.action } },
      h("div", { class: "stack" }, h("div", { class: "bubble tailed" }, label, dots())));
    typing.classList.toggle("faced", chat.type !== "private");
  }
  return [typing];
}
