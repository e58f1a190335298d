/** A place to drop a file on: it says the name and size of what was chosen. */

import { say } from "../words";

export function start(element: HTMLElement): void {
  const input = element.querySelector<HTMLInputElement>("input[type=file]");
  const chosen = element.querySelector<HTMLElement>("[data-drop-chosen]");
  if (!input || !chosen) return;

  const show = (): void => {
    const files = [...(input.files ?? [])];
    chosen.textContent = files.map((file) => `${file.name}（${size(file.size)}）`).join(say("、", ", "));
    element.classList.toggle("has-file", files.length > 0);
  };

  for (const name of ["dragover", "dragleave", "drop"] as const) {
    element.addEventListener(name, (event) => {
      event.preventDefault();
      element.classList.toggle("is-over", name === "dragover");
      if (name !== "drop" || !event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  input.addEventListener("change", show);
  show();
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
