/** The line that says whether what was typed is kept. */

import { say } from "./words";

type State = "saving" | "saved" | "failed" | "conflict";

export function report(state: State, text?: string): void {
  const clock = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const words: Record<State, string> = {
    saving: say("正在保存…", "Saving…"),
    saved: say(`已保存 ${clock}`, `Saved ${clock}`),
    failed: say("未保存：网络不通，将自动重试", "Not saved: no connection, trying again"),
    conflict: say("有冲突：另一人改过同一数据", "Conflict: someone else changed the same figure"),
  };
  for (const line of document.querySelectorAll<HTMLElement>("[data-autosave]")) {
    line.dataset.state = state;
    const said = line.querySelector("[data-autosave-text]") ?? line;
    said.textContent = text ?? words[state];
  }
}
