/** Paying with play money: the sheet in which an invoice is confirmed, and the receipt after it. */
import { pay } from "./api.js";
import { h, keepFocus } from "./dom.js";
import { store } from "./store.js";
import { alertBox, toast } from "./toasts.js";

const link = "https://t.me/$";

export const isInvoiceLink = (url) => (url ?? "").startsWith(link);

export function payInvoice(message) {
  if (message.receipt) return alertBox("Receipt", `${message.invoice.title}: ${message.invoice.stars} ⭐ (play money). ${message.receipt}`);
  return confirm(`${message.invoice.title}: ${message.invoice.stars} ⭐`, { chat_id: message.chat_id, message_id: message.id });
}

export const payLink = (url, title) => confirm(title, { url });

function confirm(title, invoice) {
  const refocus = keepFocus();
  const note = h("p", {}, "This is play money: nothing leaves this machine.");
  const wrong = h("p", { class: "pay-refused", role: "alert", dir: "auto" });
  const yes = h("button", { class: "text-button", type: "button", autofocus: true, onclick: () => confirmed() }, "Pay");
  const no = h("button", { class: "text-button", type: "button", onclick: () => dialog.close() }, "Cancel");
  const dialog = h("dialog", { class: "alert pay", "aria-label": title }, h("h2", { dir: "auto" }, title), note, wrong, h("div", { class: "pay-buttons" }, no, yes));
  async function confirmed() {
    yes.disabled = true;
    wrong.textContent = "";
    try {
      const { refused } = await pay({ person: store.acting, ...invoice });
      if (refused) throw new Error(refused);
      dialog.close();
      toast("Paid.");
    } catch (error) {
      wrong.textContent = error.message;
      yes.disabled = false;
    }
  }
  dialog.addEventListener("close", () => {
    dialog.remove();
    refocus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
