/** Native dialogs: `data-opens="id"` opens one, `data-closes` closes it; `ask` puts a question in one. */

import { say } from "./words";

export interface Question {
  title: string;
  text: string;
  button: string;
  danger?: boolean;
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const opener = target.closest<HTMLElement>("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  }
  if (target.closest("[data-closes]")) target.closest("dialog")?.close();
});

export function ask({ title, text, button, danger = false }: Question): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const heading = document.createElement("h2");
  heading.textContent = title;
  const body = document.createElement("p");
  body.textContent = text;
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "actions end";
  form.append(
    answer("", say("取消", "Cancel"), "button"),
    answer("yes", button, danger ? "button danger" : "button primary"),
  );
  dialog.append(heading, body, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function answer(value: string, text: string, style: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.value = value;
  button.textContent = text;
  button.className = style;
  return button;
}
