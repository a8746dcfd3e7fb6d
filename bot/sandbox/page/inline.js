/** Inline mode: "@bot words" in the composer asks the bot at each pause in typing; a result that is picked is sent. */
import { $, h } from "./dom.js";
import { askInline, chooseInline } from "./api.js";
import { currentChat, on, openChat, store } from "./store.js";
import { fault, toast } from "./toasts.js";

const pause = 350; // ms without a letter, after which the bot is asked
let asked = 0; // counts the queries, so that a late answer shows nothing
let timer = null;
let answer = null; // {query_id, results, button, next_offset}
let chosen = 0;

const list = () => $("inline-results");
const isOpen = () => !list().hidden;

/** What stands behind the bot's name, or null: it is no inline query. */
function queryOf(text) {
  const name = store.bot?.username;
  if (!name || !text.toLowerCase().startsWith(`@${name.toLowerCase()} `)) return null;
  return text.slice(name.length + 2).trim();
}

export function updateInline(area) {
  clearTimeout(timer);
  asked += 1;
  const query = queryOf(area.value);
  if (query === null || !currentChat()) return closeInline();
  const number = asked;
  timer = setTimeout(() => ask(area, query, number), pause);
  return undefined;
}

async function ask(area, query, number) {
  try {
    const found = await askInline({ person: store.acting, chat_id: currentChat().id, query });
    if (number !== asked) return;
    [answer, chosen] = [found, 0];
    draw(area);
  } catch (error) {
    if (number === asked) fault(error);
  }
}

async function more(area) {
  const query = queryOf(area.value);
  if (!answer?.next_offset || query === null) return;
  try {
    const found = await askInline({ person: store.acting, chat_id: currentChat().id, query, offset: answer.next_offset });
    const results = found.results.map((result) => ({ ...result, query_id: found.query_id }));
    answer = { ...answer, results: [...answer.results, ...results], next_offset: found.next_offset };
    draw(area);
  } catch (error) {
    fault(error);
  }
}

function draw(area) {
  const host = list();
  const results = answer?.results ?? [];
  const button = answer?.button && h("button", { class: "inline-switch", type: "button", onclick: () => openChat(store.acting) }, answer.button.text);
  const further = answer?.next_offset && h("button", { class: "inline-switch", type: "button", onclick: () => more(area) }, "More");
  host.hidden = !answer;
  host.replaceChildren(...[button, ...results.map((result, index) => h(
    "div",
    { class: "command-option inline-result", role: "option", id: `inline-${index}`, "aria-selected": String(index === chosen), onpointerdown: (event) => event.preventDefault(), onclick: () => pick(area, result) },
    result.photo ? h("img", { class: "attachment", src: result.photo, alt: "" }) : null,
    h("span", { class: "command-name", dir: "auto" }, result.title || "Picture"),
    h("span", { class: "command-about", dir: "auto" }, result.about),
  )), further].filter(Boolean));
  if (isOpen()) host.children[chosen]?.scrollIntoView({ block: "nearest" });
}

async function pick(area, result) {
  const query_id = result.query_id ?? answer.query_id;
  closeInline();
  area.value = "";
  area.dispatchEvent(new Event("input", { bubbles: true }));
  try {
    await chooseInline({ query_id, result_id: result.id });
  } catch (error) {
    fault(error);
  }
}

export function closeInline() {
  const was = isOpen();
  answer = null;
  draw($("message-text"));
  return was;
}

/** True when the list took the key. */
export function inlineKey(event, area) {
  if (!isOpen()) return false;
  const results = answer.results;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && results.length) {
    chosen = (chosen + step + results.length) % results.length;
    draw(area);
    return true;
  }
  if (event.key === "Escape") {
    event.stopPropagation();
    return closeInline();
  }
  if (event.shiftKey || event.key !== "Enter" || !results.length) return false;
  pick(area, results[chosen]);
  return true;
}

/** The button that shares: the words stand in the field of the chat that is opened next. */
let shared = null;

export function share(query) {
  shared = `@${store.bot.username} ${query}`;
  toast("Open the chat to share it in.");
}

export function startInline(area) {
  on("opened", () => {
    closeInline();
    if (!shared || !currentChat()) return;
    area.value = shared;
    shared = null;
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
