// Beside the phone: whose phone it is, and the sandbox's clock.

import { $, act, face, language, make, word } from "./dom.js";

let clock = { now: Date.now(), moved: 0, at: performance.now() };

/** Wire the panel; `choose(id)` switches to another person's phone. */
export function setUpPanel(choose, refused) {
  $("new-phone").onclick = () => newPhone(refused).then((user) => user && choose(user));
  for (const button of document.querySelectorAll("[data-seconds]")) {
    button.onclick = () => act("clock", { seconds: Number(button.dataset.seconds) }, refused);
  }
  $("clock-reset").onclick = () => act("clock", { reset: true }, refused);
  $("panel-open").onclick = () => openPanel(true);
  $("panel-close").onclick = () => openPanel(false);
  document.addEventListener("keydown", (event) => event.key === "Escape" && openPanel(false));
  setInterval(tick, 1000);
}

/** One more phone; the id of its user, or null when that was refused. */
export const newPhone = (refused) => act("phone", { language }, refused);

export function openPanel(open) {
  const was = document.body.classList.toggle("panel-open", open) !== open;
  if (open) $("panel-close").focus();
  else if (was) $("panel-open").focus();
}

export function showClock({ now, moved }) {
  clock = { now: Date.parse(now), moved, at: performance.now() };
  const days = Math.trunc(moved / 86400), hours = Math.round((moved % 86400) / 3600);
  const unit = (value, name) => new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }).format(value);
  $("clock-moved").hidden = !moved;
  $("clock-moved").textContent = [word("clock-moved"), days ? unit(days, "day") : "", hours ? unit(hours, "hour") : ""].filter(Boolean).join(" ");
  $("clock-reset").disabled = !moved;
  tick();
}

/** The sandbox's time now, as a Date. */
export const sandboxNow = () => new Date(clock.now + performance.now() - clock.at);

function tick() {
  const now = sandboxNow();
  $("clock-now").dateTime = now.toISOString();
  $("clock-now").replaceChildren(
    make("b", {}, now.toLocaleTimeString(language, { hour12: false })),
    make("span", {}, now.toLocaleDateString(language, { year: "numeric", month: "long", day: "numeric", weekday: "short" })));
}

export function showPeople(users, current, choose) {
  const state = (user) => user.blocked ? word("is-blocked") : user.started ? user.last || (user.file ? word(`attach-${user.file}`) : "") : word("never-started");
  const entry = (user) => make("li", {}, make("button", {
    type: "button", class: "person", "data-testid": `user-${user.id}`, "aria-current": user.id === current ? "true" : null,
    onclick: () => choose(user.id),
  },
  face(user),
  make("span", { class: "person-names" },
    make("span", { class: "person-line" }, make("b", {}, user.first_name), user.note ? make("span", { class: "note" }, user.note) : null),
    make("small", {}, state(user))),
  user.unread && user.id !== current ? make("span", { class: "unread", "aria-label": `${user.unread} ${word("unread")}` }, String(user.unread)) : null));
  const focused = document.activeElement?.dataset?.testid;
  $("people").replaceChildren(...(users.length ? users.map(entry) : [make("li", { class: "nobody" }, word("no-people"))]));
  if (focused?.startsWith("user-")) $("people").querySelector(`[data-testid="${focused}"]`)?.focus();
  $("elsewhere").hidden = !users.some((user) => user.unread && user.id !== current);
}
