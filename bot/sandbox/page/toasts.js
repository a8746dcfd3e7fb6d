/** Short notices at the bottom, and the modal alert that a callback answer may ask for. */
import { $, h, keepFocus } from "./dom.js";

const shown = 4;

export function toast(text, { error = false } = {}) {
  const host = $("toasts");
  const element = h("p", { class: error ? "toast error" : "toast", dir: "auto" }, text);
  host.append(element);
  raise(host);
  while (host.children.length > shown) host.firstElementChild.remove();
  // Long enough to be read: Telegram's two seconds for a word, more for a sentence.
  setTimeout(() => {
    element.classList.add("leaving");
    setTimeout(() => element.remove(), 250);
  }, Math.min(9000, 2600 + text.length * 45));
}

/** Over an open dialog too: what enters the top layer last lies highest. */
function raise(host) {
  if (!host.showPopover) return;
  if (host.matches(":popover-open")) host.hidePopover();
  host.showPopover();
}

export const fault = (error) => toast(error?.message || "Something went wrong.", { error: true });

export function alertBox(title, content) {
  const refocus = keepFocus();
  const body = content instanceof Node ? content : h("p", { dir: "auto" }, content);
  body.id = "alert-text";
  const dialog = h(
    "dialog",
    { class: "alert", role: "alertdialog", "aria-label": title, "aria-describedby": "alert-text" },
    h("h2", { dir: "auto" }, title),
    body,
    h("button", { class: "text-button", type: "button", autofocus: true, onclick: () => dialog.close() }, "OK"),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    refocus();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
