/**
 * A checked report: one figure at a time beside its text. Buttons and arrow keys go from figure to figure, a figure of
 * the text shows its reasoning, and what a figure is computed from is marked. Without this script all reasoning stands
 * beside the text, and links lead to and fro.
 */

import { say } from "../words";
import { keepDecisions } from "./decisions";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const SHOWN: Record<string, string> = {
  inconsistent: ".is-wrong, .is-missed",
  checkable: ".is-wrong, .is-missed, .is-holds",
  all: ".claims-card",
};

export function start(work: HTMLElement): void {
  const cards = [...work.querySelectorAll<HTMLElement>(".claims-card")];
  const marks = [...work.querySelectorAll<HTMLElement>(".claims-text .claim")];
  const where = work.querySelector<HTMLElement>("[data-where]");
  const none = work.querySelector<HTMLElement>("[data-none]");
  const choices = [...work.querySelectorAll<HTMLInputElement>('input[name="only"]')];
  let current: HTMLElement | undefined;

  const shown = (): HTMLElement[] => {
    const only = choices.find((choice) => choice.checked)?.value ?? "all";
    return cards.filter((card) => card.matches(SHOWN[only] ?? ".claims-card"));
  };
  const marksOf = (card: HTMLElement): HTMLElement[] =>
    marks.filter((mark) => mark.dataset.numbers?.split(" ").includes(card.dataset.number ?? ""));

  const select = (card: HTMLElement | undefined): void => {
    for (const old of work.querySelectorAll(".is-current, .is-used")) old.classList.remove("is-current", "is-used");
    current = card;
    work.classList.toggle("has-current", card !== undefined);
    const among = shown();
    if (none) none.hidden = among.length > 0;
    if (where) {
      const place = card ? among.indexOf(card) + 1 : 0;
      where.textContent = place
        ? say(`第 ${place} 处，共 ${among.length} 处`, `${place} of ${among.length}`)
        : say(`共 ${among.length} 处`, `${among.length} in all`);
    }
    if (!card) return;
    card.classList.add("is-current");
    for (const mark of marksOf(card)) mark.classList.add("is-current");
    for (const link of card.querySelectorAll<HTMLElement>("[data-from]")) {
      for (const part of parts(work, Number(link.dataset.from), Number(link.dataset.to))) part.classList.add("is-used");
    }
    const first = marksOf(card)[0];
    for (const mark of marks) mark.tabIndex = mark === first ? 0 : -1;
  };
  const goTo = (card: HTMLElement | undefined, focus: boolean): void => {
    if (!card) return;
    select(card);
    const mark = marksOf(card)[0];
    mark?.scrollIntoView({ block: "center" });
    if (focus) mark?.focus({ preventScroll: true });
  };
  const step = (by: number, focus: boolean): void => {
    const among = shown();
    const at = current ? among.indexOf(current) : -1;
    goTo(at < 0 ? among[by > 0 ? 0 : among.length - 1] : among[at + by], focus);
  };

  work.classList.add("is-live");
  for (const part of work.querySelectorAll<HTMLElement>("[data-steps]")) part.hidden = false;
  for (const choice of choices) {
    choice.addEventListener("change", () => select(current && shown().includes(current) ? current : undefined));
  }
  work.addEventListener("click", (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>("[data-step]");
    if (button) step(Number(button.dataset.step), false);
    if (target.closest("[data-close]")) select(undefined);
    const mark = target.closest<HTMLElement>(".claims-text .claim");
    if (!mark) return;
    event.preventDefault();
    select(next(mark));
    mark.focus({ preventScroll: true });
  });
  /** Of several figures in one place the one after that which is looked at. */
  const next = (mark: HTMLElement): HTMLElement | undefined => {
    const numbers = mark.dataset.numbers?.split(" ") ?? [];
    const here = shown().filter((card) => numbers.includes(card.dataset.number ?? ""));
    return here[(current ? here.indexOf(current) + 1 : 0) % Math.max(here.length, 1)] ?? cards.find((card) => card.dataset.number === numbers[0]);
  };
  work.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.key === "Escape") {
      if (current) marksOf(current)[0]?.focus();
      return;
    }
    const inText = target.matches(".claims-text .claim");
    const by = STEPS[event.key];
    if (by !== undefined && (inText || target.matches("[data-step]"))) {
      event.preventDefault();
      step(by, inText);
    }
    if (event.key === "Enter" && inText) {
      event.preventDefault();
      if (current && marksOf(current).includes(target)) {
        const said = current.querySelector<HTMLElement>(".claims-said input:checked");
        (said ?? current.querySelector<HTMLElement>("a"))?.focus();
      } else {
        select(next(target));
      }
    }
  });

  keepDecisions(work, (card) => marksOf(card));
  select(undefined);
  const answer = document.querySelector<HTMLElement>(".claims-answer");
  answer?.focus({ preventScroll: true });
  answer?.scrollIntoView({ block: "start" });
  if (matchMedia("(min-width: 1100px)").matches) select(shown()[0]);
  else for (const [at, mark] of marks.entries()) mark.tabIndex = at === 0 ? 0 : -1;
}

/** The pieces of text between two offsets. */
function parts(work: HTMLElement, from: number, to: number): HTMLElement[] {
  return [...work.querySelectorAll<HTMLElement>("[data-at]")].filter((part) => {
    const at = Number(part.dataset.at);
    return from <= at && at < to;
  });
}
