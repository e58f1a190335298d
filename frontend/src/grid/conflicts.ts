/** Two people at one cell: mine and theirs side by side, a choice for each. */

import { say } from "../words";
import type { Cells } from "./cells";
import type { Conflict, Saver } from "./saver";

function cell(kind: "td" | "th", text: string): HTMLTableCellElement {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}

export class Conflicts {
  private readonly body: HTMLTableSectionElement;

  constructor(
    private readonly box: HTMLElement,
    private readonly cells: Cells,
    private readonly saver: () => Saver,
  ) {
    const table = document.createElement("table");
    table.className = "table tight";
    const caption = table.createCaption();
    caption.textContent = say("这些数别人同时改过，请选一个", "Someone else changed these figures meanwhile; choose one");
    const heads = table.createTHead().insertRow();
    for (const name of [say("数据", "Figure"), say("您填的", "Yours"), say("对方填的", "Theirs"), say("选择", "Choose")]) {
      const head = cell("th", name);
      head.scope = "col";
      heads.append(head);
    }
    this.body = table.createTBody();
    box.append(table);
    box.hidden = true;
  }

  show(conflicts: Conflict[]): void {
    for (const conflict of conflicts) this.body.append(this.line(conflict));
    this.box.hidden = this.body.rows.length === 0;
  }

  private line(conflict: Conflict): HTMLTableRowElement {
    const row = document.createElement("tr");
    const field = this.cells.fields.get(conflict.name);
    const label = field?.labels?.[0]?.textContent?.trim() || field?.getAttribute("aria-label") || conflict.name;
    const choices = document.createElement("td");
    const choose = (text: string, value: () => string): void => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button small";
      button.textContent = text;
      button.addEventListener("click", () => {
        const chosen = value();
        if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === chosen)) {
          field.add(new Option(chosen, chosen));
        }
        if (field) field.value = chosen;
        row.remove();
        this.box.hidden = this.body.rows.length === 0;
        this.saver().settle(conflict.name, conflict.theirs);
        field?.focus();
      });
      choices.append(button);
    };
    choose(say("用我的", "Mine"), () => this.cells.value(conflict.name));
    choose(say("用对方的", "Theirs"), () => conflict.theirs);
    const theirs = `${conflict.theirs || "—"}${conflict.who ? `（${conflict.who}）` : ""}`;
    row.append(cell("th", label), cell("td", conflict.mine || "—"), cell("td", theirs), choices);
    return row;
  }
}
