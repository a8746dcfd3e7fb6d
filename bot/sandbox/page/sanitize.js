/** HTML of a message (made by our own server, already escaped) into nodes, keeping only tags that Telegram has. */
const allowed = new Set(["B", "STRONG", "I", "EM", "U", "INS", "S", "DEL", "CODE", "PRE", "A", "BLOCKQUOTE", "TG-SPOILER", "BR", "SPAN"]);
const dropped = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "SVG", "MATH", "NOSCRIPT"]);
const tokens = /(https?:\/\/[^\s<>"']+[^\s<>"'.,:;!?)\]])|(^|[^\p{L}\p{N}_/@<>])(\/[a-z0-9_]{1,32}(?:@[a-z0-9_]{3,32})?)(?![\w/])/giu;

export function safeFragment(html) {
  // DOMParser's document is inert: nothing in it loads or runs while it is being copied.
  const source = new DOMParser().parseFromString(String(html ?? ""), "text/html");
  const fragment = document.createDocumentFragment();
  copyChildren(source.body, fragment, true);
  return fragment;
}

function copyChildren(from, to, links) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(...(links ? linked(node.data) : [node.data]));
    else if (node.nodeType === Node.ELEMENT_NODE && !dropped.has(node.tagName.toUpperCase())) copyElement(node, to, links);
  }
}

function copyElement(node, to, links) {
  if (!allowed.has(node.tagName)) return copyChildren(node, to, links);
  if (node.tagName === "A") return copyLink(node, to);
  if (node.tagName === "TG-SPOILER" || node.classList.contains("tg-spoiler")) return copySpoiler(node, to);
  const copy = document.createElement(node.tagName.toLowerCase());
  if (node.tagName === "BLOCKQUOTE" && node.hasAttribute("expandable")) copy.className = "expandable";
  if (node.tagName === "CODE" || node.tagName === "PRE") copy.dir = "auto";
  if (node.tagName === "CODE" && node.textContent.length <= 24) copy.className = "word"; // "--ar 16:9" is not torn apart
  copyChildren(node, copy, links && !["CODE", "PRE"].includes(node.tagName));
  to.append(copy);
}

function copyLink(node, to) {
  let url = null;
  try {
    url = new URL(node.getAttribute("href"));
  } catch {
    // Not an absolute address: only its text is shown.
  }
  if (!url || !["http:", "https:"].includes(url.protocol)) return copyChildren(node, to, false);
  const link = outside(url.href);
  copyChildren(node, link, false);
  to.append(link);
}

function copySpoiler(node, to) {
  const inner = document.createElement("span");
  inner.setAttribute("aria-hidden", "true");
  copyChildren(node, inner, false);
  const cover = document.createElement("span");
  Object.assign(cover, { className: "spoiler", tabIndex: -1 });
  cover.setAttribute("role", "button");
  cover.setAttribute("aria-label", "Hidden text");
  cover.append(inner);
  to.append(cover);
}

/** Show a spoiler's text; true when it was hidden until now. */
export function reveal(cover) {
  if (cover.classList.contains("revealed")) return false;
  cover.classList.add("revealed");
  cover.removeAttribute("role");
  cover.removeAttribute("aria-label");
  cover.firstElementChild?.removeAttribute("aria-hidden");
  return true;
}

function outside(href) {
  const link = document.createElement("a");
  Object.assign(link, { href, target: "_blank", rel: "noopener noreferrer", tabIndex: -1 });
  return link;
}

/** Plain text with its addresses and /commands made pressable, as Telegram does. */
function linked(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const [whole, address, space = "", command] = match;
    parts.push(text.slice(end, match.index) + space);
    const link = address && URL.canParse(address) ? outside(address) : document.createElement("a");
    if (command) {
      Object.assign(link, { className: "command", tabIndex: -1 });
      link.setAttribute("role", "button");
      link.dataset.command = command;
    }
    link.append(address ?? command);
    parts.push(link);
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== "");
}
