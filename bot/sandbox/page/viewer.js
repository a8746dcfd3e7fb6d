/** The photo viewer: full screen, arrows go through the chat's photos, + and - zoom, Escape closes. */
import { h, icon, keepFocus } from "./dom.js";
import { time } from "./format.js";
import { photoName } from "./media.js";
import { currentChat, store, visibleMessages } from "./store.js";

const photoUrl = (message) => message.photo?.url ?? (message.document?.mime?.startsWith("image/") ? message.document.url : null);
const deepest = 6;

export function openViewer(id) {
  const photos = visibleMessages(currentChat(), store.topic).filter((message) => photoUrl(message) && (!message.spoiler || message.id === id));
  let index = photos.findIndex((message) => message.id === id);
  if (index < 0) return;
  const refocus = keepFocus();
  let [scale, x, y, drag] = [1, 0, 0, null];

  const image = h("img", { class: "viewer-image", draggable: false, tabindex: -1, autofocus: true });
  const caption = h("figcaption", { class: "viewer-caption", dir: "auto" });
  const title = h("p", { class: "viewer-title" });
  const download = h("a", { class: "icon-button", "aria-label": "Download" }, icon("download"));
  const control = (name, label, run) => h("button", { class: "icon-button", type: "button", "aria-label": label, onclick: run }, icon(name));
  const previous = control("left", "Previous photo", () => turn(-1));
  const next = control("right", "Next photo", () => turn(1));
  const dialog = h(
    "dialog",
    { class: "viewer", "aria-label": "Photo viewer" },
    h("header", { class: "viewer-bar" }, title, control("zoomOut", "Zoom out", () => zoom(scale / 1.5)), control("zoomIn", "Zoom in", () => zoom(scale * 1.5)), download, control("close", "Close", () => dialog.close())),
    h("figure", { class: "viewer-stage" }, image, caption),
    previous,
    next,
  );
  previous.classList.add("viewer-previous");
  next.classList.add("viewer-next");

  function show() {
    const message = photos[index];
    const url = photoUrl(message);
    image.src = url;
    image.alt = photoName(message);
    caption.textContent = message.text ?? "";
    caption.hidden = !message.text;
    title.replaceChildren(h("bdi", {}, message.from?.name ?? ""), h("span", {}, `${index + 1} of ${photos.length}, ${time(message.date)}`));
    Object.assign(download, { href: url, download: url.split("/").at(-1) || "photo" });
    previous.disabled = index === 0;
    next.disabled = index === photos.length - 1;
    zoom(1);
  }

  function turn(step) {
    if (!photos[index + step]) return;
    index += step;
    show();
  }

  function zoom(to) {
    scale = Math.min(deepest, Math.max(1, to));
    if (scale === 1) [x, y] = [0, 0];
    image.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    dialog.classList.toggle("zoomed", scale > 1);
  }

  dialog.addEventListener("keydown", (event) => {
    const run = {
      ArrowLeft: () => turn(-1), ArrowRight: () => turn(1), Home: () => turn(-index), End: () => turn(photos.length - 1 - index),
      "+": () => zoom(scale * 1.5), "=": () => zoom(scale * 1.5), "-": () => zoom(scale / 1.5), 0: () => zoom(1),
    }[event.key];
    if (!run || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    run();
  });
  dialog.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2));
  }, { passive: false });
  image.addEventListener("dblclick", () => zoom(scale > 1 ? 1 : 2.5));
  image.addEventListener("pointerdown", (event) => {
    if (scale === 1) return;
    drag = { x: event.clientX - x, y: event.clientY - y };
    image.setPointerCapture(event.pointerId);
  });
  image.addEventListener("pointermove", (event) => {
    if (!drag) return;
    [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    zoom(scale);
  });
  image.addEventListener("pointerup", () => (drag = null));
  dialog.addEventListener("click", (event) => event.target.closest("img, button, a, figcaption") ?? dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    // The browser gives the focus back by itself, before this event: who has moved on meanwhile is not pulled back.
    if (document.activeElement === document.body) refocus();
  });
  document.body.append(dialog);
  show();
  dialog.showModal();
  image.focus();
}
