/** The inline keyboard under a bubble. A callback button spins until the bot has answered. */
import { h, icon } from "./dom.js";
import { press } from "./api.js";
import { share } from "./inline.js";
import { isInvoiceLink, payInvoice, payLink } from "./pay.js";
import { isPending, setPending, store, wasAnswered } from "./store.js";
import { fault, toast } from "./toasts.js";

const patience = 15000; // ms; clients stop the wheel of a press that nobody answers

/** The keyboard of a message, or null. `old` is kept when nothing in it has changed: an edit must not blink. */
export function keyboardOf(message, old) {
  if (!message.keyboard?.length) return null;
  const waiting = message.keyboard.flat().filter((button) => isPending(message, button.data)).map((button) => button.data);
  const content = JSON.stringify([message.chat_id, message.id, message.keyboard, waiting]);
  if (old?.dataset.content === content) return old;
  return h("div", { class: "keyboard", role: "group", "aria-label": "Buttons", dataset: { content } }, message.keyboard.map((row) =>
    h("div", { class: "keyboard-row" }, row.map((button) => buttonOf(message, button)))));
}

function buttonOf(message, button) {
  const waiting = button.kind === "callback" && isPending(message, button.data);
  const focus = `button:${button.data ?? button.url ?? button.copy ?? button.text}`;
  const style = ["danger", "success", "primary"].includes(button.style) ? button.style : "";
  const attributes = { class: `inline-button ${style} ${waiting ? "waiting" : ""}`, tabindex: -1, dataset: { focus } };
  const label = h("span", { class: "inline-label", dir: "auto" }, button.text);
  if (button.kind === "url" && !isInvoiceLink(button.url) && /^https?:\/\//i.test(button.url ?? "")) {
    return h("a", { ...attributes, href: button.url, target: "_blank", rel: "noopener noreferrer" }, label, icon("link"));
  }
  const element = h("button", { ...attributes, type: "button", disabled: Boolean(button.disabled), "aria-busy": waiting ? "true" : null }, label);
  if (button.kind === "copy") element.append(icon("copy"));
  element.addEventListener("click", () => act(message, button));
  return element;
}

async function act(message, button) {
  if (button.kind === "callback") await pressCallback(message, button.data);
  else if (button.kind === "pay") payInvoice(message);
  else if (isInvoiceLink(button.url)) payLink(button.url, button.text);
  else if (button.kind === "copy") await copyText(button.copy ?? button.text);
  else if (button.kind === "inline") share(button.query);
  else toast("The sandbox cannot do this kind of button.");
}

async function pressCallback(message, data) {
  if (isPending(message, data)) return;
  setPending(message, data, "asked");
  try {
    const { query_id } = await press({ person: store.acting, chat_id: message.chat_id, message_id: message.id, data });
    if (wasAnswered(query_id)) return setPending(message, data, null);
    setPending(message, data, query_id);
    setTimeout(() => isPending(message, data) && setPending(message, data, null), patience);
  } catch (error) {
    setPending(message, data, null);
    fault(error);
  }
}

export async function copyText(text, done = "Copied to clipboard.") {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "offscreen", "aria-hidden": "true" }, text); // no clipboard API on plain http
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (!copied) return toast("The browser did not allow copying.", { error: true });
  }
  toast(done);
}
