/** What the page knows, and the one place that changes it. Views listen to `changes` and read `store`. */
export const store = {
  me: null,
  acting: null, // id of the person on whose behalf the page sends and presses
  people: new Map(),
  bot: null,
  hints: [], // how to get better models, in plain sentences; none where there are some
  chats: new Map(),
  commands: { private: [], group: [] },
  current: null, // id of the open chat
  topic: null, // id of the chosen topic; null: all of them
  connected: false,
  loaded: false,
  typing: new Map(), // chat id -> {action, until}
  unread: new Map(), // chat id -> count
  pending: new Map(), // "chat:message:data" -> query id of a press that waits for its answer
};

export const changes = new EventTarget();
export const tell = (name, detail) => changes.dispatchEvent(new CustomEvent(name, { detail }));
export const on = (names, listener) => names.split(" ").forEach((name) => changes.addEventListener(name, (event) => listener(event.detail)));

export const currentChat = () => store.chats.get(store.current) ?? null;
export const actor = () => store.people.get(store.acting) ?? null;
/** A chat's member, unless they have left or been removed. */
export const memberIn = (chat, id) => present(chat).find((member) => member.id === id);
export const present = (chat) => (chat.members ?? []).filter((member) => !["left", "kicked"].includes(member.status));

/** Chats of the person one acts as: their private chat, and the groups they are in; the newest first. */
export function visibleChats() {
  const mine = [...store.chats.values()].filter((chat) =>
    chat.type === "private" ? (chat.person ?? store.me) === store.acting : !chat.members?.length || memberIn(chat, store.acting));
  return mine.sort((a, b) => (lastMessage(b)?.date ?? 0) - (lastMessage(a)?.date ?? 0));
}

const seen = (message) => !message.ephemeral_for || message.ephemeral_for === store.acting;

/** Messages of a chat that the acting person sees, oldest first; of one topic where one is chosen. */
export function visibleMessages(chat, topic = null) {
  return [...chat.byId.values()].filter((message) => seen(message) && (topic === null || (message.topic_id ?? 1) === topic));
}

/** What the bot says of itself in an empty chat, in the language of the person one acts as. */
export function description() {
  const texts = store.bot?.descriptions ?? {};
  return texts[(actor()?.language_code ?? "").split("-")[0]] ?? texts[""] ?? "";
}

export function lastMessage(chat) {
  let last = null;
  for (const message of chat.byId.values()) if (seen(message)) last = message;
  return last;
}

const adopt = (chat) => {
  const { messages = [], ...rest } = chat;
  const known = store.chats.get(chat.id)?.byId;
  const byId = new Map();
  for (const message of messages) { // in the order in which they came: the server sorts them
    const old = known?.get(message.id);
    // The same object for the same content: views redraw only what really changed.
    byId.set(message.id, old && JSON.stringify(old) === JSON.stringify(message) ? old : message);
  }
  return { ...rest, byId };
};

/** Take the server's whole state: at the start and after every lost connection. */
export function takeState(state) {
  store.me = state.me;
  store.people = new Map(state.people.map((person) => [person.id, person]));
  if (!store.people.has(store.acting)) store.acting = state.me;
  store.bot = state.bot;
  store.hints = state.hints ?? [];
  store.commands = state.commands ?? store.commands;
  store.chats = new Map(state.chats.map((chat) => [chat.id, adopt(chat)]));
  store.pending.clear();
  store.typing.clear();
  store.loaded = true;
  countUnread();
  if (store.current !== null && !store.chats.has(store.current)) openChat(null);
  tell("state");
}

/** The menus of the person one acts as; null when they have to be asked for, in their language. */
export function takeCommands(commands) {
  if (commands) store.commands = commands;
  tell(commands ? "commands" : "menus");
}

export function setConnected(connected) {
  if (store.connected === connected) return;
  store.connected = connected;
  tell("connection");
}

export function openChat(id, topic = null) {
  if (store.current === id && store.topic === topic) return;
  store.current = id;
  store.topic = topic;
  if (id !== null) markRead(id);
  tell("opened");
}

export function actAs(id) {
  if (!store.people.has(id) || store.acting === id) return;
  store.acting = id;
  countUnread();
  const chat = currentChat();
  tell("acting");
  tell("menus");
  if (chat?.type === "private" && chat.person !== id) openChat(visibleChats()[0]?.id ?? null);
}

export function markRead(id) {
  noteRead(id);
  if (store.unread.delete(id)) tell("unread");
}

/** How far each person has read each chat, kept by the browser so that a reload knows what is new. */
const readKey = (id) => `${store.acting}:${id}`;
const read = (() => {
  try {
    return JSON.parse(localStorage.getItem("read")) ?? {};
  } catch {
    return {};
  }
})();

const lastNumber = (chat) => Math.max(0, ...[...(chat?.byId.values() ?? [])].filter((message) => !message.ephemeral_for).map(({ id }) => id));

function noteRead(id) {
  const last = lastNumber(store.chats.get(id));
  if (read[readKey(id)] === last) return;
  read[readKey(id)] = last;
  try {
    localStorage.setItem("read", JSON.stringify(read));
  } catch {
    // Without storage a reload forgets what was read.
  }
}

function countUnread() {
  store.unread.clear();
  for (const chat of visibleChats()) {
    const from = read[readKey(chat.id)];
    if (from === undefined || from > lastNumber(chat) || chat.id === store.current) noteRead(chat.id);
    else {
      const fresh = [...chat.byId.values()].filter((message) => !message.ephemeral_for && message.id > from && message.from?.id !== store.acting);
      if (fresh.length) store.unread.set(chat.id, fresh.length);
    }
  }
}

const pendingKey = (message, data) => `${message.chat_id}:${message.id}:${data}`;
export const isPending = (message, data) => store.pending.has(pendingKey(message, data));

export function setPending(message, data, query) {
  if (query === null) store.pending.delete(pendingKey(message, data));
  else store.pending.set(pendingKey(message, data), query);
  tell("pending");
}

const answeredQueries = new Set(); // an answer may overtake the response to its press
export const wasAnswered = (query) => answeredQueries.has(query);

function answered(query) {
  answeredQueries.add(query);
  if (answeredQueries.size > 100) answeredQueries.delete(answeredQueries.values().next().value);
  for (const [key, id] of store.pending) if (id === query) store.pending.delete(key);
  tell("pending");
}

const handlers = {
  message({ message }) {
    const chat = store.chats.get(message.chat_id);
    if (!chat) return tell("unknown");
    if (chat.byId.has(message.id)) return handlers.edit({ message }); // it came with the state already
    chat.byId.set(message.id, message);
    if (message.from?.is_bot) store.typing.delete(chat.id);
    tell("message", { chat, message });
    tell("typing");
  },
  edit({ message }) {
    const chat = store.chats.get(message.chat_id);
    if (!chat?.byId.has(message.id)) return handlers.message({ message });
    chat.byId.set(message.id, message);
    tell("edit", { chat, message });
  },
  delete({ chat_id, id }) {
    if (store.chats.get(chat_id)?.byId.delete(id)) tell("edit", { chat: store.chats.get(chat_id) });
  },
  typing({ chat_id, action, until }) {
    const left = Math.min(6000, until * 1000 - Date.now());
    if (left <= 0) return;
    const entry = { action };
    store.typing.set(chat_id, entry);
    setTimeout(() => {
      if (store.typing.get(chat_id) === entry) store.typing.delete(chat_id);
      tell("typing");
    }, left);
    tell("typing");
  },
  toast(event) {
    answered(event.query_id);
    if (event.person_id === store.acting && event.text) tell("toast", event);
  },
  answered: ({ query_id }) => answered(query_id),
  commands({ commands = null }) {
    takeCommands(store.acting === store.me ? commands : null);
  },
  chat({ chat }) {
    if (!chat || (chat.person && !store.people.has(chat.person))) return tell("unknown");
    const old = store.chats.get(chat.id);
    store.chats.set(chat.id, chat.messages ? adopt(chat) : { ...old, ...chat, byId: old?.byId ?? new Map() });
    tell("state");
  },
};

/** One event of the stream. Where it speaks of what the page does not know, "unknown" asks for the state anew. */
export const takeEvent = (event) => handlers[event.type]?.(event);
