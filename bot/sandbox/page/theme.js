/** Light and dark: the system's wish, unless the person chose otherwise here. */
import { icon } from "./dom.js";

const key = "imagine.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function chosen() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden; the system's wish is then all there is
  }
}

export const dark = () => (chosen() ?? (system.matches ? "dark" : "light")) === "dark";

function apply(button) {
  document.documentElement.dataset.theme = dark() ? "dark" : "light";
  button.replaceChildren(icon(dark() ? "sun" : "moon"));
  button.setAttribute("aria-label", dark() ? "Switch to light mode" : "Switch to dark mode");
}

export function startTheme(button) {
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(key, dark() ? "light" : "dark");
    } catch {
      return;
    }
    apply(button);
  });
  system.addEventListener("change", () => apply(button));
  addEventListener("storage", () => apply(button));
  apply(button);
}
