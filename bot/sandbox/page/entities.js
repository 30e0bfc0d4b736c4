// Text with Telegram's entities as nodes. Offsets count UTF-16 units, as JavaScript strings do.

import { make } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", mention: "span",
};

/** The nodes of `text`; `follow(url)` opens a link (true when the page handled it), `command(text)` sends a command. */
export function formatted(text, entities = [], { follow, command }) {
  const element = (entity, content, children) => {
    if (entity.type === "url" || entity.type === "text_link") {
      const url = entity.url ?? content;
      const onclick = (event) => follow(url) && event.preventDefault();
      return make("a", { href: /^(https?|tg):/.test(url) ? url : null, target: "_blank", rel: "noreferrer noopener", onclick }, children);
    }
    if (entity.type === "bot_command") return make("button", { type: "button", class: "command", onclick: () => command(content) }, children);
    if (entity.type === "spoiler") {
      return make("span", { class: "spoiler", onclick: (event) => event.currentTarget.classList.add("seen") }, children);
    }
    return make(TAGS[entity.type] ?? "span", { class: entity.type }, children);
  };
  const between = (start, end, inside) => {
    const nodes = [];
    let at = start;
    for (let i = 0; i < inside.length; i += 1) {
      const entity = inside[i];
      const stop = Math.min(entity.offset + entity.length, end);
      if (entity.offset < at) continue;
      const nested = inside.slice(i + 1).filter((other) => other.offset >= entity.offset && other.offset < stop);
      if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
      nodes.push(element(entity, text.slice(entity.offset, stop), between(entity.offset, stop, nested)));
      at = stop;
    }
    if (at < end) nodes.push(text.slice(at, end));
    return nodes;
  };
  return between(0, text.length, entities);
}
