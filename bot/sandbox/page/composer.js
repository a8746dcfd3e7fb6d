/** Where one writes: the growing text field, the reply bar, and sending. Drafts are kept per chat and topic. */
import { $, h, icon } from "./dom.js";
import { send, sendPhoto, sendVoice } from "./api.js";
import { attachment, attachmentBar, clearAttachment, isAudio, setAttachment, startAttach, voiceSeconds } from "./attach.js";
import { summary } from "./chats.js";
import { closeCommands, commandKey, startCommands, toggleCommands, updateCommands } from "./commands.js";
import { inlineKey, startInline, updateInline } from "./inline.js";
import { avatar, choosePerson, personName } from "./people.js";
import { actor, currentChat, on, store } from "./store.js";
import { fault } from "./toasts.js";

const drafts = new Map();
let opened = null; // key of the chat whose draft the field holds
let reply = null; // the message that is being answered
let sending = Promise.resolve(); // one after the other: messages arrive in the order they were typed

const area = () => $("message-text");
const draftKey = () => (store.current === null ? null : `${store.current}:${store.topic ?? ""}`);

export function focusComposer() {
  area()?.focus();
}

export function setReply(message) {
  reply = message;
  drawBars();
  focusComposer();
}

export function cancelReply() {
  if (!reply && !attachment()) return false;
  if (reply) reply = null;
  else clearAttachment();
  drawBars();
  return true;
}

export function insertText(text) {
  area().setRangeText(text, area().selectionStart, area().selectionEnd, "end");
  changed();
}

export const replying = () => reply;

export function sendText(text) {
  return deliver({ text, reply: null, photo: null });
}

async function submit() {
  const draft = { text: area().value, reply, photo: attachment() };
  if (!draft.text.trim() && !draft.photo) return;
  area().value = "";
  reply = null;
  clearAttachment();
  drawBars();
  changed();
  focusComposer();
  await deliver(draft);
}

async function deliver(draft) {
  const chat = currentChat();
  if (!chat) return;
  const key = draftKey();
  const topic = store.topic ?? draft.reply?.topic_id ?? null;
  const common = { person: store.acting, chat_id: chat.id, topic_id: topic === 1 ? undefined : topic ?? undefined, reply_to: draft.reply?.id };
  const text = draft.text.trim();
  const voice = isAudio(draft.photo);
  const go = () => {
    if (voice) return voiceSeconds(draft.photo).then((seconds) => sendVoice({ ...common, seconds, voice: draft.photo }));
    return draft.photo ? sendPhoto({ ...common, caption: text, photo: draft.photo }) : send({ ...common, text });
  };
  const mine = sending.then(go);
  sending = mine.catch(() => {});
  try {
    await mine;
  } catch (error) {
    fault(error);
    giveBack(key, draft);
  }
}

/** A message that could not be sent returns to where it was typed, unless something new stands there. */
function giveBack(key, draft) {
  if (key !== opened) {
    if (!drafts.get(key)?.text) drafts.set(key, draft);
    return;
  }
  if (!area().value) area().value = draft.text;
  reply ??= draft.reply;
  if (draft.photo && !attachment()) setAttachment(draft.photo);
  drawBars();
  changed();
}

function changed() {
  const field = area();
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  $("composer").classList.toggle("ready", Boolean(field.value.trim() || attachment()));
  updateCommands(field);
  updateInline(field);
}

function drawBars() {
  const bar = reply && h("div", { class: "reply-bar" }, icon("reply"),
    h("div", { class: "reply-text" }, h("span", { class: "quote-name", dir: "auto" }, `Reply to ${reply.from?.id === store.acting ? "yourself" : reply.from?.name}`), h("span", { class: "quote-text", dir: "auto" }, summary(reply))),
    h("button", { class: "icon-button", type: "button", "aria-label": "Cancel reply", onclick: () => { cancelReply(); focusComposer(); } }, icon("close")));
  $("composer-bars").replaceChildren(...[bar, attachmentBar()].filter(Boolean));
  $("composer").classList.toggle("ready", Boolean(area().value.trim() || attachment()));
}

function drawLead() {
  const chat = currentChat();
  const lead = $("composer-lead");
  if (!chat) return;
  const group = chat.type !== "private";
  const person = actor();
  const as = h("button", { class: "send-as", type: "button", "aria-label": `Act as: ${personName(person)}`, "aria-haspopup": "menu", title: "Send as …", onclick: (event) => choosePerson(event.currentTarget, chat) }, avatar(person ?? {}, "small"));
  const menu = h("button", { class: group ? "icon-button" : "menu-button", type: "button", id: "commands-button", "aria-label": "Menu", "aria-haspopup": "listbox", onclick: () => { toggleCommands(area()); focusComposer(); } }, icon(group ? "slash" : "menu"), group ? null : h("span", {}, "Menu"));
  const focused = lead.contains(document.activeElement);
  lead.replaceChildren(...[group ? as : null, menu].filter(Boolean));
  if (focused) lead.firstElementChild.focus();
}

function swapDraft() {
  const key = draftKey();
  if (key === opened) return;
  if (opened !== null) drafts.set(opened, { text: area().value, reply, photo: attachment() });
  opened = key;
  const draft = drafts.get(key) ?? { text: "", reply: null, photo: null };
  drafts.delete(key);
  reply = draft.reply;
  setAttachment(draft.photo);
  area().value = draft.text;
  closeCommands();
  drawBars();
  changed();
}

function onKey(event) {
  if (event.isComposing) return;
  if (commandKey(event, area()) || inlineKey(event, area())) return event.preventDefault();
  if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    submit();
  }
}

export function startComposer() {
  const form = $("composer");
  form.append(
    h("div", { id: "commands", class: "commands", role: "listbox", "aria-label": "Commands", hidden: true }),
    h("div", { id: "inline-results", class: "commands", role: "listbox", "aria-label": "Inline results", hidden: true }),
    h("div", { class: "composer-box" },
      h("div", { id: "composer-bars" }),
      h("div", { class: "composer-line" },
        h("div", { id: "composer-lead" }),
        h("textarea", { id: "message-text", rows: 1, dir: "auto", "aria-label": "Message", placeholder: "Message", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": "commands", maxlength: 8192, enterkeyhint: "send" }),
        h("button", { class: "icon-button", type: "button", id: "attach", "aria-label": "Attach a photo" }, icon("clip")))),
    h("button", { class: "send", type: "submit", "aria-label": "Send" }, icon("send")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  area().addEventListener("input", changed);
  area().addEventListener("keydown", onKey);
  startCommands(area());
  startAttach({ changed: drawBars, focus: focusComposer });
  on("opened state acting", () => {
    form.hidden = !currentChat();
    drawLead();
    swapDraft();
  });
  startInline(area()); // after the drafts: what is shared stands in the field in place of them
}
