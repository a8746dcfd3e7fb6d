"""Measures how well what is on the page can be seen: WCAG 2.2, success criteria 1.4.3 and 1.4.11 (AA)."""

from playwright.async_api import Page

# Colours are laid over one another as the browser does; where nothing opaque lies below, the wallpaper's own count, and
# the worst of them decides. Pictures, avatars (gradients with initials) and disabled controls are none of 1.4.3's.
_MEASURE = """
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => below.slice(0, 3).map((v, i) => top[i] * top[3] + v * (1 - top[3]));
  const luminance = (color) => {
    const linear = color.map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const root = getComputedStyle(document.documentElement);
  const wall = ["a", "b", "c", "d"].map((name) => rgba(root.getPropertyValue(`--wall-${name}`).trim()).slice(0, 3));
  const grounds = (element) => {
    const layers = [];
    for (let node = element; node; node = node.parentElement) {
      const color = rgba(getComputedStyle(node).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] > 0.99) return [layers.reduceRight((below, layer) => over(layer, below), color)];
      if (node.id === "pane" || node.id === "toasts") break;
    }
    return wall.map((color) => layers.reduceRight((below, layer) => over(layer, below), color));
  };
  const measure = (element, style, color) => {
    const written = rgba(color);
    written[3] *= Number(style.opacity);
    return Math.min(...grounds(element).map((ground) => ratio(over(written, ground), ground)));
  };
  const poor = {};
  let read = 0;
"""

_TEXTS = """
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const unseen = !texts.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true });
    if (unseen || element.closest(":disabled, [aria-hidden=true], .spoiler:not(.revealed), script, noscript")) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = measure(element, style, style.color);
    read += 1;
    const name = `${element.className || element.tagName}: ${texts.currentNode.data.slice(0, 30)}`;
    if (found < (large ? 3 : 4.5)) poor[name] = found.toFixed(2);
  }
  for (const field of document.querySelectorAll("textarea")) {
    const style = getComputedStyle(field, "::placeholder");
    const found = measure(field, style, style.color);
    read += 1;
    if (found < 4.5) poor[`placeholder of ${field.ariaLabel}`] = found.toFixed(2);
  }
"""

# An icon says what it is by its lines; a ring of focus lies around what has it, on whatever is there.
_ICONS = """
  for (const icon of document.querySelectorAll("svg.icon")) {
    if (!icon.checkVisibility({ visibilityProperty: true }) || icon.closest(":disabled, .offscreen")) continue;
    const style = getComputedStyle(icon);
    const found = measure(icon, style, style.stroke === "none" ? style.fill : style.stroke);
    read += 1;
    if (found < 3) poor[`${icon.getAttribute("class")} in ${icon.parentElement.className}`] = found.toFixed(2);
  }
  for (const element of document.querySelectorAll("button, textarea, [tabindex]")) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".inline-button, .viewer")) continue;
    const found = measure(element.parentElement, root, root.getPropertyValue("--focus").trim());
    read += 1;
    if (found < 3) poor[`focus on ${element.className || element.tagName}`] = found.toFixed(2);
  }
"""


async def poorly_readable(page: Page) -> tuple[int, dict[str, str]]:
    """How many texts there are, and the ratios of those that fall short, by class and first words."""
    return await _measured(page, _TEXTS)


async def poorly_visible(page: Page) -> tuple[int, dict[str, str]]:
    """Likewise of icons, and of the ring around each place that can have the focus."""
    return await _measured(page, _ICONS)


async def _measured(page: Page, what: str) -> tuple[int, dict[str, str]]:
    read, poor = await page.evaluate(f"() => {{{_MEASURE}{what}  return [read, poor];\n}}")
    return read, poor
