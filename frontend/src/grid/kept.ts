/** What is typed and not saved yet, in this browser: for when the page, the network or the machine fails. */

const PREFIX = "junheng-typed:";

export interface Unsaved {
  before: string;
  value: string;
}

export class Kept {
  private readonly key: string;

  constructor(filing: string) {
    this.key = `${PREFIX}${document.body.dataset.user ?? ""}:filing-${filing}`;
  }

  read(): Record<string, Unsaved> {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "{}") as Record<string, Unsaved>;
    } catch {
      return {};
    }
  }

  write(unsaved: Record<string, Unsaved>): void {
    try {
      if (Object.keys(unsaved).length) localStorage.setItem(this.key, JSON.stringify(unsaved));
      else localStorage.removeItem(this.key);
    } catch {
      // A full or forbidden storage takes away the second net only; saving goes on.
    }
  }
}
