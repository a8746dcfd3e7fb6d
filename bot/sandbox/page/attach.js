/** One photo to send along, or an audio file to send as a voice message: chosen, pasted or dropped. */
import { $, h, icon } from "./dom.js";
import { fileSize } from "./format.js";
import { currentChat } from "./store.js";
import { toast } from "./toasts.js";

let photo = null; // File
let address = null; // its object URL
let redraw = () => {};

export const attachment = () => photo;
export const isAudio = (file) => Boolean(file?.type.startsWith("audio/"));
export const clearAttachment = () => setAttachment(null);

export function setAttachment(file) {
  if (address) URL.revokeObjectURL(address);
  photo = file;
  address = file ? URL.createObjectURL(file) : null;
}

/** How long an audio file is, at least a second; three where the browser cannot play it. */
export function voiceSeconds(file) {
  const url = URL.createObjectURL(file);
  const audio = new Audio();
  const told = new Promise((resolve) => {
    audio.addEventListener("loadedmetadata", () => resolve(Number.isFinite(audio.duration) ? audio.duration : 3));
    audio.addEventListener("error", () => resolve(3));
    setTimeout(() => resolve(3), 2000);
  });
  audio.src = url;
  return told.then((seconds) => {
    URL.revokeObjectURL(url);
    return Math.max(1, Math.round(seconds));
  });
}

export function attachmentBar() {
  if (!photo) return null;
  const kind = isAudio(photo) ? "Voice message" : "Photo";
  const remove = () => {
    clearAttachment();
    redraw();
  };
  return h("div", { class: "reply-bar" }, isAudio(photo) ? null : h("img", { class: "attachment", src: address, alt: "Photo to send" }),
    h("div", { class: "reply-text" }, h("span", { class: "quote-name" }, kind), h("span", { class: "quote-text", dir: "auto" }, `${photo.name || "pasted"}, ${fileSize(photo.size)}`)),
    h("button", { class: "icon-button", type: "button", "aria-label": isAudio(photo) ? "Remove the voice message" : "Remove the photo", onclick: remove }, icon("close")));
}

export function startAttach({ changed, focus }) {
  redraw = changed;
  const input = h("input", { type: "file", accept: "image/*,audio/*", class: "offscreen", id: "attach-file", tabindex: -1, "aria-label": "Photo" });
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
    if (!file.type.startsWith("image/") && !isAudio(file)) return toast("Only photos and audio files can be attached here.", { error: true });
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
