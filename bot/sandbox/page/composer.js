// Writing to the bot: text, commands, files, the start button.

import { $, act, word } from "./dom.js";
import { openMenu, toast } from "./overlay.js";

const drafts = new Map(); // user id → text not yet sent
let phone;
let edited = null; // the message whose text is being changed

export const refused = () => toast(word("refused"));
export const sendCommand = (text) => act("say", { user: phone.user, text }, refused);

/** Keep what `before` was writing, and bring back what `after` was. */
export function changeDraft(before, after) {
  if (edited) stopEditing();
  drafts.set(before, $("input").value);
  $("input").value = drafts.get(after) ?? "";
  grow();
}

function grow() {
  $("input").style.height = "auto";
  $("input").style.height = `${Math.min($("input").scrollHeight, 140)}px`;
  $("composer").classList.toggle("filled", $("input").value.trim() !== "");
}

/** Bring the text of a message back into the input: sending changes the message. */
export function edit(message) {
  edited = message;
  $("editing").hidden = false;
  $("input").value = message.text ?? message.caption;
  grow();
  $("input").focus();
}

function stopEditing() {
  edited = null;
  $("editing").hidden = true;
  $("input").value = "";
  grow();
}

async function send(event) {
  event?.preventDefault();
  const text = $("input").value.trim();
  if (!text) return;
  if (edited) {
    if (await act("edit", { user: phone.user, message_id: edited.message_id, text }, refused) !== null) stopEditing();
    return;
  }
  $("input").value = "";
  grow();
  if (await act("say", { user: phone.user, text }, refused) === null) $("input").value = text;
}

function commandMenu() {
  const entries = phone.chat.commands.map(({ command, description }) => ({
    label: `/${command}`, detail: description, act: () => sendCommand(`/${command}`),
  }));
  openMenu($("commands"), entries, true);
}

function attach() {
  const kinds = { photo: "image/png,image/jpeg,image/webp", document: "", voice: "audio/*", video: "video/*" };
  openMenu($("attach"), Object.entries(kinds).map(([kind, accept]) => ({
    icon: kind, label: word(`attach-${kind}`), act: () => { $("file").accept = accept; $("file").dataset.kind = kind; $("file").click(); },
  })), true);
}

async function upload() {
  const file = $("file").files[0];
  if (!file) return;
  const form = new FormData();
  const kind = $("file").dataset.kind ?? "document";
  for (const [name, value] of Object.entries({ user: phone.user, kind, caption: kind === "voice" ? "" : $("input").value.trim() })) form.append(name, value);
  form.append("file", file);
  $("file").value = "";
  if (await act("upload", form, refused) !== null && kind !== "voice") { $("input").value = ""; grow(); }
}

/** Wire the foot of the phone; `state` has the current `user`, `chat` and `payload`. */
export function setUpComposer(state) {
  phone = state;
  $("composer").onsubmit = send;
  $("stop-editing").onclick = stopEditing;
  $("input").oninput = grow;
  $("input").onkeydown = (event) => {
    if (event.key === "Escape" && edited) stopEditing();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
    if (event.key === "/" && !$("input").value && phone.chat?.commands.length) setTimeout(() => $("input").value === "/" && commandMenu());
  };
  $("starter").onsubmit = (event) => {
    event.preventDefault();
    const payload = $("payload").value.trim();
    $("payload").value = phone.payload = "";
    act("start", { user: phone.user, payload }, refused).then(() => $("input").focus());
  };
  $("unblock").onclick = () => act("unblock", { user: phone.user }, refused);
  $("commands").onclick = commandMenu;
  $("attach").onclick = attach;
  $("file").onchange = upload;
}
