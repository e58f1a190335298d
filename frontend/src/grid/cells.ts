/** The fields of the form by their names, and what the server holds of each. */

export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export class Cells {
  readonly fields = new Map<string, Field>();
  /** What the server holds, as far as this page knows: a field that differs is still to be saved. */
  readonly held = new Map<string, string>();

  constructor(form: HTMLFormElement, was: HTMLTextAreaElement) {
    const values = JSON.parse(was.defaultValue || "{}") as Record<string, string>;
    for (const field of form.querySelectorAll<Field>("[data-r]")) {
      this.fields.set(field.name, field);
      this.held.set(field.name, values[field.name] ?? "");
    }
  }

  value(name: string): string {
    return this.fields.get(name)?.value.replaceAll("\r\n", "\n").trim() ?? "";
  }

  unsaved(): string[] {
    return [...this.fields.keys()].filter((name) => this.value(name) !== this.held.get(name)?.trim());
  }

  /** Put a value into a field; a word into a list only if the list has it. */
  put(name: string, text: string): boolean {
    const field = this.fields.get(name);
    if (!field) return false;
    const wanted = text.trim();
    if (field instanceof HTMLSelectElement) {
      const same = (word: string): boolean => word.trim().toLowerCase() === wanted.toLowerCase();
      const option = [...field.options].find((entry) => same(entry.value) || same(entry.text));
      if (!option) return false;
      field.value = option.value;
    } else {
      field.value = wanted;
    }
    return true;
  }
}
