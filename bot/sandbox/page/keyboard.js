/** The page by keyboard alone, and the presses inside messages, which mean the same. */
import { $ } from "./dom.js";
import { copyText } from "./buttons.js";
import { focusChats } from "./chats.js";
import { cancelReply, focusComposer, replying, sendText, setReply } from "./composer.js";
import { activate, focusMessages, jumpTo, messageOf, rowsInOrder } from "./conversation.js";
import { goBack } from "./header.js";
import { closeMenu, showMenu } from "./menu.js";
import { reveal } from "./sanitize.js";
import { currentChat, visibleChats, openChat, store } from "./store.js";
import { toast } from "./toasts.js";
import { openViewer } from "./viewer.js";
import { phone } from "./dom.js";

const parts = "button:not(:disabled), a[href], .spoiler, .command";

function messageMenu(row, at) {
  const message = messageOf(row);
  if (!message) return;
  const items = [{ label: "Reply", icon: "reply", run: () => setReply(message) }];
  if (message.text) items.push({ label: "Copy text", icon: "copy", run: () => copyText(message.text) });
  const url = message.photo?.url ?? message.clip?.url ?? message.document?.url;
  if (url) items.push({ label: message.photo ? "Save photo" : message.clip ? "Save video" : "Save file", icon: "download", run: () => save(url, message.document?.name) });
  showMenu("Message", items, at, { opener: row });
}

function save(url, name) {
  const link = Object.assign(document.createElement("a"), { href: url, download: name ?? url.split("/").at(-1) });
  link.click();
}

function onMessagesKey(event) {
  const row = event.target.closest(".row");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = rowsInOrder();
  const index = rows.indexOf(row);
  const inside = [...row.querySelectorAll(parts)];
  const place = inside.indexOf(document.activeElement);
  const to = {
    ArrowDown: rows[index + 1], ArrowUp: rows[index - 1], Home: rows[0], End: rows.at(-1), PageUp: rows[Math.max(0, index - 8)], PageDown: rows[Math.min(rows.length - 1, index + 8)],
    ArrowRight: inside[place + 1], ArrowLeft: place > 0 ? inside[place - 1] : row,
  }[event.key];
  if (to) {
    activate(to.closest(".row"));
    to.focus();
    event.preventDefault();
  } else if (event.key === "ArrowDown" && index === rows.length - 1) {
    focusComposer();
    event.preventDefault();
  } else if (event.key === "Enter" && event.target === row) {
    setReply(messageOf(row));
    event.preventDefault();
  } else if ((event.key === "Enter" || event.key === " ") && event.target.matches(".spoiler, .command")) {
    event.target.click();
    event.preventDefault();
  }
}

function onMessagesClick(event) {
  const target = event.target.closest(".photo, .picture, .spoiler, .command, [data-jump], [data-send], [data-topic]");
  if (!target) return;
  if (target.matches(".spoiler")) return reveal(target);
  if (target.matches(".command")) return sendText(target.dataset.command);
  if (target.dataset.send) return sendText(target.dataset.send).then(focusComposer);
  if (target.dataset.jump) return jumpTo(Number(target.dataset.jump)) || toast("That message is no longer here.");
  if (target.dataset.topic) return openChat(store.current, Number(target.dataset.topic));
  if (target.classList.contains("spoiled")) return unveil(target);
  if (target.closest(".clip")) return undefined;
  openViewer(Number(target.dataset.photo));
}

function unveil(photo) {
  photo.classList.replace("spoiled", "revealed");
  photo.removeAttribute("aria-label");
}

/** Escape undoes the latest thing: a menu, a reply, the place in the messages; on a phone it ends in the chat list. */
function escape() {
  if (closeMenu() || cancelReply()) return;
  if ($("messages").contains(document.activeElement) || document.activeElement === document.body) return focusComposer();
  if (phone()) {
    goBack();
    focusChats();
  } else if (document.activeElement?.id === "message-text") focusChats();
  else focusComposer();
}

function replyByArrow(step) {
  const rows = rowsInOrder();
  const index = replying() ? rows.findIndex((row) => Number(row.dataset.message) === replying().id) : rows.length;
  const row = rows[index + step];
  if (row) setReply(messageOf(row));
  else if (step > 0) cancelReply();
}

function onKey(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return escape();
  if ((event.ctrlKey || event.metaKey) && ["ArrowUp", "ArrowDown"].includes(event.key) && currentChat()) {
    event.preventDefault();
    return replyByArrow(event.key === "ArrowUp" ? -1 : 1);
  }
  if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    const chats = visibleChats();
    const next = chats[chats.findIndex((chat) => chat.id === store.current) + (event.key === "ArrowUp" ? -1 : 1)];
    if (next) openChat(next.id);
    return event.preventDefault();
  }
  const typing = event.target.matches("textarea, input");
  if (event.key === "ArrowUp" && event.target.id === "message-text" && !event.target.value && !event.shiftKey) return focusMessages() && event.preventDefault();
  // A letter typed anywhere else is meant for the message, as in Telegram.
  if (!typing && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey && currentChat()) focusComposer();
}

export function startKeyboard() {
  const messages = $("messages");
  messages.addEventListener("keydown", onMessagesKey);
  messages.addEventListener("click", onMessagesClick);
  messages.addEventListener("dblclick", (event) => {
    const row = event.target.closest(".row");
    if (!row || event.target.closest("button, a")) return;
    getSelection()?.removeAllRanges();
    setReply(messageOf(row));
  });
  messages.addEventListener("contextmenu", (event) => {
    const row = event.target.closest(".row");
    if (!row || event.target.closest("a[href]")) return;
    event.preventDefault();
    const box = row.querySelector(".bubble")?.getBoundingClientRect();
    messageMenu(row, event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : { x: box.left + 20, y: box.top + 20 });
  });
  addEventListener("keydown", onKey);
}
