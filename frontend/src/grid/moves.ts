/** Arrow keys, Enter and Escape, as in a spreadsheet. */

import type { Cells, Field } from "./cells";

export function place(field: Field): [number, number] {
  return [Number(field.dataset.r), Number(field.dataset.c)];
}

export function section(field: Field): HTMLElement | null {
  return field.closest<HTMLElement>("[data-section]");
}

export function fieldAt(within: HTMLElement, row: number, col: number): Field | null {
  return within.querySelector<Field>(`[data-r="${row}"][data-c="${col}"]`);
}

const NEAR = 48; // pixels within which two columns' lines are level

function go(field: Field | null | undefined): boolean {
  if (!field) return false;
  field.focus();
  if (!(field instanceof HTMLSelectElement)) field.select();
  field.scrollIntoView({ block: "nearest" });
  return true;
}

/** Down or up by one line; past the end of a table into the next one. */
function step(cells: Cells, field: Field, by: number): boolean {
  const [row, col] = place(field);
  const own = section(field);
  if (!own) return false;
  if (go(fieldAt(own, row + by, col))) return true;
  const all = [...cells.fields.values()];
  const others = all.filter((entry) => section(entry) !== own);
  const after = others.filter((entry) => {
    const order = own.compareDocumentPosition(entry);
    return Boolean(order & (by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING));
  });
  return go(by > 0 ? after[0] : after.at(-1));
}

function sideways(field: Field, by: number): boolean {
  const [row, col] = place(field);
  const own = section(field);
  return own !== null && (go(fieldAt(own, row, col + by)) || go(beside(own, field, by)));
}

/** The field at the same height in the next column, where lines of one figure stand in two columns. */
function beside(own: HTMLElement, field: Field, by: number): Field | undefined {
  const here = field.getBoundingClientRect();
  const far = (entry: Field): number => {
    const box = entry.getBoundingClientRect();
    return Math.abs(box.top - here.top) + Math.abs(box.left - here.left);
  };
  const level = [...own.querySelectorAll<Field>("[data-r]")].filter((entry) => {
    const box = entry.getBoundingClientRect();
    const away = by > 0 ? box.left - here.right : here.left - box.right;
    return away > 0 && Math.abs(box.top - here.top) < NEAR;
  });
  return level.sort((one, other) => far(one) - far(other))[0];
}

/** Whether the arrow would leave the text: it is selected whole, or the caret stands at that end. */
function leaves(field: Field, by: number): boolean {
  if (field instanceof HTMLSelectElement) return true;
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (start === 0 && end === value.length) return true;
  return start === end && start === (by < 0 ? 0 : value.length);
}

export function listenForMoves(form: HTMLFormElement, cells: Cells, undo: (field: Field) => void): void {
  let open: Field | null = null; // a list that is unfolded has its own keys
  form.addEventListener("mousedown", (event) => {
    open = event.target instanceof HTMLSelectElement ? event.target : null;
  });
  form.addEventListener("change", () => (open = null));
  form.addEventListener("focusout", () => (open = null));
  form.addEventListener("keydown", (event) => {
    const field = event.target as Field;
    if (event.isComposing || event.ctrlKey || event.metaKey || cells.fields.get(field.name) !== field) return;
    if (field instanceof HTMLSelectElement && event.key === " ") {
      open = field;
      return;
    }
    if (open === field) {
      if (["Enter", "Escape", "Tab"].includes(event.key)) open = null;
      return;
    }
    // In a list the arrow goes on choosing, as everywhere else; with Alt, or by Enter, on to the next cell.
    const chooses = field instanceof HTMLSelectElement && !event.altKey;
    const lines = field instanceof HTMLTextAreaElement && field.value.includes("\n");
    let moved = false;
    switch (event.key) {
      case "Enter":
        if (field instanceof HTMLTextAreaElement && event.altKey) return;
        step(cells, field, event.shiftKey ? -1 : 1);
        moved = true;
        break;
      case "ArrowDown":
      case "ArrowUp":
        if (!lines && !chooses) {
          step(cells, field, event.key === "ArrowDown" ? 1 : -1);
          moved = true;
        }
        break;
      case "ArrowLeft":
      case "ArrowRight": {
        const by = event.key === "ArrowRight" ? 1 : -1;
        moved = leaves(field, by) && (sideways(field, by) || field instanceof HTMLSelectElement);
        break;
      }
      case "Escape":
        undo(field);
        moved = true;
        break;
    }
    if (moved) event.preventDefault();
  });
}
