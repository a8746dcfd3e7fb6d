/** One row of the conversation as an element, made once and updated in place when its message changes. */
import { h, icon, keepFocus } from "./dom.js";
import { keyboardOf } from "./buttons.js";
import { summary } from "./chats.js";
import { moment, time, tint } from "./format.js";
import { mediaOf } from "./media.js";
import { avatar } from "./people.js";
import { safeFragment } from "./sanitize.js";
import { store } from "./store.js";

export function createRow(row) {
  if (row.kind === "day") return h("div", { class: "day" }, h("span", { class: "pill" }, row.text));
  if (row.kind === "service") return h("div", { class: "service", dataset: { message: row.messages[0].id } }, h("span", { class: "pill", dir: "auto" }, row.messages[0].service));
  return updateRow(h("article", { class: "row", tabindex: -1 }), row);
}

export function updateRow(element, row) {
  if (row.kind !== "message") {
    element.firstChild.textContent = row.text ?? row.messages[0].service;
    return element;
  }
  const refocus = element.contains(document.activeElement) ? keepFocus() : null;
  const [message] = row.messages;
  const main = row.messages.find((each) => each.html) ?? message;
  const media = mediaOf(row.messages, element.querySelector(".bubble > .photo-frame, .bubble > .album"));
  const keyboard = keyboardOf(row.messages.find((each) => each.keyboard?.length) ?? message, element.querySelector(".keyboard"));
  const classes = ["row", row.own ? "own" : "in", row.first && "first", row.last && "last", row.group && !row.own && "faced"];
  element.className = classes.filter(Boolean).join(" ");
  element.dataset.message = message.id;
  element.setAttribute("aria-label", `${row.own ? "You" : message.from?.name ?? ""}, ${time(message.date)}`);
  const parts = [
    row.group && !row.own && row.last ? avatar(message.from, "small") : null,
    h("div", { class: "stack" }, bubble(row, message, main, media, keyboard), keyboard),
  ];
  element.replaceChildren(...parts.filter(Boolean));
  refocus?.();
  return element;
}

function bubble(row, message, main, media, keyboard) {
  const photo = media?.matches(".photo-frame, .album");
  const lone = photo && !main.html;
  const head = [senderLine(row, message), topicLine(row, message), replyQuote(message)].filter(Boolean);
  const kinds = ["bubble", photo && "with-photo", lone && "lone-photo", head.length && "with-head", keyboard && "with-keyboard", row.last && !lone && "tailed"];
  const element = h("div", { class: kinds.filter(Boolean).join(" ") }, head, media,
    message.via ? h("div", { class: "via" }, `via ${message.via}`) : null,
    main.html ? h("div", { class: "text", dir: "auto" }, safeFragment(main.html), meta(row, main)) : meta(row, main), reactions(message));
  // The caption wraps at its picture's width, as in Telegram.
  if (photo && media.style.width) element.style.width = media.style.width;
  return element;
}

function senderLine(row, message) {
  if (!row.group || row.own || !row.first) return null;
  return h("div", { class: `sender ${tint(message.from)}` }, h("bdi", {}, message.from?.name ?? ""), message.from?.is_bot ? h("span", { class: "rank" }, "bot") : rank(message));
}

/** In "All", which topic a message belongs to. */
function topicLine(row, message) {
  const chat = store.chats.get(message.chat_id);
  if (!chat?.is_forum || store.topic !== null || !row.first || !message.topic_id) return null;
  const topic = chat.topics?.find(({ id }) => id === message.topic_id);
  return topic ? h("button", { class: "topic-line", type: "button", tabindex: -1, dataset: { topic: topic.id, focus: "topic" } }, h("bdi", {}, topic.name)) : null;
}

const reactions = ({ reactions: given }) => (given?.length ? h("div", { class: "reactions", "aria-label": `Reactions: ${given.join(" ")}` }, [...new Set(given)].map((emoji) => h("span", {}, emoji))) : null);

function rank(message) {
  const status = store.chats.get(message.chat_id)?.members?.find((member) => member.id === message.from?.id)?.status;
  const name = { creator: "owner", administrator: "admin" }[status];
  return name ? h("span", { class: "rank" }, name) : null;
}

function replyQuote({ chat_id, reply_to: reply }) {
  if (!reply) return null;
  const original = store.chats.get(chat_id)?.byId.get(reply.id);
  const photo = original?.photo && !original.spoiler ? h("img", { src: original.photo.url, alt: "" }) : null;
  const name = (original?.from?.id ?? null) === store.acting ? "You" : reply.name;
  return h(
    "button",
    { class: `quote ${tint(original?.from ?? { id: [...(reply.name ?? "")].length })}`, type: "button", tabindex: -1, dataset: { jump: reply.id, focus: `jump:${reply.id}` }, "aria-label": `In reply to ${name}: ${reply.text || "Photo"}` },
    photo,
    h("span", { class: "quote-name", dir: "auto" }, name),
    h("span", { class: "quote-text", dir: "auto" }, reply.text || (original ? summary(original).replace(/^🖼 /u, "") : "Message")),
  );
}

function meta(row, message) {
  const exact = message.edit_date ? `${moment(message.date)}, edited ${moment(message.edit_date)}` : moment(message.date);
  const told = [message.ephemeral_for ? "only you can see this" : "", message.edit_date ? "edited" : ""].filter(Boolean);
  return h("span", { class: "meta", title: exact }, told.map((note) => `${note} `).join(""), time(message.date), row.own ? icon("checks") : null);
}
