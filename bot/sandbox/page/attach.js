/** One photo to send along: chosen, pasted or dropped. */
import { $, h, icon } from "./dom.js";
import { fileSize } from "./format.js";
import { currentChat } from "./store.js";
import { toast } from "./toasts.js";

let photo = null; // File
let address = null; // its object URL
let redraw = () => {};

export const attachment = () => photo;
export const clearAttachment = () => setAttachment(null);

export function setAttachment(file) {
  if (address) URL.revokeObjectURL(address);
  photo = file;
  address = file ? URL.createObjectURL(file) : null;
}

export function attachmentBar() {
  if (!photo) return null;
  const remove = () => {
    clearAttachment();
    redraw();
  };
  return h("div", { class: "reply-bar" }, h("img", { class: "attachment", src: address, alt: "Photo to send" }),
    h("div", { class: "reply-text" }, h("span", { class: "quote-name" }, "Photo"), h("span", { class: "quote-text", dir: "auto" }, `${photo.name || "pasted"}, ${fileSize(photo.size)}`)),
    h("button", { class: "icon-button", type: "button", "aria-label": "Remove the photo", onclick: remove }, icon("close")));
}

export function startAttach({ changed, focus }) {
  redraw = changed;
  const input = h("input", { type: "file", accept: "image/*", class: "offscreen", id: "attach-file", tabindex: -1, "aria-label": "Photo" });
  $("composer").append(input);
  $("attach").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    take(input.files[0]);
    input.value = "";
  });
  addEventListener("paste", (event) => {
    const file = imageOf(event.clipboardData);
    if (!file || !currentChat()) return;
    event.preventDefault();
    take(file);
  });
  startDrop();

  function take(file) {
    if (!file) return;
    if (!file.type.startsWith("image/")) return toast("Only photos can be attached here.", { error: true });
    setAttachment(file);
    changed();
    focus();
  }

  function startDrop() {
    const pane = $("pane");
    const carries = (event) => event.dataTransfer?.types.includes("Files") && currentChat();
    pane.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      $("drop").hidden = false;
    });
    pane.addEventListener("dragleave", (event) => {
      if (!pane.contains(event.relatedTarget)) $("drop").hidden = true;
    });
    pane.addEventListener("drop", (event) => {
      $("drop").hidden = true;
      if (!carries(event)) return;
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    });
  }
}

const imageOf = (data) => [...(data?.files ?? [])].find((file) => file.type.startsWith("image/"));
