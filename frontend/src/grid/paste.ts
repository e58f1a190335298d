/** A block copied in Excel or WPS, put into the cells from the one that has the focus. */

import { ask } from "../dialog";
import { toast } from "../toast";
import { say } from "../words";
import { type Cells, type Field, suits } from "./cells";
import { fieldAt, place, section } from "./moves";

const FEW = 3; // cells that may be left out without asking

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

interface Planned {
  target: Field;
  text: string;
}

/** Where the cells of a block would go, and what does not fit: beyond the table, or not what a cell takes. */
export function plan(field: Field, block: string[][], width: number): { fits: Planned[]; beyond: number; odd: Planned[] } {
  const own = section(field);
  const [row, col] = place(field);
  // One line of a sheet goes down the form where the form has its figures below each other.
  const upright = width === 1 && block.length === 1;
  const fits: Planned[] = [];
  const odd: Planned[] = [];
  let beyond = 0;
  block.forEach((line, down) => {
    line.forEach((text, right) => {
      const target = own && fieldAt(own, row + (upright ? right : down), col + (upright ? 0 : right));
      if (!target) beyond += text.trim() ? 1 : 0;
      else (suits(target, text) ? fits : odd).push({ target, text });
    });
  });
  return { fits, beyond, odd };
}

function misfits(beyond: number, odd: Planned[]): string {
  const words = odd.slice(0, 5).map(({ text }) => short(text)).join("、");
  const parts = [];
  if (beyond) parts.push(say(`${beyond} 格超出了表`, `${beyond} cells are beyond the table`));
  if (odd.length) parts.push(say(`${odd.length} 格与要填的对不上：${words}`, `${odd.length} cells do not belong there: ${words}`));
  return parts.join(say("；", "; "));
}

function short(text: string): string {
  const whole = text.trim();
  return whole.length > 20 ? `${whole.slice(0, 20)}…` : whole;
}

export function listenForPaste(
  form: HTMLFormElement,
  cells: Cells,
  filled: (old: Map<string, string>) => () => void,
): void {
  form.addEventListener("paste", (event) => {
    const field = event.target as Field;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (cells.fields.get(field.name) !== field || !text) return;
    const block = blockOf(text);
    const single = block.length === 1 && block[0]?.length === 1;
    if (single && !(field instanceof HTMLSelectElement)) return;
    event.preventDefault();
    void put(field, block, cells, filled);
  });
}

async function put(
  field: Field,
  block: string[][],
  cells: Cells,
  filled: (old: Map<string, string>) => () => void,
): Promise<void> {
  const { fits, beyond, odd } = plan(field, block, Number(section(field)?.dataset.width));
  const left = misfits(beyond, odd);
  if (beyond + odd.length > FEW) {
    const yes = await ask({
      title: say("这一块和表对不上", "This block does not match the form"),
      text: say(`${left}。只能填入 ${fits.length} 格，会覆盖原来的数。`, `${left}. Only ${fits.length} cells would be filled; they overwrite what is there.`),
      button: say(`填入 ${fits.length} 格`, `Fill ${fits.length} cells`),
    });
    field.focus();
    if (!yes || !fits.length) return;
  }
  const old = new Map<string, string>();
  for (const { target, text } of fits) {
    old.set(target.name, target.value);
    cells.put(target.name, text);
  }
  if (left) toast(say(`没有粘贴：${left}`, `Not pasted: ${left}`), "warn");
  if (!old.size) return;
  const takeBack = filled(old);
  toast(say(`已粘贴 ${old.size} 格`, `${old.size} cells pasted`), "info", { text: say("撤销", "Undo"), act: takeBack });
}
