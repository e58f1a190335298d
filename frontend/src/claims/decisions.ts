/**
 * What was decided shows in the text. Where the check is not kept, it stays in this tab of the browser under the hash of
 * the file, so that the same file, checked once more, finds it again; nothing of the file itself is stored.
 */

const PREFIX = "junheng-typed:claims:";

export function keepDecisions(work: HTMLElement, marksOf: (card: HTMLElement) => HTMLElement[]): void {
  const fields = [...work.querySelectorAll<HTMLInputElement>(".claims-said input:not([type=hidden])")];
  const key = work.dataset.kept === undefined ? `${PREFIX}${document.body.dataset.user ?? ""}:${work.dataset.key ?? ""}` : "";
  if (key) restore(fields, key);

  const show = (card: HTMLElement): void => {
    const said = card.querySelector<HTMLInputElement>("[type=radio]:checked")?.value ?? "";
    const reason = card.querySelector<HTMLInputElement>("[type=text]");
    const line = reason?.closest<HTMLElement>(".claims-reason");
    if (line) line.hidden = said !== "dismissed";
    const dismissed = said === "dismissed" && reason?.value.trim() !== "";
    for (const element of [card, ...marksOf(card)]) {
      element.classList.toggle("is-accepted", said === "accepted");
      element.classList.toggle("is-dismissed", dismissed);
    }
  };
  for (const card of work.querySelectorAll<HTMLElement>(".claims-card")) {
    if (card.querySelector(".claims-said")) show(card);
  }
  work.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    const card = field.closest<HTMLElement>(".claims-card");
    if (!card || !field.closest(".claims-said")) return;
    show(card);
    if (field.type === "radio" && field.value === "dismissed") card.querySelector<HTMLInputElement>("[type=text]")?.focus();
    if (key) sessionStorage.setItem(key, JSON.stringify(decided(fields)));
  });
}

function decided(fields: HTMLInputElement[]): Record<string, string> {
  const filled = fields.filter((field) => (field.type === "radio" ? field.checked : true) && field.value);
  return Object.fromEntries(filled.map((field) => [field.name, field.value]));
}

function restore(fields: HTMLInputElement[], key: string): void {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}") as Record<string, string>;
  for (const field of fields) {
    const value = kept[field.name];
    if (value === undefined) continue;
    if (field.type === "radio") field.checked = field.value === value;
    else field.value = value;
  }
}
