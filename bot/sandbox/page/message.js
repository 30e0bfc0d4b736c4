// One message: its bubble, its picture or file, its buttons.

import { formatted } from "./entities.js";
import { icon, language, make, word } from "./dom.js";

const source = (file) => `/api/file/${encodeURIComponent(file.file_id)}`;
const hour = (seconds) => new Date(seconds * 1000).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false });

function size(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}

/** The picture; the element of the last drawing is used again when it shows the same file, so that nothing flickers. */
function photo(message, before, acts) {
  if (!message.photo) return null;
  const largest = message.photo.at(-1);
  const kept = before?.querySelector(".photo");
  if (kept?.dataset.file === largest.file_id) return kept;
  const image = make("img", { src: source(largest), alt: message.caption ?? "" });
  image.style.aspectRatio = `${largest.width} / ${largest.height}`; // its place is kept before it has loaded
  return make("button", {
    type: "button", class: "photo", "data-testid": "photo", "data-file": largest.file_id,
    "aria-label": word("photo"), onclick: () => acts.enlarge(source(largest), message.caption ?? ""),
  }, image);
}

function attachment(message) {
  const file = message.document ?? message.audio ?? message.video ?? message.video_note;
  if (message.voice) {
    return make("div", { class: "file" }, make("audio", { controls: true, preload: "none", src: source(message.voice), "aria-label": word("voice") }));
  }
  if (!file) return null;
  const name = file.file_name ?? word("download");
  return make("a", { class: "file", href: source(file), download: name, "data-testid": "document", "aria-label": `${word("download")} ${name}` },
    make("span", { class: "file-icon" }, icon("document")),
    make("span", { class: "file-names" }, make("b", {}, name), make("small", {}, size(file.file_size ?? 0))));
}

function keyboard(message, acts) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const button = (entry) => {
    const busy = acts.isPending(message.message_id, entry.callback_data);
    return make("button", {
      type: "button", class: `key ${entry.style ?? ""}`, "data-testid": "button", "data-data": entry.callback_data,
      "aria-busy": busy ? "true" : null, onclick: () => acts.press(message, entry),
    }, make("span", {}, entry.text), entry.url ? icon("link") : entry.copy_text ? icon("copy") : null);
  };
  return rows.length ? make("div", { class: "keyboard" }, rows.map((row) => make("div", { class: "row" }, row.map(button)))) : null;
}

function quoted(replied) {
  if (!replied) return null;
  const kind = ["photo", "document", "voice", "video"].find((name) => name in replied);
  const said = replied.text ?? replied.caption ?? (kind ? word(`attach-${kind}`) : "…");
  return make("div", { class: "quoted" }, make("b", {}, replied.from.first_name), make("span", {}, said));
}

/** Draw `message` into its list item `item`, keeping the keyboard focus on the button in the same place. */
export function draw(item, message, botId, acts) {
  const focused = [...item.querySelectorAll("button")].indexOf(document.activeElement);
  const mine = message.from.id !== botId;
  const origin = message.forward_origin?.sender_user;
  const text = message.text ?? message.caption ?? "";
  const time = make("span", { class: "time" },
    message.edit_date ? `${word("edited")} ` : "", make("time", { datetime: new Date(message.date * 1000).toISOString() }, hour(message.date)));
  const bubble = make("div", { class: `bubble${message.photo ? " with-photo" : ""}${text ? "" : " no-text"}` },
    origin ? make("div", { class: "origin" }, `${word("forwarded-from")} `, make("b", {}, origin.first_name)) : null,
    quoted(message.reply_to_message), photo(message, item, acts), attachment(message),
    text ? make("div", { class: "text" }, ...formatted(text, message.entities ?? message.caption_entities, acts), time) : time);
  const open = make("button", {
    type: "button", class: "icon-button message-menu", "aria-label": word("message-menu"), "aria-haspopup": "menu", "data-testid": "message-menu",
    onclick: (event) => acts.menu(message, event.currentTarget),
  }, icon("more"));
  bubble.oncontextmenu = (event) => { event.preventDefault(); acts.menu(message, open); };
  item.className = `message ${mine ? "mine" : "theirs"}${message.reply_markup ? " has-keyboard" : ""}${message.photo ? " has-photo" : ""}`;
  item.replaceChildren(make("div", { class: "line" }, bubble, open), ...[keyboard(message, acts)].filter(Boolean));
  if (focused >= 0) item.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
}
