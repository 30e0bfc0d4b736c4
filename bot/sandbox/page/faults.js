// Beside the phone: faults between the bot and its server, for whoever wants to see what the bot makes of them.

import { $, act, word } from "./dom.js";

const OFTEN = { "next": { times: 1 }, "next-five": { times: 5 }, "one-in-five": { share: 0.2 }, "every": {} };

let faults = { active: false, hits: 0 };

/** Wire the panel's form. */
export function setUpFaults(refused) {
  $("faults-form").onsubmit = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const kinds = form.getAll("kinds");
    const rule = { kinds, method: form.get("method"), ...OFTEN[form.get("often")] };
    act("faults", { rules: kinds.length ? [rule] : [], seed: Date.now() }, refused);
  };
  $("faults-end").onclick = () => act("faults", { rules: [] }, refused);
}

/** Show whether faults are still to come, and how many came since they were switched on. */
export function showFaults(state = faults) {
  faults = state;
  $("faults-on").hidden = !faults.active && !faults.hits;
  $("faults-on").textContent = `${word(faults.active ? "faults-on" : "faults-over")} · ${faults.hits}`;
  $("faults-end").disabled = !faults.active;
}
