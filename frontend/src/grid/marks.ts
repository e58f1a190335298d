/** What the check found, at the cells themselves; and the way from a finding to its cell. */

export function mark(form: HTMLElement, panel: ParentNode): void {
  for (const box of form.querySelectorAll<HTMLElement>("[data-cell]")) {
    box.classList.remove("is-error", "is-explain", "is-told");
    box.querySelector("[data-told]")?.replaceChildren();
    box.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  }
  for (const finding of panel.querySelectorAll<HTMLElement>("[data-finding]")) {
    const box = form.querySelector<HTMLElement>(`[data-cell="${CSS.escape(finding.dataset.finding ?? "")}"]`);
    const severity = finding.dataset.severity ?? "told";
    if (!box) continue;
    box.classList.add(`is-${severity === "hint" ? "told" : severity}`);
    if (severity === "error") box.querySelector("[data-r]")?.setAttribute("aria-invalid", "true");
    if (finding.dataset.blank !== undefined) continue;
    const line = document.createElement("p");
    line.className = `told-${severity}`;
    line.textContent = finding.querySelector("[data-message]")?.textContent?.trim() ?? "";
    box.querySelector("[data-told]")?.append(line);
  }
}

export function listenForJumps(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-cell-link]");
    const field = link && document.getElementById(link.dataset.cellLink ?? "");
    if (!field) return;
    event.preventDefault();
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
}

/** How many of the cells that are asked for are filled, table by table. */
export function count(form: HTMLElement): void {
  for (const section of form.querySelectorAll<HTMLElement>("[data-section]")) {
    const asked = [...section.querySelectorAll<HTMLInputElement>("[data-r][data-asked]")];
    const text = `${asked.filter((field) => field.value.trim()).length}/${asked.length}`;
    const places = [`a[href="#${CSS.escape(section.id)}"] [data-count]`, `#${CSS.escape(section.id)} > h2 [data-count]`];
    for (const place of form.querySelectorAll(places.join())) place.textContent = text;
  }
}
