/** Popup menus: one open at a time; arrows, Home, End and letters move in it, Escape and a press elsewhere close it. */
import { h, icon } from "./dom.js";

let open = null;

export function closeMenu({ refocus = true } = {}) {
  if (!open) return false;
  const { element, opener, onClose } = open;
  open = null;
  element.remove();
  opener?.setAttribute("aria-expanded", "false");
  if (refocus) opener?.focus({ preventScroll: true });
  onClose?.();
  return true;
}

/**
 * items: [{label, hint?, icon?, lead?: Node, checked?, run}]. `at` is {x, y}, or an element to stand beside.
 */
export function showMenu(label, items, at, { opener = document.activeElement, onClose = null } = {}) {
  closeMenu({ refocus: false });
  const element = h("div", { class: "menu", role: "menu", "aria-label": label }, items.map(entry));
  document.body.append(element);
  place(element, at);
  opener?.setAttribute("aria-expanded", "true");
  open = { element, opener, onClose };
  element.addEventListener("keydown", (event) => move(event, element));
  (element.querySelector("[aria-checked=true]") ?? element.firstElementChild)?.focus();
}

const entry = (item) => h(
  "button",
  {
    class: "menu-item",
    type: "button",
    role: item.checked === undefined ? "menuitem" : "menuitemradio",
    "aria-checked": item.checked === undefined ? null : String(item.checked),
    tabindex: -1,
    onclick: () => {
      closeMenu();
      item.run();
    },
  },
  item.lead ?? (item.icon ? icon(item.icon) : null),
  h("span", { class: "menu-label", dir: "auto" }, item.label),
  item.hint ? h("span", { class: "menu-hint" }, item.hint) : null,
  item.checked ? icon("check") : null,
);

function place(element, at) {
  const box = at instanceof Element ? at.getBoundingClientRect() : { left: at.x, right: at.x, top: at.y, bottom: at.y };
  const { offsetWidth: width, offsetHeight: height } = element;
  const below = box.bottom + 4 + height <= innerHeight;
  element.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  element.style.top = `${Math.max(8, below ? box.bottom + 4 : box.top - height - 4)}px`;
  element.style.transformOrigin = below ? "top left" : "bottom left";
}

function move(event, element) {
  const items = [...element.children];
  const index = items.indexOf(document.activeElement);
  const letter = event.key.length === 1 && event.key !== " " ? event.key.toLowerCase() : null;
  const next = {
    ArrowDown: items[(index + 1) % items.length],
    ArrowUp: items[(index - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  }[event.key] ?? (letter ? items.find((item) => item.textContent.trim().toLowerCase().startsWith(letter)) : null);
  if (event.key === "Tab") closeMenu();
  if (event.key === "Escape") closeMenu();
  if (next) next.focus();
  if (next || ["Tab", "Escape"].includes(event.key)) event.preventDefault();
  event.stopPropagation();
}

addEventListener("pointerdown", (event) => {
  if (open && !open.element.contains(event.target)) closeMenu({ refocus: false });
}, true);
addEventListener("resize", () => closeMenu({ refocus: false }));
