// The phone: follows one person's chat with the bot and does what the person does.

import { $, act, colour, face, language, make, speak, word } from "./dom.js";
import { changeDraft, edit, refused, sendCommand, setUpComposer } from "./composer.js";
import { setUpFaults, showFaults } from "./faults.js";
import { draw } from "./message.js";
import { alertBox, ask, closeMenu, enlarge, openMenu, toast } from "./overlay.js";
import { newPhone, openPanel, sandboxNow, setUpPanel, showClock, showPeople } from "./panel.js";

const address = new URL(location.href);
const phone = {
  user: Number(address.searchParams.get("user")) || null,
  version: 0, epoch: null, bot: null, users: [], chat: null,
  messages: new Map(), // message id → {message, item}
  pending: new Map(), // "message id/data" → query id, or null until it is known
  answered: new Set(), // query ids answered before the press itself returned
  stuck: true, payload: address.searchParams.get("start") ?? "",
};
let following = null;

// ——— the messages

const acts = {
  press, enlarge, menu: messageMenu, follow,
  command: sendCommand,
  isPending: (messageId, data) => data !== undefined && phone.pending.has(`${messageId}/${data}`),
};

const atBottom = () => $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < 60;
const toBottom = () => { $("scroll").scrollTop = $("scroll").scrollHeight; };

function show(message) {
  const known = phone.messages.get(message.message_id);
  const item = known?.item ?? make("li", { "data-testid": "message", "data-id": String(message.message_id) });
  phone.messages.set(message.message_id, { message, item });
  draw(item, message, phone.bot.id, acts);
  if (!known) $("messages").append(item);
}

function remove(id) {
  phone.messages.get(id)?.item.remove();
  phone.messages.delete(id);
}

function redraw() {
  for (const { message, item } of phone.messages.values()) draw(item, message, phone.bot.id, acts);
  showDays();
}

function showDays() {
  const name = (date) => {
    const days = Math.round((new Date(sandboxNow()).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 864e5);
    return days === 0 ? word("today") : days === 1 ? word("yesterday") : date.toLocaleDateString(language, { month: "long", day: "numeric" });
  };
  for (const line of $("messages").querySelectorAll(".day")) line.remove();
  let last = "";
  for (const { message, item } of phone.messages.values()) {
    const day = name(new Date(message.date * 1000));
    if (day !== last) item.before(make("li", { class: "day" }, day));
    last = day;
  }
}

function messageMenu(message, anchor) {
  const text = message.text ?? message.caption;
  openMenu(anchor, message.has_protected_content ? [{ note: word("protected") }] : [
    { icon: "forward", label: word("forward"), act: () => act("forward", { user: phone.user, message_id: message.message_id }, refused) },
    ...(message.from.id === phone.user && text && !message.forward_origin ? [{ icon: "edit", label: word("edit"), act: () => edit(message) }] : []),
    ...(text ? [{ icon: "copy", label: word("copy"), act: () => copy(text) }] : []),
  ]);
}

async function copy(text) {
  await navigator.clipboard?.writeText(text).catch(() => {});
  toast(word("copied"));
}

// ——— pressing buttons

function busy(messageId) {
  const shown = phone.messages.get(messageId);
  if (shown) draw(shown.item, shown.message, phone.bot.id, acts);
}

async function press(message, button) {
  if (button.url) return follow(button.url) || window.open(button.url, "_blank", "noreferrer");
  if (button.copy_text) return copy(button.copy_text.text);
  if (button.callback_data === undefined || acts.isPending(message.message_id, button.callback_data)) return undefined;
  const key = `${message.message_id}/${button.callback_data}`;
  phone.pending.set(key, null);
  busy(message.message_id);
  const query = await act("press", { user: phone.user, message_id: message.message_id, data: button.callback_data }, refused);
  if (query === null || phone.answered.has(query)) phone.pending.delete(key);
  else phone.pending.set(key, query);
  return busy(message.message_id);
}

function receiveAnswer(answer) {
  phone.answered.add(answer.id);
  for (const [key, query] of phone.pending) if (query === answer.id) phone.pending.delete(key);
  busy(answer.message_id);
  if (answer.url) follow(answer.url);
  if (answer.text && answer.alert) alertBox(answer.text);
  else if (answer.text) toast(answer.text);
}

/** Links to the bot itself open on a phone of choice; true when this was one. */
function follow(url) {
  const link = /^(?:https?:\/\/)?t\.me\/(\w+)\/?(?:\?start=([\w-]{1,64}))?$/.exec(url);
  if (!link || link[1].toLowerCase() !== phone.bot.username.toLowerCase()) return false;
  const choices = phone.users.map((user) => ({
    label: user.note ? `${user.first_name} · ${user.note}` : user.first_name, value: user.id, first: face(user),
  }));
  choices.push({ label: word("new-phone"), value: "new" });
  ask(word("open-as"), choices, "open-as")
    .then((user) => user === "new" ? newPhone(refused) : user)
    .then((user) => user && choose(user, link[2] ?? ""));
  return true;
}

// ——— the state of the phone

function receive(state) {
  if (phone.epoch && phone.epoch !== state.epoch) return location.reload();
  const first = phone.version === 0;
  const stick = first || phone.stuck;
  Object.assign(phone, { epoch: state.epoch, version: state.version, bot: state.bot, users: state.users, chat: state.chat });
  showClock(state.clock);
  showFaults(state.faults);
  showPeople(state.users, phone.user, choose);
  const news = state.chat?.messages ?? [];
  const mine = news.some((message) => !phone.messages.has(message.message_id) && message.from.id === phone.user);
  news.sort((one, other) => one.message_id - other.message_id).forEach(show);
  state.chat?.removed.forEach(remove);
  for (const answer of state.chat?.answers ?? []) {
    if (first) phone.answered.add(answer.id); else receiveAnswer(answer);
  }
  showDays();
  showFrame();
  if (stick || mine) toBottom();
  $("to-bottom").hidden = phone.stuck = atBottom();
  return undefined;
}

function showFrame() {
  const { bot, chat } = phone;
  $("bot-name").textContent = bot.first_name;
  $("bot-face").textContent = [...bot.first_name][0];
  $("bot-face").style.backgroundColor = colour(bot.id);
  const typing = chat && chat.busy > 0;
  $("bot-status").textContent = typing ? word("typing") : word("bot");
  $("bot-status").classList.toggle("typing", Boolean(typing));
  clearTimeout(showFrame.timer);
  if (typing) showFrame.timer = setTimeout(() => { chat.busy = 0; showFrame(); }, chat.busy * 1000);
  const starting = chat && !chat.blocked && (!chat.started || phone.payload);
  $("intro").hidden = !chat || phone.messages.size > 0;
  $("description").textContent = chat?.description || word("empty");
  $("starter").hidden = !starting;
  $("unblocker").hidden = !chat?.blocked;
  $("composer").hidden = !chat || starting || chat.blocked;
  $("commands").hidden = !chat?.commands.length;
}

async function followChat() {
  following?.abort();
  const turn = following = new AbortController();
  while (!turn.signal.aborted) {
    const query = new URLSearchParams({ user: phone.user ?? 0, since: phone.version });
    if (phone.version) query.set("wait", "1");
    if (!document.hidden) query.set("read", "1");
    try {
      const response = await fetch(`/api/state?${query}`, { signal: turn.signal });
      const state = await response.json();
      if (turn.signal.aborted) return;
      $("offline").hidden = true;
      if (!phone.user && state.users.length) return choose(state.users[0].id, phone.payload);
      receive(state);
    } catch {
      if (turn.signal.aborted) return;
      $("offline").hidden = false;
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

function choose(user, payload = "") {
  changeDraft(phone.user, user);
  Object.assign(phone, { user, payload, version: 0, chat: null });
  for (const collection of [phone.messages, phone.pending, phone.answered]) collection.clear();
  $("messages").replaceChildren();
  $("toasts").replaceChildren();
  $("payload").value = payload;
  address.searchParams.set("user", user);
  address.searchParams.delete("start");
  history.replaceState(null, "", address);
  openPanel(false);
  return followChat();
}

// ——— the frame

function moreMenu() {
  const name = phone.chat?.blocked ? "unblock" : "block";
  openMenu($("more"), [{ icon: "block", label: word(name), danger: name === "block", act: () => act(name, { user: phone.user }, refused) }]);
}

$("more").onclick = moreMenu;
$("to-bottom").onclick = () => $("scroll").scrollTo({ top: $("scroll").scrollHeight, behavior: "smooth" });
$("scroll").onscroll = () => { $("to-bottom").hidden = phone.stuck = atBottom(); };
$("scroll").onwheel = $("scroll").ontouchmove = () => closeMenu();
$("language").onclick = async () => {
  const other = language === "en" ? "zh-CN" : "en";
  localStorage.setItem("language", other);
  await speak(other);
  if (phone.bot) { redraw(); showFrame(); showPeople(phone.users, phone.user, choose); showFaults(); }
};
const sizes = new ResizeObserver(() => phone.stuck && toBottom()); // a keyboard opens, a font arrives
sizes.observe($("messages"));
sizes.observe($("scroll"));
document.addEventListener("visibilitychange", () => !document.hidden && phone.version && followChat());

setUpPanel(choose, refused);
setUpFaults(refused);
setUpComposer(phone);
await speak(address.searchParams.get("language") ?? localStorage.getItem("language") ?? "zh-CN");
$("payload").value = phone.payload;
followChat();
