/** The chat list: a listbox with one Tab stop; arrows move, Enter opens. */
import { $, h, perFrame } from "./dom.js";
import { actionName, listTime, plural } from "./format.js";
import { avatar, personName } from "./people.js";
import { lastMessage, on, openChat, store, visibleChats } from "./store.js";

const items = new Map(); // chat id -> element; kept, so that focus survives a redraw

export const chatTitle = (chat) => (chat.type === "private" ? store.bot?.first_name ?? chat.title : chat.title);
export const chatPeer = (chat) => (chat.type === "private" ? { ...store.bot, title: chatTitle(chat) } : { id: chat.id, title: chat.title });

export function summary(message) {
  const text = (message.text ?? "").replace(/\s+/g, " ").trim();
  if (message.service) return message.service;
  if (message.photo) return text ? `🖼 ${text}` : "🖼 Photo";
  if (message.clip) return text || (message.clip.plays ? "🎬 GIF" : "🎬 Video");
  if (message.voice) return "🎤 Voice message";
  if (message.document) return `📎 ${text || message.document.name || "File"}`;
  return text || "Message";
}

function preview(chat) {
  const typing = store.typing.get(chat.id);
  if (typing) return [h("span", { class: "chat-typing" }, `${chat.type === "private" ? "" : `${store.bot.first_name} is `}${actionName(typing.action)}…`)];
  const message = lastMessage(chat);
  if (!message) return [h("span", { class: "chat-hint" }, "No messages yet")];
  const mine = message.from?.id === store.acting;
  const sender = mine ? "You" : chat.type === "private" || message.service ? "" : message.from?.name;
  const thumb = message.photo && !message.spoiler ? h("img", { class: "chat-thumb", src: message.photo.url, alt: "" }) : null;
  const text = thumb ? summary(message).replace(/^🖼 /u, "") : summary(message);
  return [sender ? h("span", { class: "chat-sender" }, h("bdi", {}, sender), ": ") : null, thumb, h("span", { class: "chat-words", dir: "auto" }, text.slice(0, 160))].filter(Boolean);
}

function fill(element, chat) {
  const message = lastMessage(chat);
  const unread = store.unread.get(chat.id) ?? 0;
  const title = chatTitle(chat);
  element.setAttribute("aria-selected", String(chat.id === store.current));
  element.setAttribute("aria-label", unread ? `${title}, ${plural(unread, "unread message", "unread messages")}` : title);
  const parts = [
    avatar(chatPeer(chat)),
    h("span", { class: "chat-title", dir: "auto" }, title),
    h("time", { class: "chat-time" }, message ? listTime(message.date) : ""),
    h("span", { class: "chat-preview" }, preview(chat)),
    unread ? h("span", { class: "badge" }, unread > 999 ? "999+" : String(unread)) : null,
  ];
  element.replaceChildren(...parts.filter(Boolean));
}

function draw() {
  const host = $("chats");
  const chats = visibleChats();
  for (const [id, element] of items) {
    if (chats.some((chat) => chat.id === id)) continue;
    element.remove();
    items.delete(id);
  }
  chats.forEach((chat, index) => {
    if (!items.has(chat.id)) items.set(chat.id, h("div", { class: "chat", role: "option", tabindex: -1, dataset: { chat: chat.id } }));
    const element = items.get(chat.id);
    fill(element, chat);
    if (host.children[index] !== element) host.insertBefore(element, host.children[index] ?? null);
  });
  rove(items.get(store.current) ?? (host.contains(document.activeElement) ? document.activeElement : host.firstElementChild));
}

function rove(element) {
  for (const item of items.values()) item.tabIndex = item === element ? 0 : -1;
}

export function focusChats() {
  (items.get(store.current) ?? $("chats").firstElementChild)?.focus();
}

export function startChats() {
  const host = $("chats");
  const later = perFrame(draw);
  on("state message edit typing opened unread acting", later);
  on("connection state acting", () => {
    const you = store.acting === store.me ? "Chats" : `Chats of ${personName(store.people.get(store.acting))}`;
    $("sidebar-title").textContent = store.connected ? you : "Connecting…";
    $("sidebar-title").classList.toggle("waiting", !store.connected);
  });
  host.addEventListener("click", (event) => {
    const item = event.target.closest("[data-chat]");
    if (item) openChat(Number(item.dataset.chat));
  });
  host.addEventListener("keydown", (event) => {
    const list = [...host.children];
    const index = list.indexOf(document.activeElement);
    const next = { ArrowDown: list[index + 1], ArrowUp: list[index - 1], Home: list[0], End: list.at(-1) }[event.key];
    if (["Enter", " "].includes(event.key) && index >= 0) openChat(Number(list[index].dataset.chat));
    else if (!next) return;
    event.preventDefault();
    if (!next) return;
    rove(next);
    next.focus();
  });
}
