/** A filter is a selection: pick rows, or all that the filter finds; the number is confirmed before anything is done. */

import { ask } from "../dialog";
import { say } from "../words";

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const all = form.querySelector<HTMLInputElement>("input[name=all]");
  const count = form.querySelector<HTMLInputElement>("input[name=count]");
  const bar = form.querySelector<HTMLElement>("[data-bulk-bar]");
  if (!all || !count || !bar) return;
  const total = Number(bar.dataset.total);
  const rows = (): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>("input[name=row]")];

  const show = (): void => {
    const picked = rows().filter((row) => row.checked).length;
    count.value = String(all.value ? total : picked);
    bar.classList.toggle("is-active", Number(count.value) > 0);
    const text = bar.querySelector("[data-bulk-count]");
    if (text) {
      text.textContent = all.value
        ? say(`已选当前筛选的全部 ${total} 项`, `All ${total} found by the filter are selected`)
        : say(`已选 ${picked} 项`, `${picked} selected`);
    }
    for (const row of rows()) row.closest("tr")?.classList.toggle("is-picked", row.checked);
    for (const button of bar.querySelectorAll<HTMLButtonElement>("button[name=action]")) {
      button.disabled = Number(count.value) === 0;
    }
    const whole = bar.querySelector<HTMLElement>("[data-bulk-filtered]");
    if (whole) whole.hidden = Boolean(all.value) || total <= rows().length;
  };

  const pick = (checked: boolean): void => {
    for (const row of rows()) row.checked = checked;
    for (const head of form.querySelectorAll<HTMLInputElement>("[data-bulk-all]")) head.checked = checked;
  };

  form.addEventListener("change", (event) => {
    const target = event.target as HTMLElement;
    if (target.matches("[data-bulk-all]")) pick((target as HTMLInputElement).checked);
    if (target.matches("[data-bulk-all], input[name=row]")) all.value = "";
    show();
  });

  form.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-bulk-filtered]")) {
      pick(true);
      all.value = "1";
      show();
    }
    if (target.closest("[data-bulk-none]")) {
      pick(false);
      all.value = "";
      show();
    }
  });

  let confirmed = false;
  form.addEventListener("submit", (event) => {
    const button = event.submitter as HTMLButtonElement | null;
    if (confirmed || !button?.dataset.question) return;
    event.preventDefault();
    const text = button.dataset.question.replaceAll("{count}", count.value);
    const name = button.textContent?.trim() ?? "";
    void ask({ title: name, text, button: name, danger: button.classList.contains("danger") }).then((yes) => {
      if (!yes) return;
      confirmed = true;
      form.requestSubmit(button);
      confirmed = false;
    });
  });

  form.addEventListener("htmx:afterSettle", () => {
    all.value = "";
    show();
  });
  show();
}
