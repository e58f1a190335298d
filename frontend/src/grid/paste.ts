/** A block copied in Excel or WPS, put into the cells from the one that has the focus. */

import { toast } from "../toast";
import { say } from "../words";
import type { Cells, Field } from "./cells";
import { fieldAt, place, section } from "./moves";

/** Rows of cells: tabs and line ends part them; a cell in quotes may hold both, and quotes doubled. */
export function blockOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at++) {
    const sign = source[at] ?? "";
    if (quoted) {
      if (sign === '"' && source[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t" || sign === "\n") {
      rows.at(-1)?.push(cell);
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  rows.at(-1)?.push(cell);
  return rows;
}

type Put = (name: string, text: string) => boolean;

/** Fill a block in; how many cells were beyond the table, and which words no list has. */
export function fill(field: Field, block: string[][], width: number, put: Put): { beyond: number; unknown: string[] } {
  const own = section(field);
  const [row, col] = place(field);
  // One line of a sheet goes down the form where the form has its figures below each other.
  const upright = width === 1 && block.length === 1;
  let beyond = 0;
  const unknown: string[] = [];
  block.forEach((line, down) => {
    line.forEach((text, right) => {
      const target = own && fieldAt(own, row + (upright ? right : down), col + (upright ? 0 : right));
      if (!target) beyond += text.trim() ? 1 : 0;
      else if (!put(target.name, text)) unknown.push(text.trim());
    });
  });
  return { beyond, unknown };
}

export function listenForPaste(form: HTMLFormElement, cells: Cells, filled: (old: Map<string, string>) => void): void {
  form.addEventListener("paste", (event) => {
    const field = event.target as Field;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (cells.fields.get(field.name) !== field || !text) return;
    const block = blockOf(text);
    const single = block.length === 1 && block[0]?.length === 1;
    if (single && !(field instanceof HTMLSelectElement)) return;
    event.preventDefault();
    const old = new Map<string, string>();
    const put: Put = (name, value) => {
      old.set(name, cells.fields.get(name)?.value ?? "");
      return cells.put(name, value);
    };
    const { beyond, unknown } = fill(field, block, Number(section(field)?.dataset.width), put);
    filled(old);
    if (beyond) toast(say(`有 ${beyond} 格超出了表，没有粘贴`, `${beyond} cells were beyond the table`), "warn");
    if (unknown.length) {
      const words = unknown.slice(0, 5).join("、");
      toast(say(`没有这些选项，没有粘贴：${words}`, `No such choice, not pasted: ${words}`), "warn");
    }
  });
}
