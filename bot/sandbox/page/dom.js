/** Elements without a framework: h("button", {class: "x", onclick: f}, "text"). Text is never parsed as HTML. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key === "dataset") Object.assign(element.dataset, value);
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (id) => document.getElementById(id);

const paths = {
  menu: "M4 7h16M4 12h16M4 17h16",
  back: "M19 12H5m6.5-6.5L5 12l6.5 6.5",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2z",
  clip: "M20 11.5l-8.2 8.2a5.2 5.2 0 0 1-7.4-7.4l8.6-8.6a3.5 3.5 0 0 1 5 5L9.5 17.2a1.8 1.8 0 0 1-2.5-2.5l7.6-7.6",
  down: "M6 9.5l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 6L4 12l6 6M4.5 12H14a6 6 0 0 1 6 6",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  download: "M12 4v11m-5-4.5l5 5 5-5M5 20h14",
  link: "M8 16L17 7M9.5 7H17v7.5",
  zoomIn: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5M8 11h6M11 8v6",
  zoomOut: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5M8 11h6",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  check: "M5 12.5l4.5 4.5L19 7.5",
  checks: "M1.5 12.5L6 17l9.5-9.5M11 15.5L12.5 17 22 7.5",
  slash: "M7.5 4h9A3.5 3.5 0 0 1 20 7.5v9a3.5 3.5 0 0 1-3.5 3.5h-9A3.5 3.5 0 0 1 4 16.5v-9A3.5 3.5 0 0 1 7.5 4zM13.7 8l-3.4 8",
  people: "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2.3.7 3.7 2.5 4 5.2",
  file: "M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5",
  keyboard: "M3 6.5h18v11H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8",
};

/** A stroked icon that takes the text's colour; `send` is filled, as Telegram's is. */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  const path = document.createElementNS(namespace, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", paths[name] ?? "M3.4 20.6L21.5 12 3.4 3.4 3.3 10l11 2-11 2z");
  svg.append(path);
  return svg;
}

/** Remembers what has the focus; the returned function gives it back, also where an edit has drawn it anew. */
export function keepFocus() {
  const element = document.activeElement;
  const row = element?.closest("[data-message]");
  return () => {
    const again = [...(row?.querySelectorAll("[data-focus]") ?? [])].find((each) => each.dataset.focus === element.dataset.focus && !each.disabled);
    (element?.isConnected ? element : again ?? row)?.focus({ preventScroll: true });
  };
}

/** Ask for at most one call of `work` per frame, however often the returned function is called. */
export function perFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const phone = () => matchMedia("(max-width: 760px)").matches;
