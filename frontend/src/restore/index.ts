/** Nothing typed is lost: a form is kept in the browser until it is posted, and offered again. */

import { say } from "../words";

const PREFIX = "junheng-typed:";

type Typed = Record<string, string>;

function fields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
  return [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("input, textarea, select")].filter(
    (field) => field.name && !["hidden", "password", "file", "checkbox", "radio", "submit"].includes(field.type),
  );
}

function typed(form: HTMLFormElement): Typed {
  return Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
}

export function start(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  const key = PREFIX + (document.body.dataset.user ?? "") + ":" + (element.dataset.key ?? location.pathname);
  const asServed = JSON.stringify(typed(element));
  const kept = localStorage.getItem(key);
  if (kept && kept !== asServed) offer(element, key, JSON.parse(kept) as Typed);
  element.addEventListener("input", () => localStorage.setItem(key, JSON.stringify(typed(element))));
  element.addEventListener("submit", () => localStorage.removeItem(key));
}

function offer(form: HTMLFormElement, key: string, kept: Typed): void {
  const line = document.createElement("p");
  line.className = "note info line";
  line.append(say("上次填写的内容还没有提交。", "What you typed last time was not sent."));
  const choice = (text: string, act: () => void): void => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = text;
    button.addEventListener("click", () => {
      act();
      line.remove();
    });
    line.append(button);
  };
  choice(say("恢复", "Restore"), () => {
    for (const field of fields(form)) field.value = kept[field.name] ?? field.value;
  });
  choice(say("不要了", "Discard"), () => localStorage.removeItem(key));
  form.prepend(line);
}
