/** The form of a filing: saved as it is typed, moved through by keys, filled by pasted blocks; nothing typed is lost. */

import { ask } from "../dialog";
import { say } from "../words";
import { Cells } from "./cells";
import { Conflicts } from "./conflicts";
import { Kept } from "./kept";
import { count, listenForJumps } from "./marks";
import { listenForMoves } from "./moves";
import { listenForMoving, refresh } from "./moving";
import { listenForPaste } from "./paste";
import { Saver } from "./saver";
import { Undo } from "./undo";

const PAUSE_BEFORE_STANDING = 1500;

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  listenForJumps();
  const was = form.querySelector<HTMLTextAreaElement>("textarea[name=was]");
  if (!was || form.dataset.editable === undefined) return;
  for (const button of form.querySelectorAll<HTMLElement>("[data-without-script]")) button.hidden = true;

  const cells = new Cells(form, was);
  const kept = new Kept(form.dataset.filing ?? "");
  let pause = 0;
  const saved = (version: number): void => {
    showVersion(version);
    clearTimeout(pause);
    pause = window.setTimeout(refresh, PAUSE_BEFORE_STANDING);
  };
  const box = document.createElement("div");
  box.className = "filing-conflicts note warn";
  box.setAttribute("role", "alert");
  form.querySelector(".filing-bar")?.append(box);
  const conflicts = new Conflicts(box, cells, () => saver);
  const saver = new Saver(form.action, cells, kept, saved, (found) => conflicts.show(found));
  const changed = (): void => {
    saver.changed();
    count(form);
  };

  const undo = new Undo(cells, form, changed);
  listenForMoves(form, cells, (field) => undo.back(field));
  listenForPaste(form, cells, (old) => {
    const takeBack = undo.remember(old);
    changed();
    return takeBack;
  });
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      if ((event.target as HTMLElement).dataset.r !== undefined) changed();
    });
  }
  listenForLeaving(form, cells, saver, was);
  listenForChecks(saver);
  listenForMoving(form, saver);
  offerKept(form, cells, kept, changed);
}

function showVersion(version: number): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-version]")) input.value = String(version);
}

/** Nothing is left behind: neither when the page is left, nor when another form acts on what is typed here. */
function listenForLeaving(form: HTMLFormElement, cells: Cells, saver: Saver, was: HTMLTextAreaElement): void {
  let leaving = false;
  addEventListener("beforeunload", (event) => {
    if (!leaving && saver.pending) event.preventDefault();
  });
  addEventListener("pageshow", () => (leaving = false));

  const whole = (name: string): string => cells.held.get(name) ?? "";
  form.addEventListener("submit", (event) => {
    if (leaving) return;
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    void sure(button).then(async (yes) => {
      if (!yes) return;
      await saver.flush();
      was.value = JSON.stringify(Object.fromEntries([...cells.fields.keys()].map((name) => [name, whole(name)])));
      leaving = true;
      form.requestSubmit(button);
    });
  });
  form.addEventListener("keydown", (event) => {
    const line = (event.target as Element).closest(".filing-new");
    if (event.key !== "Enter" || !line) return;
    event.preventDefault();
    line.querySelector<HTMLButtonElement>("[data-row-button]")?.click();
  });

  document.addEventListener("submit", (event) => {
    const other = event.target as HTMLFormElement;
    if (!other.matches("[data-needs-saved]") || !saver.pending) return;
    event.preventDefault();
    void saver.flush().then((all) => {
      if (all) other.requestSubmit();
      else other.closest("dialog")?.close();
    });
  });
}

async function sure(button: HTMLButtonElement | null): Promise<boolean> {
  const question = button?.dataset.rowButton;
  return !question || ask({ title: question, text: button?.ariaLabel ?? "", button: say("删除", "Delete"), danger: true });
}

/** The check looks at what is saved, so everything is saved first. */
function listenForChecks(saver: Saver): void {
  document.addEventListener("htmx:confirm", (event) => {
    const { detail } = event as CustomEvent<{ elt: Element; issueRequest: (skip?: boolean) => void }>;
    if (!detail.elt.matches("[data-check]")) return;
    event.preventDefault();
    void saver.flush().then(() => detail.issueRequest(true));
  });
  document.addEventListener("filing-version", (event) => {
    showVersion((event as CustomEvent<{ value: number }>).detail.value);
  });
}

/** What a page before this one could not save, offered once. */
function offerKept(form: HTMLFormElement, cells: Cells, kept: Kept, changed: () => void): void {
  const open = Object.entries(kept.read()).filter(
    ([name, entry]) => cells.fields.has(name) && entry.value !== cells.held.get(name)?.trim(),
  );
  if (!open.length) {
    kept.write({});
    return;
  }
  const line = document.createElement("p");
  line.className = "note info line filing-kept";
  line.setAttribute("role", "alert");
  line.append(say(`上次有 ${open.length} 个数填了没有保存上。`, `${open.length} figures typed last time were not saved.`));
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
    for (const [name, entry] of open) {
      // Held against what stood there when it was typed, so that somebody else's change since shows as a conflict.
      cells.held.set(name, entry.before);
      const field = cells.fields.get(name);
      if (field) field.value = entry.value;
    }
    changed();
  });
  choice(say("不要了", "Discard"), () => kept.write({}));
  form.prepend(line);
}
