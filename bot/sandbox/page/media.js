/** Photos, albums, animations, videos and documents of a bubble; a picture that changes fades into the next one. */
import { calm, h, icon } from "./dom.js";
import { fileSize } from "./format.js";

const widest = 420;
const tallest = 460;
const narrowest = 180;

export const photoName = (message) => (message.text ? `Photo: ${message.text}` : "Photo");

/** Size at which a photo is shown, in CSS pixels; the style sheet shrinks it further on a phone. */
function shownSize({ width = 1, height = 1 }) {
  const scale = Math.min(widest / width, tallest / height);
  return { width: Math.max(narrowest, Math.round(width * scale)), ratio: `${width} / ${height}` };
}

/** The media of a row, or null. `old` is what stood there before: its photos are kept or faded from. */
export function mediaOf(messages, old) {
  const photos = messages.filter((message) => message.photo);
  if (photos.length === 0 && messages[0]?.clip) return clip(messages[0], old);
  if (photos.length === 0 && messages.some((message) => message.voice)) return voices(messages);
  if (photos.length === 0) return messages.some((message) => message.document) ? documents(messages) : null;
  const frame = h("div", { class: photos.length > 1 ? `album album-${Math.min(photos.length, 10)}` : "photo-frame" });
  if (photos.length === 1) {
    const { width, ratio } = shownSize(photos[0].photo);
    frame.style.width = `${width}px`;
    frame.style.aspectRatio = ratio;
  }
  frame.append(...photos.map((message) => photo(message, old?.querySelector(`[data-photo="${message.id}"]`))));
  return frame;
}

/** A clip keeps its element, so that it plays on while its caption changes. */
function clip(message, old) {
  const { url, mime, plays } = message.clip;
  const same = old?.dataset.clip === url ? old.querySelector("img, video") : null;
  const frame = h("div", { class: "photo-frame clip", dataset: { clip: url } });
  const { width, ratio } = shownSize(message.clip);
  frame.style.width = `${width}px`;
  frame.style.aspectRatio = ratio;
  const hidden = Boolean(message.spoiler) && !old?.querySelector(".revealed");
  const name = `${plays ? "GIF" : "Video"}${message.text ? `: ${message.text}` : ""}`;
  const media = same ?? (mime.startsWith("image/")
    ? h("img", { src: url, draggable: false })
    : h("video", { src: url, loop: plays, muted: plays, autoplay: plays && !calm(), controls: !plays || calm(), playsinline: true, preload: "auto", tabindex: -1 }));
  if (media.matches("video")) Object.assign(media, { muted: plays, ariaLabel: name });
  else media.alt = name;
  const mark = plays ? h("span", { class: "clip-mark", "aria-hidden": "true" }, "GIF") : null;
  if (!message.spoiler) {
    frame.append(...[media, mark].filter(Boolean));
    return frame;
  }
  const cover = h("div", { class: "photo", dataset: { photo: message.id, focus: `photo:${message.id}` } }, media);
  cover.classList.toggle("spoiled", hidden);
  cover.classList.toggle("revealed", !hidden);
  if (hidden) Object.assign(cover, { tabIndex: -1, role: "button", ariaLabel: `Hidden ${plays ? "GIF" : "video"}` });
  frame.append(...[cover, mark].filter(Boolean));
  return frame;
}

function photo(message, old) {
  const button = h("button", { class: "photo", type: "button", tabindex: -1, dataset: { photo: message.id, focus: `photo:${message.id}`, url: message.photo.url } });
  const hidden = Boolean(message.spoiler) && !old?.classList.contains("revealed");
  button.classList.toggle("spoiled", hidden);
  button.classList.toggle("revealed", Boolean(message.spoiler && !hidden));
  if (hidden) button.setAttribute("aria-label", "Hidden photo");
  const before = old?.querySelector("img.now");
  const same = before && old.dataset.url === message.photo.url;
  const image = same ? before : h("img", { class: "now", src: message.photo.url, draggable: false, decoding: "async" });
  image.alt = photoName(message);
  if (same) {
    button.append(image);
    return button;
  }
  if (before) {
    before.className = "before";
    before.alt = "";
    button.append(before);
  }
  button.append(image);
  fadeIn(image, before);
  return button;
}

async function fadeIn(image, before) {
  image.classList.add("fading");
  try {
    await image.decode();
  } catch {
    image.parentElement?.classList.add("broken");
  }
  image.classList.remove("fading");
  const duration = calm() ? 0 : before ? 450 : 250;
  await image.animate([{ opacity: 0 }, { opacity: 1 }], { duration, easing: "ease-out" }).finished.catch(() => {});
  before?.remove();
}

function voices(messages) {
  return h("div", { class: "documents" }, messages.filter((message) => message.voice).map(({ voice, id }) =>
    h("div", { class: "document" }, h("span", { class: "document-face", "aria-hidden": "true" }, "🎤"),
      h("a", { class: "document-text", href: voice.url, download: "voice.oga", tabindex: -1, dataset: { focus: `file:${id}` } },
        h("span", { class: "document-name" }, "Voice message"),
        h("span", { class: "document-size" }, `${Math.floor(voice.seconds / 60)}:${String(voice.seconds % 60).padStart(2, "0")}`)))));
}

function documents(messages) {
  return h("div", { class: "documents" }, messages.filter((message) => message.document).map(({ document, id }) => {
    const extension = /\.([a-z0-9]{1,5})$/i.exec(document.name ?? "")?.[1] ?? "";
    const picture = /^image\/(png|jpeg|webp|gif)$/.test(document.mime ?? "") && document.url;
    const face = picture
      ? h("button", { class: "document-face picture", type: "button", tabindex: -1, dataset: { photo: id, focus: `photo:${id}` } }, h("img", { src: document.url, alt: `Photo: ${document.name ?? "file"}` }))
      : h("span", { class: "document-face", "aria-hidden": "true" }, extension ? extension : icon("file"));
    return h("div", { class: "document" }, face, h("a", { class: "document-text", href: document.url, download: document.name ?? "", tabindex: -1, dataset: { focus: `file:${id}` } },
      h("span", { class: "document-name", dir: "auto" }, document.name ?? "File"),
      h("span", { class: "document-size" }, fileSize(document.size), h("span", { class: "document-get" }, "Download"))));
  }));
}
