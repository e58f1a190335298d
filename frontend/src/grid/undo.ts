/** Escape takes back what was typed into the cell, then the changes before, block by block. */

import type { Cells, Field } from "./cells";

export class Undo {
  private readonly steps: Map<string, string>[] = [];
  private readonly entered = new Map<string, string>();

  constructor(
    private readonly cells: Cells,
    form: HTMLFormElement,
    private readonly changed: () => void,
  ) {
    form.addEventListener("focusin", (event) => {
      const field = event.target as Field;
      if (cells.fields.get(field.name) === field) this.entered.set(field.name, field.value);
    });
    form.addEventListener("change", (event) => {
      const field = event.target as Field;
      const before = this.entered.get(field.name);
      if (before === undefined || before === field.value) return;
      this.remember(new Map([[field.name, before]]));
      this.entered.set(field.name, field.value);
    });
  }

  /** Several cells were changed at once, from these values; a single Escape takes all of it back, and so does this. */
  remember(step: Map<string, string>): () => void {
    this.steps.push(step);
    for (const name of step.keys()) this.entered.set(name, this.cells.fields.get(name)?.value ?? "");
    return () => {
      const at = this.steps.indexOf(step);
      if (at < 0) return;
      this.steps.splice(at, 1);
      this.put(step);
      this.changed();
    };
  }

  back(field: Field): void {
    const before = this.entered.get(field.name);
    if (before !== undefined && before !== field.value) {
      field.value = before;
    } else {
      this.put(this.steps.pop() ?? new Map());
    }
    this.changed();
  }

  private put(step: Map<string, string>): void {
    for (const [name, value] of step) {
      const target = this.cells.fields.get(name);
      if (target) target.value = value;
      this.entered.set(name, value);
    }
  }
}
