// What lies over the chat: small menus, dialogs, toasts, the enlarged picture.

import { $, icon, make, word } from "./dom.js";

let opener = null;

/** Close the open menu, giving the focus back to what opened it. */
export function closeMenu(refocus = false) {
  $("menu").hidden = true;
  if (refocus) opener?.focus();
}

/** A menu beside `anchor`; entries are {icon, label, detail, act}, or {note} for a line that does nothing. */
export function openMenu(anchor, entries, above = false) {
  opener = anchor;
  const menu = $("menu");
  menu.replaceChildren(...entries.map((entry) => entry.note
    ? make("p", { class: "menu-note" }, entry.note)
    : make("button", { type: "button", role: "menuitem", class: entry.danger ? "danger" : "", onclick: () => { closeMenu(); entry.act(); } },
      entry.icon ? icon(entry.icon) : null, make("span", {}, entry.label), entry.detail ? make("small", {}, entry.detail) : null)));
  menu.hidden = false;
  const [box, frame] = [anchor.getBoundingClientRect(), menu.offsetParent.getBoundingClientRect()];
  const left = Math.min(Math.max(box.left - frame.left, 8), frame.width - menu.offsetWidth - 8);
  const below = box.bottom - frame.top + 4;
  const top = above || below + menu.offsetHeight > frame.height - 8 ? box.top - frame.top - menu.offsetHeight - 4 : below;
  menu.style.left = `${left}px`;
  menu.style.top = `${Math.max(top, 8)}px`;
  menu.querySelector("button")?.focus();
}

document.addEventListener("pointerdown", (event) => {
  if (!$("menu").hidden && !$("menu").contains(event.target)) closeMenu();
});
document.addEventListener("keydown", (event) => {
  if ($("menu").hidden) return;
  const entries = [...$("menu").querySelectorAll("button")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); closeMenu(true); }
  if (step) {
    event.preventDefault();
    entries.at((entries.indexOf(document.activeElement) + step) % entries.length)?.focus();
  }
});

export function toast(text) {
  const shown = make("div", { class: "toast", role: "status", "data-testid": "toast" }, text);
  $("toasts").append(shown);
  setTimeout(() => shown.classList.add("gone"), 3500);
  setTimeout(() => shown.remove(), 4000);
}

/** A dialog with a text and buttons; gives the value of the one chosen, or undefined. */
export function ask(text, choices, testid = "dialog") {
  return new Promise((resolve) => {
    const dialog = $("dialog");
    const choose = (value) => { dialog.close(); resolve(value); };
    dialog.dataset.testid = testid;
    dialog.setAttribute("aria-label", text);
    dialog.replaceChildren(make("p", {}, text), make("div", { class: "choices" },
      choices.map(({ label, value, first }) => make("button", { type: "button", onclick: () => choose(value) }, first ?? null, make("span", {}, label)))));
    dialog.onclose = () => resolve(undefined);
    dialog.showModal();
    const frame = dialog.parentElement.getBoundingClientRect();
    dialog.style.marginLeft = `${frame.left + (frame.width - dialog.offsetWidth) / 2}px`;
  });
}

export const alertBox = (text) => ask(text, [{ label: word("ok"), value: true }], "toast");

export function enlarge(source, caption) {
  const viewer = $("viewer");
  viewer.setAttribute("aria-label", caption || word("photo"));
  viewer.replaceChildren(
    make("img", { src: source, alt: caption }),
    make("button", { type: "button", class: "icon-button", "aria-label": word("close"), autofocus: true }, icon("close")));
  viewer.onclick = () => viewer.close();
  viewer.showModal();
}
