/** What moves beside the form as people type: findings, counts, the sentence above, whether it can be handed in. */

import { mark } from "./marks";
import type { Saver } from "./saver";

/** Ask the server how the filing stands with what is saved. */
export function refresh(): void {
  document.getElementById("standing")?.dispatchEvent(new CustomEvent("filing-paused"));
}

export function listenForMoving(form: HTMLFormElement, saver: Saver): void {
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ target: Element; fragment: DocumentFragment; shouldSwap: boolean }>;
    if (detail.target.id !== "findings") return;
    mark(form, detail.fragment);
    if (!inUse(detail.target)) return;
    // Somebody is writing an explanation there: only the counts are new.
    detail.shouldSwap = false;
    const counts = detail.fragment.querySelector("#counts");
    if (counts) document.getElementById("counts")?.replaceWith(counts);
  });
  document.addEventListener("htmx:oobAfterSwap", showReady);
  document.addEventListener("htmx:afterSettle", (event) => {
    const panel = (event.target as Element).closest("#findings");
    if (panel) mark(form, panel);
    showReady();
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest('[data-opens^="step-"]')) void saver.flush().then(refresh);
  });
}

function inUse(panel: Element): boolean {
  if (panel.contains(document.activeElement)) return true;
  return [...panel.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
}

/** The button that hands in is there only while nothing stands in its way. */
function showReady(): void {
  for (const ready of document.querySelectorAll<HTMLElement>("[data-ready]")) {
    const form = ready.closest("dialog")?.querySelector<HTMLElement>("[data-when-sound]");
    if (form) form.hidden = ready.dataset.ready !== "sound";
  }
}
