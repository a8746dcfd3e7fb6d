/** The open chat's messages: rows kept by key, so that an edit changes its own bubble and nothing else moves. */
import { $, calm, h, perFrame } from "./dom.js";
import { createRow, updateRow } from "./bubble.js";
import { emptyState, noChat, typingRow } from "./placeholders.js";
import { sameRow, toRows } from "./rows.js";
import { currentChat, markRead, on, store, visibleMessages } from "./store.js";

const page = 200; // messages shown at first, and added by "Show earlier"
const near = 80; // px from the end that count as being at the end

let drawn = new Map(); // row key -> {row, element}
let limit = page;
let pinned = true; // the newest message stays in sight as things grow
let active = null; // the row that Tab reaches
let opening = false; // the rows of a chat just opened do not slide in

const scroller = () => $("scroller");
export const rowsInOrder = () => [...$("messages").querySelectorAll("article.row")];
export const messageOf = (element) => currentChat()?.byId.get(Number(element?.closest("[data-message]")?.dataset.message)) ?? null;

function draw() {
  const chat = currentChat();
  const host = $("messages");
  if (!chat) return host.replaceChildren(...noChat());
  const messages = visibleMessages(chat, store.topic);
  const rows = toRows(messages, { acting: store.acting, group: chat.type !== "private", limit });
  const next = new Map();
  for (const row of rows) {
    const old = drawn.get(row.key);
    if (!old) next.set(row.key, { row, element: createRow(row), fresh: !opening });
    else next.set(row.key, { row, element: sameRow(old.row, row) ? old.element : updateRow(old.element, row) });
  }
  const elements = [...next.values()].map(({ element, fresh, row }) => {
    if (fresh && row.kind === "message" && row === rows.at(-1)) enter(element);
    return element;
  });
  const before = messages.length > limit ? [earlier()] : messages.length ? [] : emptyState(chat);
  host.classList.toggle("empty", messages.length === 0);
  arrange(host, [...before, ...elements, ...typingRow(chat)]);
  drawn = next;
  opening = false;
  // Tab enters at the newest message, unless one is reading another.
  if (!active?.isConnected || !host.contains(document.activeElement)) activate(rowsInOrder().at(-1) ?? null);
  if (pinned) toEnd();
  drawButton();
}

/** Put `elements` in this order, moving only what stands elsewhere (a moved element would lose its focus). */
function arrange(host, elements) {
  const wanted = new Set(elements);
  for (const child of [...host.children]) if (!wanted.has(child)) child.remove();
  elements.forEach((element, index) => {
    if (host.children[index] !== element) host.insertBefore(element, host.children[index] ?? null);
  });
}

function enter(element) {
  if (!calm()) element.animate([{ opacity: 0, transform: "translateY(12px)" }, { opacity: 1, transform: "none" }], { duration: 180, easing: "ease-out" });
}

const earlier = () => h("button", { class: "pill earlier", type: "button", onclick: () => showEarlier(page) }, "Show earlier messages");

function showEarlier(more) {
  const anchor = rowsInOrder()[0];
  const top = anchor?.getBoundingClientRect().top ?? 0;
  limit += more;
  opening = true;
  draw();
  scroller().scrollTop += (anchor?.getBoundingClientRect().top ?? 0) - top;
}

export function toEnd({ smooth = false } = {}) {
  pinned = true;
  scroller().scrollTo({ top: scroller().scrollHeight, behavior: smooth && !calm() ? "smooth" : "instant" });
}

/** Make one row the log's Tab stop, and only its own buttons and links reachable by Tab. */
export function activate(row) {
  const inner = (element, index) => element?.querySelectorAll("button, a, .spoiler").forEach((each) => (each.tabIndex = index));
  if (active && active !== row) {
    active.tabIndex = -1;
    inner(active, -1);
  }
  active = row;
  if (!row) return;
  row.tabIndex = 0;
  inner(row, 0);
}

export function focusMessages() {
  const row = active?.isConnected ? active : rowsInOrder().at(-1);
  row?.focus();
  return Boolean(row);
}

/** Show a message, wherever it is, and let it light up. */
export function jumpTo(id) {
  const chat = currentChat();
  const messages = visibleMessages(chat, store.topic);
  const index = messages.findIndex((message) => message.id === id);
  if (index < 0) return false;
  if (messages.length - index > limit) showEarlier(messages.length - index - limit + 20);
  const holder = messages[index].album_id ? messages.find((message) => message.album_id === messages[index].album_id) : messages[index];
  const element = $("messages").querySelector(`[data-message="${holder.id}"]`);
  if (!element) return false;
  pinned = false;
  element.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
  element.focus({ preventScroll: true });
  element.classList.remove("lit");
  requestAnimationFrame(() => element.classList.add("lit"));
  setTimeout(() => element.classList.remove("lit"), 1600);
  return true;
}

const sees = () => document.visibilityState === "visible" && pinned;

function drawButton() {
  const unread = store.unread.get(store.current) ?? 0;
  $("to-bottom").hidden = pinned || !currentChat();
  $("to-bottom").dataset.unread = unread || "";
}

export function startConversation() {
  const later = perFrame(draw);
  const host = scroller();
  on("opened acting", () => {
    [drawn, limit, pinned, opening, active] = [new Map(), page, true, true, null];
    $("messages").replaceChildren();
    draw();
  });
  on("state edit typing", later);
  on("pending", () => {
    for (const entry of drawn.values()) if (entry.row.messages.some((message) => message.keyboard)) entry.row = { ...entry.row, flags: "" };
    later();
  });
  on("message", ({ chat, message }) => {
    const mine = message.from?.id === store.acting;
    if (chat.id === store.current && mine) pinned = true;
    if (chat.id === store.current && (mine || sees())) markRead(chat.id);
    else if (!mine) store.unread.set(chat.id, (store.unread.get(chat.id) ?? 0) + 1);
    later();
  });
  host.addEventListener("scroll", () => {
    pinned = host.scrollHeight - host.scrollTop - host.clientHeight < near;
    if (sees()) markRead(store.current);
    drawButton();
  }, { passive: true });
  document.addEventListener("visibilitychange", () => sees() && markRead(store.current));
  const keep = new ResizeObserver(() => pinned && toEnd());
  keep.observe($("messages"));
  keep.observe(host);
  $("messages").addEventListener("focusin", (event) => {
    const row = event.target.closest(".row");
    if (row && row !== active) activate(row);
  });
  $("to-bottom").addEventListener("click", () => {
    toEnd({ smooth: true });
    markRead(store.current);
    rowsInOrder().at(-1)?.focus({ preventScroll: true });
  });
}
