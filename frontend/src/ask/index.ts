/**
 * The form of a check: the chosen file is taken into the memory of the page, where every export finds it again, also
 * after somebody has changed it on the disk (browsers refuse to send such a file). It is sent nowhere before.
 */

export function start(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  input?.addEventListener("change", () => void remember(input));
}

async function remember(input: HTMLInputElement): Promise<void> {
  const chosen = input.files?.[0];
  if (!chosen) return;
  const copy = new File([await chosen.arrayBuffer()], chosen.name, { type: chosen.type });
  if (input.files?.[0] !== chosen) return; // another one was chosen meanwhile
  const files = new DataTransfer();
  files.items.add(copy);
  input.files = files.files;
}
