/** What a mark says when pointed at: lines of name and value, as text, never as markup. */

const GAP = 12;

export class Tooltip {
  private readonly box = document.createElement("div");

  constructor() {
    this.box.className = "chart-tooltip";
    this.box.hidden = true;
    document.body.append(this.box);
  }

  readonly call = (_view: unknown, event: MouseEvent, _item: unknown, value: unknown): void => {
    this.box.hidden = value === null || value === undefined || value === "";
    if (this.box.hidden) return;
    this.box.replaceChildren(...lines(value));
    const { width, height } = this.box.getBoundingClientRect();
    const left = event.clientX + GAP + width > innerWidth ? event.clientX - GAP - width : event.clientX + GAP;
    const top = event.clientY + GAP + height > innerHeight ? event.clientY - GAP - height : event.clientY + GAP;
    this.box.style.left = `${Math.max(0, left)}px`;
    this.box.style.top = `${Math.max(0, top)}px`;
  };
}

function lines(value: unknown): Node[] {
  if (typeof value !== "object" || value === null) return [line("", String(value))];
  return Object.entries(value as Record<string, unknown>).map(([name, content]) => line(name, String(content)));
}

function line(name: string, content: string): HTMLElement {
  const row = document.createElement("div");
  const label = document.createElement("span");
  label.textContent = name;
  const text = document.createElement("b");
  text.textContent = content;
  row.append(label, text);
  return row;
}
