/** Above the conversation: whose chat it is, what happens in it, and the topics of a forum. */
import { $, h, icon } from "./dom.js";
import { chatPeer, chatTitle } from "./chats.js";
import { actionName, plural } from "./format.js";
import { avatar } from "./people.js";
import { currentChat, on, openChat, present, store } from "./store.js";

function status(chat) {
  if (!store.connected) return [h("span", {}, "connecting"), dots()];
  const typing = store.typing.get(chat.id);
  if (typing) {
    const who = chat.type === "private" ? "" : `${store.bot.first_name} is `;
    return [h("span", { class: "chat-typing" }, `${who}${actionName(typing.action)}`), dots()];
  }
  if (chat.type === "private") return ["bot"];
  const count = memberCount(chat);
  return [chat.type === "channel" ? plural(count, "subscriber", "subscribers") : plural(count, "member", "members")];
}

// Where the bot is, it is one of them, whether the server lists it or not.
const memberCount = (chat) => new Set([...present(chat).map((member) => member.id), ...(chat.without_bot ? [] : [store.bot.id])]).size;

export const dots = () => h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));

function drawHeader() {
  const chat = currentChat();
  const host = $("chat-header");
  const focused = host.contains(document.activeElement);
  host.hidden = !chat;
  if (!chat) return;
  host.replaceChildren(
    h("button", { class: "icon-button back", type: "button", "aria-label": "Back to chats", onclick: goBack }, icon("back")),
    avatar(chatPeer(chat), "medium"),
    h("div", { class: "chat-heading" }, h("h2", { class: "bar-title", dir: "auto" }, chatTitle(chat)), h("p", { class: "chat-status", id: "chat-status" }, status(chat))),
  );
  if (focused) host.querySelector("button").focus();
}

function drawStatus() {
  const chat = currentChat();
  if (chat) $("chat-status")?.replaceChildren(...status(chat));
}

export function goBack() {
  history.replaceState(null, "", "#");
  openChat(null);
}

function drawTopics() {
  const chat = currentChat();
  const host = $("topics");
  const topics = chat?.is_forum ? chat.topics ?? [] : [];
  host.hidden = topics.length === 0;
  const focused = host.contains(document.activeElement);
  host.replaceChildren(...[{ id: null, name: "All" }, ...topics].map((topic) => {
    const selected = topic.id === store.topic;
    return h("button", {
      class: "topic", type: "button", role: "tab", dir: "auto", "aria-selected": String(selected), tabindex: selected ? 0 : -1,
      onclick: () => openChat(chat.id, topic.id),
    }, topic.name);
  }));
  if (focused) host.querySelector("[aria-selected=true]")?.focus();
}

export function startHeader() {
  on("opened state", () => {
    drawHeader();
    drawTopics();
  });
  on("typing connection", drawStatus);
  $("topics").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tabs = [...$("topics").children];
    if (step) tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length]?.click();
  });
}
