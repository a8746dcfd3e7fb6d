/** The list of the bot's commands over the composer: "/" or the Menu button opens it, arrows and Enter or Tab complete. */
import { $, h } from "./dom.js";
import { currentChat, on, store } from "./store.js";

let options = [];
let chosen = 0;
let all = false; // opened by the button: shows every command, whatever is typed
let dismissed = false; // Escape closed it; it stays away until the text changes its first word

const list = () => $("commands");
const isOpen = () => !list().hidden;
const known = () => store.commands[currentChat()?.type === "private" ? "private" : "group"] ?? [];

function matching(text) {
  const typed = /^\/([a-z0-9_]*)$/i.exec(text)?.[1].toLowerCase();
  if (all) return known();
  return typed === undefined ? [] : known().filter(({ command }) => command.startsWith(typed));
}

export function updateCommands(area) {
  if (area.value && all) all = false;
  if (!area.value.startsWith("/")) dismissed = false;
  options = dismissed ? [] : matching(area.value);
  chosen = 0;
  draw(area);
}

function draw(area) {
  const host = list();
  host.hidden = options.length === 0;
  host.replaceChildren(...options.map((option, index) => h(
    "div",
    { class: "command-option", role: "option", id: `command-${index}`, "aria-selected": String(index === chosen), onpointerdown: (event) => event.preventDefault(), onclick: () => complete(area, option) },
    h("span", { class: "command-name" }, `/${option.command}`),
    h("span", { class: "command-about", dir: "auto" }, option.description),
  )));
  if (isOpen()) {
    area.setAttribute("aria-activedescendant", `command-${chosen}`);
    host.children[chosen]?.scrollIntoView({ block: "nearest" });
  } else area.removeAttribute("aria-activedescendant");
  $("commands-button")?.setAttribute("aria-expanded", String(isOpen()));
}

function complete(area, option) {
  all = false;
  area.value = `/${option.command} `;
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export function toggleCommands(area) {
  if (isOpen()) return closeCommands();
  [all, dismissed, chosen] = [true, false, 0];
  options = matching(area.value);
  draw(area);
}

export function closeCommands() {
  const was = isOpen();
  [all, dismissed, options] = [false, true, []];
  draw($("message-text"));
  return was;
}

/** True when the list took the key. Enter on a command that is already written out is left to send it. */
export function commandKey(event, area) {
  if (!isOpen()) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    chosen = (chosen + step + options.length) % options.length;
    draw(area);
    return true;
  }
  if (event.key === "Escape") {
    event.stopPropagation();
    return closeCommands();
  }
  if (event.shiftKey || !["Enter", "Tab"].includes(event.key)) return false;
  if (event.key === "Enter" && area.value === `/${options[chosen].command}`) return false;
  complete(area, options[chosen]);
  return true;
}

export function startCommands(area) {
  area.addEventListener("blur", () => isOpen() && closeCommands());
  // Whoever typed "/" before the bot had any sees them when it has.
  on("commands", () => document.activeElement === area && updateCommands(area));
}
