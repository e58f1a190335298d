/** Saving as people type: gathered, one request at a time, tried again until it is through. */

import { report } from "../autosave";
import { csrfToken } from "../csrf";
import { say } from "../words";
import type { Cells } from "./cells";
import type { Kept, Unsaved } from "./kept";

export interface Conflict {
  name: string;
  mine: string;
  theirs: string;
  who: string;
}

interface Answer {
  version: number;
  conflicts: Conflict[];
}

const PAUSE = 600;
const FIRST_RETRY = 2000;
const LAST_RETRY = 60000;
const MOST = 1000;

export class Saver {
  /** Cells that somebody else changed: they wait for a choice. */
  private readonly contested = new Set<string>();
  private timer = 0;
  private retry = FIRST_RETRY;
  private running: Promise<boolean> | null = null;

  constructor(
    private readonly url: string,
    private readonly cells: Cells,
    private readonly kept: Kept,
    private readonly onSaved: (version: number) => void,
    private readonly onConflicts: (conflicts: Conflict[]) => void,
  ) {
    addEventListener("online", () => this.after(0));
  }

  get pending(): boolean {
    return this.running !== null || this.cells.unsaved().length > 0;
  }

  /** Something was typed. */
  changed(): void {
    this.keep();
    this.after(PAUSE);
  }

  /** A contested cell was settled: from now on it is held against what stands there. */
  settle(name: string, theirs: string): void {
    this.contested.delete(name);
    this.cells.held.set(name, theirs);
    this.changed();
  }

  /** Save all there is, now; whether everything is saved in the end. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    let through = true;
    while (through && this.next().length) through = await this.send();
    return through && this.cells.unsaved().length === 0;
  }

  private keep(): void {
    const entries = this.cells
      .unsaved()
      .map((name): [string, Unsaved] => [
        name,
        { before: this.cells.held.get(name) ?? "", value: this.cells.value(name) },
      ]);
    this.kept.write(Object.fromEntries(entries));
  }

  private after(pause: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), pause);
  }

  private next(): string[] {
    return this.cells
      .unsaved()
      .filter((name) => !this.contested.has(name))
      .slice(0, MOST);
  }

  private async send(): Promise<boolean> {
    while (this.running) await this.running;
    const names = this.next();
    if (!names.length) {
      this.keep();
      return true;
    }
    this.running = this.post(names);
    try {
      return await this.running;
    } finally {
      this.running = null;
      if (this.next().length && this.retry === FIRST_RETRY) this.after(PAUSE);
    }
  }

  private async post(names: string[]): Promise<boolean> {
    const sent = names.map((name) => [name, this.cells.held.get(name) ?? "", this.cells.value(name)] as const);
    report("saving");
    let response: Response;
    try {
      response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
        body: JSON.stringify({ cells: sent }),
      });
    } catch {
      return this.again();
    }
    if (response.status >= 500 || response.status === 429) return this.again();
    if (response.redirected || !response.headers.get("Content-Type")?.includes("json")) {
      return this.refused(say("未保存：登录已过期或没有权限。请刷新页面，已填的内容还在。", "Not saved: signed out. Reload; what you typed is kept."));
    }
    const answer = (await response.json()) as Answer & { error?: string };
    if (answer.error) return this.refused(answer.error);
    this.taken(sent, answer);
    return true;
  }

  private taken(sent: (readonly [string, string, string])[], answer: Answer): void {
    this.retry = FIRST_RETRY;
    const contested = new Set(answer.conflicts.map((conflict) => conflict.name));
    for (const [name, , value] of sent) {
      if (contested.has(name)) this.contested.add(name);
      else this.cells.held.set(name, value);
    }
    this.keep();
    this.onSaved(answer.version);
    if (answer.conflicts.length) this.onConflicts(answer.conflicts);
    report(this.contested.size ? "conflict" : "saved");
  }

  private again(): boolean {
    report("failed");
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), this.retry);
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
    return false;
  }

  /** Trying again would not help; the text says what would. */
  private refused(text: string): boolean {
    this.retry = LAST_RETRY;
    report("failed", text);
    return false;
  }
}
