/** The fields of the form by their names, and what the server holds of each. */

export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function optionOf(field: HTMLSelectElement, wanted: string): HTMLOptionElement | undefined {
  const same = (word: string): boolean => word.trim().toLowerCase() === wanted.toLowerCase();
  return [...field.options].find((entry) => same(entry.value) || same(entry.text));
}

/** Whether a text can belong into a field: a word of its list, something with a digit where a number is asked for. */
export function suits(field: Field, text: string): boolean {
  const wanted = text.trim();
  if (field instanceof HTMLSelectElement) return optionOf(field, wanted) !== undefined;
  return !wanted || !["numeric", "decimal"].includes(field.inputMode) || /\d/.test(wanted);
}

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
      const option = optionOf(field, wanted);
      if (!option) return false;
      field.value = option.value;
    } else {
      field.value = wanted;
    }
    return true;
  }
}
