// Small helpers: elements, words, requests.

export const $ = (id) => document.getElementById(id);

/** An element with properties (`class`, `onclick`, `data-…`, `aria-…` …) and children; empty values are left out. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element[name] = value;
    else element.setAttribute(name === "class" ? "class" : name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(space, "use"));
  svg.firstChild.setAttribute("href", `/page/icons.svg#${name}`);
  return svg;
}

let words = {};
export let language = "zh-CN";
export const word = (key) => words[key] ?? key;

/** Load the words of a language and put them wherever the page names one. */
export async function speak(wanted) {
  const answer = await (await fetch(`/api/words?language=${encodeURIComponent(wanted)}`)).json();
  ({ language, words } = answer);
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = word(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = word(element.dataset.placeholder);
}

/** Do something as a person; gives the result, or null after showing that it was refused. */
export async function act(name, body, refused) {
  const form = body instanceof FormData;
  const headers = form ? {} : { "Content-Type": "application/json" };
  try {
    const response = await fetch(`/api/${name}`, { method: "POST", headers, body: form ? body : JSON.stringify(body) });
    if (response.ok) return (await response.json()).result ?? true;
  } catch { /* the connection is lost; the page says so by itself */ }
  refused?.();
  return null;
}

/** A colour for a face, the same for the same person. */
export const colour = (id) => `hsl(${(Math.abs(Number(id)) * 47) % 360} 52% 52%)`;

export function face(person) {
  const circle = make("span", { class: "face", "aria-hidden": "true" }, [...person.first_name][0]);
  circle.style.backgroundColor = colour(person.id);
  return circle;
}
