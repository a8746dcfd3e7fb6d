/** Starts the page: state, events, and which of the two panes a phone shows. */
import { $, h, icon, phone } from "./dom.js";
import { fetchState, follow } from "./api.js";
import { startChats } from "./chats.js";
import { focusComposer, startComposer } from "./composer.js";
import { startConversation } from "./conversation.js";
import { startHeader } from "./header.js";
import { startKeyboard } from "./keyboard.js";
import { showMenu } from "./menu.js";
import { choosePerson } from "./people.js";
import { on, openChat, setConnected, store, takeCommands, takeEvent, takeState, tell, visibleChats } from "./store.js";
import { startTheme } from "./theme.js";
import { alertBox, toast } from "./toasts.js";

const shortcuts = [
  ["Enter", "send"], ["Shift + Enter", "new line"], ["/", "commands: arrows, then Enter or Tab"],
  ["↑ in an empty field", "go to the messages"], ["↑ ↓", "from message to message"], ["→ ←", "into a message: photo, links, buttons"],
  ["Enter on a message", "reply to it"], ["Ctrl + ↑ ↓", "reply to the message before or after"], ["Alt + ↑ ↓", "another chat"],
  ["Tab", "chats, messages, field"], ["Esc", "close, cancel, go back"],
];

function mainMenu(button) {
  const help = () => alertBox("Keyboard shortcuts", h("dl", { class: "shortcuts" }, shortcuts.map(([keys, what]) => [h("dt", {}, keys), h("dd", {}, what)])));
  showMenu("Main menu", [
    { label: "Act as …", icon: "people", run: () => choosePerson(button) },
    { label: "Switch light and dark", icon: "moon", run: () => $("theme").click() },
    { label: "Keyboard shortcuts", icon: "keyboard", run: help },
  ], button);
}

const inAddress = () => Number(/^#(-?\d+)$/.exec(location.hash)?.[1]) || null;

/** The open chat stands in the address, so that a reload and the browser's Back do what one expects. */
function route() {
  const wanted = inAddress();
  if (store.chats.has(wanted)) openChat(wanted);
  else if (wanted === null && phone()) openChat(null);
}

function onOpened() {
  $("app").dataset.pane = store.current === null ? "list" : "chat";
  if (store.current !== null && inAddress() !== store.current) {
    const address = `#${store.current}`;
    if (phone()) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }
  if (store.current !== null && !phone()) focusComposer();
}

function onFirstState() {
  if (!store.chats.has(inAddress()) && !phone()) openChat(visibleChats()[0]?.id ?? null);
  else route();
  if (store.current === null) tell("opened");
}

function start() {
  $("main-menu").append(icon("menu"));
  $("main-menu").addEventListener("click", (event) => mainMenu(event.currentTarget));
  $("to-bottom").append(icon("down"));
  startTheme($("theme"));
  startChats();
  startHeader();
  startConversation();
  startComposer();
  startKeyboard();
  on("opened", onOpened);
  on("toast", ({ text, alert }) => (alert ? alertBox(store.bot?.first_name ?? "Bot", text) : toast(text)));
  on("message unread opened", () => {
    const unread = [...store.unread.values()].reduce((sum, count) => sum + count, 0);
    document.title = unread ? `(${unread}) Imagine sandbox` : "Imagine sandbox";
  });
  addEventListener("popstate", route);
  on("unknown", () => fetchState().then(takeState, () => {})); // the stream reports a lost server by itself
  on("menus", () => fetchState(store.acting).then((state) => takeCommands(state.commands), () => {}));
  let first = true;
  tell("connection");
  follow({
    onState(state) {
      takeState(state);
      if (first) onFirstState();
      first = false;
    },
    onEvent: takeEvent,
    onConnection: setConnected,
  });
}

start();
